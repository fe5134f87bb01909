// THE table of Huawei's error codes, and how an answer of any shape is judged by it: an answer comes
// in, a refusal with a code of ours goes out, or nothing when the answer reports success.

import type { ErrorCode } from '../base/error-codes.ts'
import { Refusal } from '../base/errors.ts'
import { type Answer, type Fields, plainId } from './exchange.ts'
import type { RemoteError } from './operation.ts'

const SUCCESS = 'CBC.0000'
const PARTIAL = 'CBC.5020'

/** Huawei's code to ours. A code that is not here is judged by the HTTP status. */
export const REMOTE_CODES: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  // Who asks.
  ['APIGW.0301', 'PARTNER_UNAUTHORIZED'],
  ['CBC.0154', 'PARTNER_UNAUTHORIZED'],
  ['CBC.0151', 'PARTNER_FORBIDDEN'],
  ['CBC.0156', 'PARTNER_FORBIDDEN'], // The customer belongs to another site.
  ['APIGW.0308', 'PARTNER_THROTTLED'],
  ['CBC.0250', 'PARTNER_THROTTLED'],

  // The account that is to be created.
  ['CBC.99000038', 'PARTNER_NAME_TAKEN'],
  ['CBC.99000031', 'PARTNER_BAD_NAME'],
  ['CBC.99000028', 'PARTNER_EMAIL_TAKEN'],
  ['CBC.99000051', 'PARTNER_EMAIL_TAKEN'], // Registered in advance by Huawei.
  ['CBC.99000032', 'PARTNER_BAD_EMAIL'],
  ['CBC.99004004', 'PARTNER_BAD_EMAIL'],
  ['CBC.5016', 'PARTNER_BAD_EMAIL'],
  ['CBC.99000039', 'PARTNER_ACCOUNT_EXISTS'],
  ['CBC.99000050', 'PARTNER_ASSOCIATION_PENDING'],

  // The verification code. 99004008 ("invalid", beside 99004010 "incorrect") is one that ran out.
  ['CBC.99004010', 'PARTNER_WRONG_CODE'],
  ['CBC.99000026', 'PARTNER_WRONG_CODE'],
  ['CBC.7152', 'PARTNER_WRONG_CODE'],
  ['CBC.99004008', 'PARTNER_CODE_SPENT'],
  ['CBC.99004009', 'PARTNER_CODE_SPENT'],
  ['CBC.99000027', 'PARTNER_CODE_SPENT'],
  ['CBC.7151', 'PARTNER_CODE_SPENT'],
  ['CBC.99004015', 'PARTNER_CODE_LIMIT'],
  ['CBC.99000082', 'PARTNER_CODE_LIMIT'],
])

// Where the status says enough, even with a page of HTML from a gateway on the way.
const STATUSES: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [401, 'PARTNER_UNAUTHORIZED'],
  [403, 'PARTNER_FORBIDDEN'],
  [408, 'PARTNER_UNREACHABLE'],
  [429, 'PARTNER_THROTTLED'],
  [502, 'PARTNER_UNREACHABLE'],
  [503, 'PARTNER_UNREACHABLE'],
  [504, 'PARTNER_UNREACHABLE'],
])

/** The values that a request carries, by field; they are kept out of the facts of a refusal. */
export type Sent = Readonly<Record<string, unknown>>

/**
 * The refusal that an answer amounts to; `undefined` if it reports success. A status of 2xx is no
 * proof of success: Huawei reports many business errors with 200 and an `error_code`.
 */
export function findRefusal(operation: string, answer: Answer, sent: Sent): Refusal | undefined {
  const { status, requestId, fields } = answer
  const { code, text } = readRemoteError(fields)
  const isSuccess = status >= 200 && status < 300 && (code === undefined || code === SUCCESS)
  if (isSuccess) return undefined

  return new Refusal(judge(answer, code), {
    operation,
    status,
    requestId,
    remoteCode: plainId(code),
    remoteText: text === undefined ? undefined : forLog(text, sent),
    ...(code === 'CBC.99000050' ? accountFacts(fields) : {}),
    ...detailFacts(fields, sent),
  })
}

/**
 * Whether a success was one in part: Huawei answers some of those with the code CBC.5020, and some
 * without any.
 */
export function isPartial({ status, fields }: Answer): boolean {
  return status >= 200 && status < 300 && readRemoteError(fields).code === PARTIAL
}

/** The refusal with what the row says about Huawei's code: for people, who cannot look it up. */
export function withMeaning(refusal: Refusal, errors: readonly RemoteError[]): Refusal {
  const { remoteCode, status } = refusal.facts
  const known = errors.filter(({ code }) => code === remoteCode)
  const row = known.find(({ http }) => http === status) ?? known[0]
  if (row === undefined) return refusal
  const { meaning, remedy } = row
  const facts = { ...refusal.facts, meaning, ...(remedy === undefined ? {} : { remedy }) }
  return new Refusal(refusal.code, facts, refusal.cause)
}

/** Whether Huawei refused the token itself, before it looked at what is asked. */
export function isStaleToken({ status, fields }: Answer): boolean {
  const { code } = readRemoteError(fields)
  return status === 401 && (code === 'CBC.0154' || code === 'APIGW.0301')
}

/** A Huawei Cloud account that exists, though Huawei did not tell in time if it is associated. */
export type PendingAccount = { readonly domainId: string; readonly domainName: string | undefined }

/** The account behind a `PARTNER_ASSOCIATION_PENDING`; `undefined` for every other error. */
export function findPendingAccount(error: unknown): PendingAccount | undefined {
  if (!(error instanceof Refusal) || error.code !== 'PARTNER_ASSOCIATION_PENDING') return undefined
  const { domainId, domainName } = error.facts
  if (typeof domainId !== 'string') return undefined
  return { domainId, domainName: typeof domainName === 'string' ? domainName : undefined }
}

function judge({ status, fields }: Answer, code: string | undefined): ErrorCode {
  const known = code === undefined ? undefined : REMOTE_CODES.get(code)
  return (
    known ??
    STATUSES.get(status) ??
    (fields === undefined ? 'PARTNER_BAD_ANSWER' : 'PARTNER_REFUSED')
  )
}

type RemoteText = { readonly code: string | undefined; readonly text: string | undefined }

// BSS writes error_code and error_msg, the gateway error_message too, old services errorCode and
// errorMsg; IAM nests code, message and title.
function readRemoteError(fields: Fields = {}): RemoteText {
  const { error } = fields
  const nested: Fields = typeof error === 'object' && error !== null ? { ...error } : {}
  return {
    code: firstText(fields['error_code'], fields['errorCode'], nested['code'], nested['title']),
    text: firstText(
      fields['error_msg'],
      fields['error_message'],
      fields['errorMsg'],
      nested['message'],
    ),
  }
}

function firstText(...values: readonly unknown[]): string | undefined {
  const found = values.find((value) => typeof value === 'number' || (value !== '' && isText(value)))
  return found === undefined ? undefined : String(found)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

const MOST_CHARACTERS = 200
const SHORTEST_VALUE = 5

// Huawei's text may quote internals, and what was sent: names, passwords, codes. It is cut to one
// line without the values that were sent, and without anything long enough to be a key or a token.
function forLog(text: string, sent: Sent): string {
  const values = Object.entries(sent).filter(([, value]) => isText(value))
  const masked = values.reduce((line, [field, value]) => {
    const found = String(value)
    return found.length < SHORTEST_VALUE ? line : line.replaceAll(found, `(${field})`)
  }, text)
  return masked
    .replace(/[\w+/=-]{40,}/g, '(long value)')
    .replace(/[\p{C}\s]+/gu, ' ')
    .slice(0, MOST_CHARACTERS)
}

function accountFacts(fields: Fields = {}) {
  const { domain_id: id, domain_name: name } = fields
  return { domainId: plainId(id), domainName: plainId(name) }
}

// What the documents say an error may carry besides, and nothing else that Huawei may send.
const DETAILS = [
  'quota_infos',
  'enterprise_project_auth_result',
  'order_ids',
  'expiredResourceIds',
  'error_details',
  'fail_resource_infos',
] as const

const MOST_ITEMS = 20
const MOST_LEVELS = 4

function detailFacts(fields: Fields = {}, sent: Sent): Fields {
  const given = DETAILS.filter((name) => fields[name] !== undefined && fields[name] !== null)
  if (given.length === 0) return {}
  const detail = given.map((name) => [name, shorten(fields[name], sent, MOST_LEVELS)])
  return { detail: Object.fromEntries(detail) }
}

// Texts inside are Huawei's own, and may quote what was sent.
function shorten(value: unknown, sent: Sent, levels: number): unknown {
  if (typeof value === 'string') return forLog(value, sent)
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return '…'
  if (Array.isArray(value)) {
    return value.slice(0, MOST_ITEMS).map((item) => shorten(item, sent, levels - 1))
  }
  const entries = Object.entries(value).slice(0, MOST_ITEMS)
  return Object.fromEntries(
    entries.map(([name, item]) => [forLog(name, {}), shorten(item, sent, levels - 1)]),
  )
}
