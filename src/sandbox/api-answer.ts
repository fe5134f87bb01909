// What an API of the sandbox answers, and the error shapes of Huawei's three kinds of service.

import { Big } from 'big.js'

/** One answer; the header names as they go out. */
export type ApiAnswer = {
  readonly status: number
  /** A Big in it goes out as a number with every digit. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** A page instead of a body, as a proxy on the way writes it. */
  readonly page?: string
  /** The connection is cut instead of answering. */
  readonly isDropped?: boolean
}

/** An error of the business services: `{"error_code": "CBC.…", "error_msg": …}`. */
export function bssError(status: number, code: string, message: string): ApiAnswer {
  return { status, body: { error_code: code, error_msg: message } }
}

/** An error of the gateway in front of them, which knows the request's id. */
export function gatewayError(
  code: string,
  message: string,
  { status = 401, requestId }: { readonly status?: number; readonly requestId: string },
): ApiAnswer {
  return { status, body: { error_code: code, error_msg: message, request_id: requestId } }
}

/** The gateway's refusal of too many calls: `error_message`, unlike everywhere else. */
export function throttled(requestId: string, waitSeconds: number): ApiAnswer {
  const body = {
    status_code: 429,
    request_id: requestId,
    error_code: 'APIGW.0308',
    error_message: 'The throttling threshold has been reached: policy ip over ratelimit',
  }
  return { status: 429, headers: { 'Retry-After': String(waitSeconds) }, body }
}

/** An error of IAM, nested. */
export function iamError(code: number, title: string, message: string): ApiAnswer {
  return { status: code, body: { error: { code, message, title } } }
}

/** Whether the operation did its work; Huawei reports some errors with 200. */
export function isSuccess(answer: ApiAnswer): boolean {
  return answer.status < 300 && [undefined, 'CBC.0000'].includes(codeIn(answer))
}

/** The error code in an answer, for the list of what arrived. */
export function codeIn(answer: ApiAnswer): string | undefined {
  const body = answer.body
  if (typeof body !== 'object' || body === null || !('error_code' in body)) return undefined
  return String(body.error_code)
}

/** JSON in which a decimal is a number with every digit, as Huawei's BigDecimal is. */
export function writeJson(value: unknown): string {
  if (value instanceof Big) return value.toFixed()
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`)
  return `{${members.join(',')}}`
}
