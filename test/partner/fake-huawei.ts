// Huawei as these tests see it: a fetch that records what is sent and answers as it is told, a log
// that can be read, and a client of both.

import assert from 'node:assert/strict'
import { Refusal } from '../../src/base/errors.ts'
import { createLog } from '../../src/base/log.ts'
import {
  createPartnerClient,
  type PartnerClient,
  type PartnerClientDeps,
} from '../../src/partner/client.ts'
import type { PartnerKey } from '../../src/partner/credentials.ts'

export type Received = {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: string
  readonly redirect: string | undefined
  readonly signal: AbortSignal | undefined
}

/** Answers one request; called once for each. */
export type Reply = (request: Received) => Response | Promise<Response>

export type FakeHuawei = {
  readonly client: PartnerClient
  readonly received: readonly Received[]
  /** The log as it was written, every line parsed. */
  readonly lines: () => readonly Record<string, unknown>[]
  readonly logText: () => string
  /** Moves the clock, which stands still otherwise. */
  readonly wait: (minutes: number) => void
  /** Every wait of the client in milliseconds; each moves the clock and takes no time. */
  readonly waits: readonly number[]
}

export const NOW = new Date('2026-03-01T10:00:00Z')

export const ACCESS_KEY = {
  kind: 'access-key',
  accessKey: 'TESTACCESSKEY',
  secretKey: 'the-secret-key-of-the-tests',
} as const satisfies PartnerKey

export const PASSWORD = {
  kind: 'password',
  user: 'api-user',
  password: 'the-iam-password-of-the-tests',
  domain: 'partner-account',
} as const satisfies PartnerKey

export const TOKEN = 'MIIPAgYJKoZIhvcNAQcCo-the-token-of-the-tests'

type Settings = Partial<Omit<PartnerClientDeps, 'fetch' | 'clock' | 'log'>>

/** A client whose requests are answered by `reply`; by default with an access key. */
export function fakeHuawei(reply: Reply, settings: Settings = {}): FakeHuawei {
  const received: Received[] = []
  const written: string[] = []
  const waits: number[] = []
  let now = NOW
  const client = createPartnerClient({
    bssUrl: 'https://bss.example.com',
    iamUrl: 'https://iam.example.com',
    key: ACCESS_KEY,
    timeoutSeconds: 15,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      waits.push(ms)
      now = new Date(now.getTime() + ms)
    },
    ...settings,
    clock: { now: () => now },
    log: createLog('debug', { write: (line) => written.push(line) }),
    fetch: async (url, init) => {
      const request = {
        method: init?.method ?? 'GET',
        url: String(url),
        headers: new Headers(init?.headers),
        body: String(init?.body ?? ''),
        redirect: init?.redirect,
        signal: init?.signal ?? undefined,
      }
      received.push(request)
      return reply(request)
    },
  })
  return {
    client,
    received,
    waits,
    lines: () => written.map((line) => JSON.parse(line)),
    logText: () => written.join(''),
    wait: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000)
    },
  }
}

/** A JSON answer, with the request id that Huawei's gateway adds. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', 'X-Request-Id': 'request-0001', ...headers },
  })
}

/** IAM's answer to a correct password. Tokens live for 24 hours. */
export function newToken(token: string, expiresAt = '2026-03-02T10:00:00.000000Z') {
  return json(201, { token: { expires_at: expiresAt } }, { 'X-Subject-Token': token })
}

/** A customer that Huawei accepts. */
export const CUSTOMER = {
  domain_area: 'IE',
  xaccount_id: 'acme-0001',
  xaccount_type: 'example_IDP',
  domain_name: 'acme_cloud',
  email: 'jo@acme.example',
  verification_code: '246810',
} as const

/** What the call refuses with; fails when it does not. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => 'no refusal',
    (error: unknown) => error,
  )
  assert.ok(outcome instanceof Refusal, `expected a refusal, got ${outcome}`)
  return outcome
}
