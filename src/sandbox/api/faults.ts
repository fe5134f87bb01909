// THE table of faults: how one operation of the partner API can be made to misbehave, for its next
// calls. The control page, docs/sandbox.md and `POST /sandbox/fault` read it.

import { Big } from 'big.js'
import { type ApiAnswer, bssError, throttled } from '../api-answer.ts'

/** What a fault knows of the call. */
export type SpoiltCall = {
  readonly operation: string
  readonly requestId: string
  /** How large an answer of the fault `huge` is. */
  readonly bytes: number
}

/** A row of the table. */
export type Fault = {
  readonly title: string
  /** What the product should make of it. */
  readonly expect: string
  /** How long the call waits before anything happens. */
  readonly delaySeconds?: number
  /** Answers in place of the operation, which does nothing. */
  readonly instead?: (call: SpoiltCall) => ApiAnswer
  /** Spoils the answer of an operation that has done its work; errors stay as they are. */
  readonly afterwards?: (answer: ApiAnswer, call: SpoiltCall) => ApiAnswer
}

// Twice the time that the product waits by default.
const SLOW_SECONDS = 30
const WAIT_SECONDS = 5

/** How large an answer of the fault `huge` is unless told otherwise. */
export const HUGE_BYTES = 16 * 1024 * 1024

const PAGE = `<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>CloudWAF</center></body>
</html>
`

/** The table; its keys are the names that `POST /sandbox/fault` takes. */
export const FAULTS = {
  slow: {
    title: 'Answers after 30 seconds',
    expect: 'The call ends when its time is over (PARTNER_UNREACHABLE). Only reads are repeated.',
    delaySeconds: SLOW_SECONDS,
  },
  'drop-after-work': {
    title: 'Does the work, then closes the connection',
    expect: 'PARTNER_UNREACHABLE. What creates, changes or costs something is not sent again.',
    afterwards: () => ({ status: 0, isDropped: true }),
  },
  'fail-500-with-success': {
    title: 'Does the work, then answers 500',
    expect:
      'A read is repeated, a write is not. For createCustomer it is CBC.99000050, whose domain_id names the account that exists.',
    afterwards: failWithSuccess,
  },
  throttled: {
    title: 'Refuses: too many calls (429, Retry-After 5)',
    expect: 'PARTNER_THROTTLED; a read waits as told and is repeated.',
    instead: ({ requestId }) => throttled(requestId, WAIT_SECONDS),
  },
  html: {
    title: 'Answers 502 with a page of HTML',
    expect: 'PARTNER_UNREACHABLE; nothing of the page is shown, and nothing is repeated.',
    instead: () => ({ status: 502, page: PAGE }),
  },
  huge: {
    title: 'Adds 16 MiB to the answer, or as many `bytes` as told',
    expect: 'PARTNER_BAD_ANSWER; the answer is not read to its end.',
    afterwards: (answer, { bytes }) => ({
      ...answer,
      status: answer.status === 204 ? 200 : answer.status,
      body: { ...membersOf(answer.body), filler: 'x'.repeat(bytes) },
    }),
  },
  'wrong-types': {
    title: 'Numbers come as texts, texts of digits as numbers, lists as null',
    expect: 'Read all the same where that is certain, otherwise PARTNER_BAD_ANSWER.',
    afterwards: (answer) => ({ ...answer, body: swapTypes(answer.body) }),
  },
  'unauthorized-once': {
    title: 'Refuses the token although it is good (401, CBC.0154)',
    expect:
      'The token is renewed once and the call sent again; that is harmless, nothing was done.',
    instead: () => bssError(401, 'CBC.0154', 'Invalid or expired token.'),
  },
} as const satisfies Record<string, Fault>

/** A name of the table. */
export type FaultName = keyof typeof FAULTS

/** Every name, in the order of the table. */
// The cast names what Object.keys cannot know; zod wants a list that is not empty.
export const FAULT_NAMES = Object.keys(FAULTS) as [FaultName, ...FaultName[]]

/** The row of that name. */
export function faultOf(name: FaultName): Fault {
  return FAULTS[name]
}

function failWithSuccess(answer: ApiAnswer, { operation }: SpoiltCall): ApiAnswer {
  if (operation !== 'createCustomer') return bssError(500, 'CBC.0999', 'Other errors.')
  // Huawei's own: the account exists, and the association was not known in time.
  const error = { error_code: 'CBC.99000050', error_msg: 'Query for the result timed out.' }
  return { status: 500, body: { ...error, ...membersOf(answer.body) } }
}

function membersOf(body: unknown): object {
  return typeof body === 'object' && body !== null ? body : {}
}

function swapTypes(value: unknown): unknown {
  if (Array.isArray(value)) return null
  if (typeof value === 'number' || value instanceof Big) return String(value)
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, swapTypes(one)]))
}
