// IAM as the tests of credentials see it: it lends what the tests tell it to, and records who asked.

import { createLog } from '../../src/base/log.ts'
import {
  type Credentials,
  type CredentialsDeps,
  createCredentials,
  type PartnerKey,
} from '../../src/partner/credentials.ts'
import { json, NOW, newToken, PASSWORD, type Received, type Reply } from './fake-huawei.ts'

export type FakeIam = {
  readonly credentials: Credentials
  /** Every request, by what it asks for: `password`, `token` of a customer or `key` of a customer. */
  readonly asked: readonly (Received & { readonly kind: 'password' | 'token' | 'key' })[]
  readonly logText: () => string
  /** Moves the clock, which stands still otherwise. */
  readonly wait: (minutes: number) => void
}

type Settings = Pick<CredentialsDeps, 'platformId' | 'domainId'> & {
  readonly key?: PartnerKey | undefined
  /** Answers instead of IAM where it returns something. */
  readonly reply?: (...request: Parameters<Reply>) => ReturnType<Reply> | undefined
}

/** A request to sign or to send a token with. */
export const REQUEST = {
  method: 'GET',
  url: new URL('https://bss.example.com/v2/orders/customer-orders?limit=10'),
  headers: { 'X-Language': 'en_US' },
  body: '',
}

export const PLATFORM = 'example_IDP'

/** Credentials whose IAM lends tokens `password-1`, `token-2`, and keys `key-3`, by count of requests. */
export function fakeIam(settings: Settings = {}): FakeIam {
  const asked: FakeIam['asked'][number][] = []
  const written: string[] = []
  let now = NOW
  const { key, reply, ...ids } = { key: PASSWORD, platformId: PLATFORM, ...settings }
  const credentials = createCredentials(key, {
    ...ids,
    iamUrl: 'https://iam.example.com',
    clock: { now: () => now },
    log: createLog('debug', { write: (line) => written.push(line) }),
    deadline: () => AbortSignal.timeout(15_000),
    fetch: async (url, init) => {
      const body = String(init?.body ?? '')
      const request = {
        method: init?.method ?? 'GET',
        url: String(url),
        headers: new Headers(init?.headers),
        body,
        redirect: init?.redirect,
        signal: init?.signal ?? undefined,
      }
      const kind = kindOf(request.url, body)
      const name = `${kind}-${asked.push({ ...request, kind })}`
      return (await reply?.(request)) ?? lend(name, now)
    },
  })
  const wait = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
  }
  return { credentials, asked, logText: () => written.join(''), wait }
}

function kindOf(url: string, body: string) {
  if (url.endsWith('/securitytokens')) return 'key'
  return body.includes('assume_role') ? 'token' : 'password'
}

// As long as Huawei does: a day for tokens, an hour for keys, and microseconds in both.
function lend(name: string, now: Date): Response {
  const isKey = name.startsWith('key')
  const endsAt = new Date(now.getTime() + (isKey ? 1 : 24) * 3_600_000)
  const expires_at = endsAt.toISOString().replace('Z', '000Z')
  if (!isKey) return newToken(name, expires_at)
  const credential = { access: name, secret: SECRET, securitytoken: `${name}-token`, expires_at }
  return json(201, { credential })
}

/** The secret of every temporary key. */
export const SECRET = 'the-secret-of-a-temporary-key'
