// One address in, whether it is reached and what TLS agreed on out; each way to fail with what it means.

import { daysUntil } from '../../saml/certificate-ends.ts'
import { type Examination, error, type Finding, note, ok, warning } from './check.ts'
import type { TlsFacts, Way } from './connect.ts'

/** What is lost without the address, the option that names it, and what else there is to know. */
export type Stake = {
  readonly loses: string
  readonly option: string
  readonly way?: Way
  /** Whether the connection may do without TLS. */
  readonly mayBeOpen?: boolean
  /** Whose address it is, when it is not Huawei's: they renew the certificate. */
  readonly isOwn?: boolean
}

type Failure = { readonly says: string; readonly next: string }

const CODES: readonly (readonly [codes: RegExp, failure: Failure])[] = [
  [
    /^(ENOTFOUND|EAI_|ENODATA)/,
    { says: 'the name is not known', next: 'Check the name, and the DNS server of this machine.' },
  ],
  [
    /^ECONNREFUSED/,
    { says: 'the connection is refused', next: 'Check port and firewall; nothing listens there.' },
  ],
  [
    /^(ETIMEDOUT|ABORT_ERR|EHOSTUNREACH|ENETUNREACH)/,
    { says: 'no answer', next: 'Let the firewall allow connections to this host and port.' },
  ],
  [
    /^(ERR_SSL|EPROTO|ERR_TLS|ECONNRESET)/,
    { says: 'no TLS', next: 'Look for a proxy in between that breaks TLS, or another port.' },
  ],
  [
    /^EPROXY/,
    {
      says: 'the proxy does not let it through',
      next: 'Let the proxy connect to this host and port (407: check user and password).',
    },
  ],
  [/^ESTARTTLS/, { says: 'no StartTLS', next: 'Switch it on at the server, or use ldaps://.' }],
]

const DAYS_LEFT = 7

/** Connects and judges. */
export async function judgeConnection(
  url: string,
  stake: Stake,
  { config, connect, clock, signal }: Examination,
): Promise<readonly Finding[]> {
  const { way = {}, mayBeOpen = false } = stake
  try {
    const { address, tls } = await connect(new URL(url), signal, way)
    const host = placeOf(url, address, way)
    if (tls === undefined) {
      const found = `${host}, without TLS`
      if (mayBeOpen) return [ok(found, 'It is reached.')]
      if (config.site === 'sandbox')
        return [ok(found, 'It is reached; in sandbox mode that will do.')]
      const meaning = 'What is sent there can be read on the way.'
      return [error({ found, meaning }, `Set ${stake.option} to an https address.`)]
    }
    return [judgeTls(host, tls, { now: clock.now(), stake })]
  } catch (problem) {
    return [unreached(url, stake, { problem, mayWait: startsLater(url, config) })]
  }
}

function placeOf(url: string, address: string, { proxy }: Way): string {
  const { host } = new URL(url)
  return proxy === undefined ? `${host} (${address})` : `${host} (through ${new URL(proxy).host})`
}

// The sandbox of our own starts with the service.
function startsLater(url: string, { site, sandbox }: Examination['config']): boolean {
  return site === 'sandbox' && sandbox.isOurs && url.startsWith(sandbox.url)
}

function unreached(
  url: string,
  { loses, option }: Stake,
  { problem, mayWait }: { readonly problem: unknown; readonly mayWait: boolean },
): Finding {
  if (mayWait) {
    const meaning = 'The sandbox starts with the service.'
    return note({ found: `${url}: the sandbox does not run`, meaning })
  }
  const code = codeOf(problem)
  const known = CODES.find(([codes]) => codes.test(code))?.[1]
  const found = `${url}: ${known?.says ?? 'not reached'} (${code})`
  return error({ found, meaning: loses }, known?.next ?? `Check ${option} and the network.`)
}

function codeOf(problem: unknown): string {
  if (!(problem instanceof Error)) return 'unknown'
  return 'code' in problem && typeof problem.code === 'string' ? problem.code : problem.name
}

function judgeTls(
  place: string,
  tls: TlsFacts,
  { now, stake }: { readonly now: Date; readonly stake: Stake },
): Finding {
  const { version, cipher, issuer, endsAt, problem } = tls
  const days = daysUntil(endsAt, now)
  const found = `${place}, ${version}, ${cipher}, by ${issuer}, until ${endsAt.toISOString().slice(0, 10)}`
  if (problem !== undefined) {
    const meaning = 'Every call there is refused: who answers cannot prove to be the site.'
    const proxy = `If a proxy of yours answers (issuer ${issuer}), name its CA by NODE_EXTRA_CA_CERTS.`
    const own = 'Name the CA that vouches for it by LDAP_CA_FILE or NODE_EXTRA_CA_CERTS.'
    return error(
      { found: `${found}; not trusted (${problem})`, meaning },
      stake.isOwn ? own : proxy,
    )
  }
  if (!/^TLSv1\.[23]$/.test(version)) {
    const meaning = 'It can be read by who is in between.'
    return error(
      { found, meaning },
      stake.isOwn
        ? 'Let it speak TLS 1.2 or later.'
        : 'Look for a proxy in between: Huawei speaks TLS 1.2 and later.',
    )
  }
  if (days >= DAYS_LEFT) return ok(found, 'It is reached, and it is who it should be.')
  const meaning = 'If it is not renewed, calls there will be refused.'
  const theirs = 'It is theirs to renew: look again, and ask if it stays.'
  return warning({ found, meaning }, stake.isOwn ? 'Have it renewed.' : theirs)
}
