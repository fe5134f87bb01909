// What an API of the sandbox answers, and the error shapes of Huawei's three kinds of service.

/** One answer; the header names as they go out. */
export type ApiAnswer = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The connection is cut instead of answering. */
  readonly isDropped?: boolean
}

/** An error of the business services: `{"error_code": "CBC.…", "error_msg": …}`. */
export function bssError(status: number, code: string, message: string): ApiAnswer {
  return { status, body: { error_code: code, error_msg: message } }
}

/** An error of the gateway in front of them, which knows the request's id. */
export function gatewayError(code: string, message: string, requestId: string): ApiAnswer {
  return { status: 401, body: { error_code: code, error_msg: message, request_id: requestId } }
}

/** The gateway's refusal of too many calls: `error_message`, unlike everywhere else. */
export function throttled(requestId: string): ApiAnswer {
  const body = {
    status_code: 429,
    request_id: requestId,
    error_code: 'APIGW.0308',
    error_message: 'The throttling threshold has been reached: policy ip over ratelimit',
  }
  return { status: 429, headers: { 'Retry-After': '5' }, body }
}

/** An error of IAM, nested. */
export function iamError(code: number, title: string, message: string): ApiAnswer {
  return { status: code, body: { error: { code, message, title } } }
}

/** The error code in an answer, for the list of what arrived. */
export function codeIn(answer: ApiAnswer): string | undefined {
  const body = answer.body
  if (typeof body !== 'object' || body === null || !('error_code' in body)) return undefined
  return String(body.error_code)
}
