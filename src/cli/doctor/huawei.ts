// Checks of Huawei Cloud as seen from this machine: its four addresses, its clock, and whether it takes our
// credentials. What is sent changes nothing there.

import { createLog } from '../../base/log.ts'
import { createPartnerClient } from '../../partner/client.ts'
import { createTransport } from '../../partner/transport.ts'
import { type Check, type Examination, error, type Finding, note, ok, warning } from './check.ts'
import { judgeConnection } from './connection.ts'
import { PROXY_CHECK, proxyTo } from './proxy.ts'

const ADDRESSES = [
  {
    id: 'huawei.iam',
    title: 'IAM address',
    option: 'HUAWEI_IAM_URL',
    urlOf: ({ config }: Examination) => config.huawei.iamUrl,
    loses: 'No token is issued; calls with HUAWEI_IAM_USER fail.',
  },
  {
    id: 'huawei.bss',
    title: 'Partner API address',
    option: 'HUAWEI_BSS_URL',
    urlOf: ({ config }: Examination) => config.huawei.bssUrl,
    loses: 'No account can be opened, and no association can be confirmed.',
  },
  {
    id: 'huawei.auth',
    title: 'Sign-in address',
    option: 'HUAWEI_AUTH_URL',
    urlOf: ({ config }: Examination) => config.huawei.authUrl,
    loses: 'Browsers are sent there; if they do not reach it either, nobody signs in.',
  },
  {
    id: 'huawei.console',
    title: 'Console address',
    option: 'HUAWEI_CONSOLE_URL',
    urlOf: ({ config }: Examination) => config.huawei.consoleUrl,
    loses: 'Customers end there after they sign in, if their browsers reach it.',
  },
] as const

export const HUAWEI_CHECKS: readonly Check[] = [
  PROXY_CHECK,
  ...ADDRESSES.map(({ id, title, option, urlOf, loses }): Check => {
    return {
      id,
      group: 'Huawei Cloud',
      title,
      expected: 'reached, with TLS 1.2 or later and a certificate that is trusted',
      needs: [option, 'HUAWEI_SITE', 'HUAWEI_PROXY'],
      run: (examination) => {
        const url = urlOf(examination)
        // Browsers go to the others by a way of their own.
        const isOurs = option === 'HUAWEI_IAM_URL' || option === 'HUAWEI_BSS_URL'
        const way = isOurs ? { proxy: proxyTo(url, examination) } : {}
        return judgeConnection(url, { loses, option, way }, examination)
      },
    }
  }),
  {
    id: 'huawei.clock',
    group: 'Huawei Cloud',
    title: 'Clock',
    expected: "within CLOCK_SKEW_SECONDS of the site's own",
    needs: ['HUAWEI_IAM_URL', 'CLOCK_SKEW_SECONDS', 'HUAWEI_PROXY'],
    run: judgeClock,
  },
  {
    id: 'huawei.credentials',
    group: 'Huawei Cloud',
    title: 'Credentials',
    expected: 'Huawei answers a query of one customer',
    needs: [
      'HUAWEI_SITE',
      'HUAWEI_BSS_URL',
      'HUAWEI_IAM_URL',
      'HUAWEI_ACCESS_KEY',
      'HUAWEI_SECRET_KEY',
      'HUAWEI_IAM_USER',
      'HUAWEI_IAM_PASSWORD',
      'HUAWEI_IAM_DOMAIN',
      'HUAWEI_TIMEOUT_SECONDS',
      'HUAWEI_PROXY',
    ],
    run: judgeCredentials,
  },
]

const SOME_SECONDS = 30

async function judgeClock(examination: Examination): Promise<readonly Finding[]> {
  const { config, clock } = examination
  const theirs = await readDate(config.huawei.iamUrl, examination)
  if (theirs === undefined) {
    const meaning = 'Nobody could say whether this clock is right.'
    return [note({ found: 'the site did not say its time', meaning })]
  }
  const seconds = Math.round(Math.abs(clock.now().getTime() - theirs.getTime()) / 1000)
  const found = `${seconds} seconds apart`
  const next = 'Let this machine follow a time server (NTP).'
  if (seconds > config.clockSkewSeconds) {
    const meaning =
      'Requests of the site are refused as too old or too new, and so are our answers; beyond 15 minutes the partner API refuses our signatures as well.'
    return [error({ found, meaning }, next)]
  }
  if (seconds <= SOME_SECONDS) return [ok(found, 'Both go by the same time.')]
  const meaning = 'It works, with less time to spare than there should be.'
  return [warning({ found, meaning }, next)]
}

// Any answer tells the time, an error page too. That nothing answers is found by huawei.iam.
async function readDate(url: string, examination: Examination): Promise<Date | undefined> {
  const { config, partnerFetch, signal } = examination
  const transport = createTransport({ proxy: config.huawei.proxy })
  const fetch = partnerFetch ?? transport.fetch
  try {
    const { headers } = await fetch(new URL(url), { method: 'HEAD', redirect: 'manual', signal })
    const date = new Date(headers.get('date') ?? '')
    return Number.isNaN(date.getTime()) ? undefined : date
  } catch {
    return undefined
  } finally {
    await transport.close()
  }
}

async function judgeCredentials(examination: Examination): Promise<readonly Finding[]> {
  const { config } = examination
  const { partnerKey } = config.huawei
  if (partnerKey === undefined) {
    const meaning = 'Sign-ins work. Opening accounts and confirming associations does not.'
    const next = 'Set HUAWEI_ACCESS_KEY and HUAWEI_SECRET_KEY, or HUAWEI_IAM_USER and its two.'
    return [note({ found: 'no credentials', meaning }, next)]
  }
  if (config.sandbox.isOurs && config.site === 'sandbox') {
    const isUp = await readDate(config.sandbox.url, examination)
    if (isUp === undefined) {
      const meaning = 'The sandbox starts with the service; then they are tried.'
      return [note({ found: 'the sandbox does not run', meaning })]
    }
  }
  await queryOne(examination) // Its refusals say what each means.
  const kind = partnerKey.kind === 'access-key' ? 'access key' : 'IAM user'
  return [ok(`${kind} accepted`, 'Huawei knows it and lets it read customers.')]
}

async function queryOne({ config, clock, partnerFetch, signal }: Examination): Promise<void> {
  const { partnerKey: key, proxy } = config.huawei
  const transport = createTransport({ proxy })
  const fetch = partnerFetch ?? transport.fetch
  const client = createPartnerClient({
    ...config.huawei,
    key,
    patience: 'none',
    // The time of the check counts as well, and ends a call like its own limit.
    fetch: (url, init) => fetch(url, { ...init, signal: eitherOf(signal, init?.signal) }),
    clock,
    log: createLog('silent'),
  })
  try {
    await client.queryCustomers({ limit: 1 })
  } finally {
    await transport.close()
  }
}

function eitherOf(limit: AbortSignal, own: AbortSignal | null | undefined): AbortSignal {
  return own ? AbortSignal.any([limit, own]) : limit
}
