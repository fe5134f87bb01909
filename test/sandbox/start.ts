// A sandbox on a free port in a folder of its own, an identity provider that is only a metadata file
// and a key, and a browser that keeps cookies and follows nothing.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { systemRandom } from '../../src/base/random.ts'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { base64, IDP, idpMetadata, NOW, sign, type TestKey, unsignedAnswer } from './good-answer.ts'

export const ADA = {
  login: 'ada',
  password: 'correct horse',
  accountId: 'customer-1',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
}

export type Call = { readonly url: string; readonly method: string; readonly body: string }

/** Starts it. `calls` is what the sandbox sent to the identity provider; `now` may be moved, the identity provider may be away. */
export async function startTestSandbox(idpKey: TestKey) {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'))
  writeFileSync(join(dataDir, 'people.json'), JSON.stringify({ people: [ADA] }))
  const calls: Call[] = []
  const slept: number[] = []
  const time = { now: NOW }
  const idp = { isAway: false }
  const sandbox = await startSandbox(
    { host: '127.0.0.1', port: 0, idpUrl: IDP, idpBackUrl: 'http://idp.internal:3000', dataDir },
    {
      clock: { now: () => time.now },
      random: systemRandom,
      logLevel: 'silent',
      sleep: async (seconds) => {
        slept.push(seconds)
      },
      fetch: async (url, init) => {
        if (idp.isAway) throw new TypeError('fetch failed')
        calls.push({ url: String(url), method: init?.method ?? 'GET', body: String(init?.body) })
        return String(url).endsWith('/saml/metadata')
          ? new Response(idpMetadata(idpKey.certificate))
          : new Response('', { status: 303 })
      },
    },
  )
  const stop = async () => {
    await sandbox.stop()
    rmSync(dataDir, { recursive: true })
  }
  return { ...sandbox, stop, dataDir, calls, slept, time, idp, browser: createBrowser(sandbox.url) }
}

export type TestSandbox = Awaited<ReturnType<typeof startTestSandbox>>

export type Answered = {
  readonly status: number
  readonly location: string
  readonly text: string
  readonly headers: Headers
}

/** GET and form POST with cookies; `Connection: close` so that stopping need not wait. */
export function createBrowser(origin: string) {
  const cookies = new Map<string, string>()
  const send = async (path: string, init: RequestInit): Promise<Answered> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { Cookie: cookie, Connection: 'close', Accept: 'text/html' }
    const response = await fetch(`${origin}${path}`, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const location = response.headers.get('location') ?? ''
    return {
      status: response.status,
      location,
      text: await response.text(),
      headers: response.headers,
    }
  }
  return {
    get: (path: string) => send(path, {}),
    post: (path: string, fields: Readonly<Record<string, string>>) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields) }),
  }
}

/** The value of a form field on a page. */
export function field(page: string, name: string): string {
  const match = new RegExp(`name="${name}" value="([^"]*)"`).exec(page)
  return (match?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&quot;', '"')
}

/** What `data-verdict` a page carries. */
export function verdictOf(page: string): string | undefined {
  return /data-verdict="([^"]+)"/.exec(page)?.[1]
}

/** The path of the login link that a portal shows. */
export function loginLink(isFirstLogin: boolean): string {
  const query = new URLSearchParams({
    xAccountType: SANDBOX.platformId,
    isFirstLogin: String(isFirstLogin),
    service: 'https://console.example.com/iam/',
  })
  return `/authui/saml/login?${query}`
}

/** Follows the login link and reads the request that the identity provider would get. */
export async function openLoginLink(sandbox: TestSandbox, isFirstLogin = true) {
  const { location } = await sandbox.browser.get(loginLink(isFirstLogin))
  const url = new URL(location)
  const xml = inflateRawSync(
    Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64'),
  ).toString('utf8')
  return {
    location,
    url,
    xml,
    id: / ID="([^"]+)"/.exec(xml)?.[1] ?? '',
    relayState: url.searchParams.get('RelayState') ?? '',
  }
}

/** Signs in as that customer: login link, right answer, whatever page comes of it. */
export async function signIn(
  sandbox: TestSandbox,
  key: TestKey,
  { xAccountId = 'customer-1', isFirstLogin = true } = {},
) {
  const { id, relayState } = await openLoginLink(sandbox, isFirstLogin)
  return sandbox.browser.post('/authui/saml/SAMLAssertionConsumer', {
    SAMLResponse: answerTo(id, xAccountId, { key, sandbox }),
    RelayState: relayState,
  })
}

/** A right answer to a request of this sandbox. */
export function answerTo(
  requestId: string,
  xAccountId: string,
  { key, sandbox }: { readonly key: TestKey; readonly sandbox: TestSandbox },
): string {
  const xml = unsignedAnswer({ requestId, xAccountId, now: sandbox.time.now })
  return base64(sign(xml.replaceAll('http://127.0.0.1:4000', sandbox.url), key))
}
