// A Huawei Cloud of a few lines for the tests of `call`: IAM lends every role, and the partner API gives
// one answer, or one after the other.

/** A request as it arrived. */
export type Asked = {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  /** The JSON that was sent; `undefined` without a body. */
  readonly body: unknown
}

export type Huawei = {
  readonly fetch: typeof fetch
  /** What the partner API was asked. */
  readonly asked: readonly Asked[]
  /** What IAM was asked. */
  readonly askedOfIam: readonly Asked[]
}

export const CUSTOMER_TOKEN = 'MIIPAgYJKoZIhvcNAQcCo-the-token-of-the-customer'

const HEADERS = { 'X-Request-Id': 'request-1' }

/** Answers with each of `answers` in turn, and with the last for ever; `undefined` has no body. */
export function huawei(answers: readonly (object | undefined)[], status = 200): Huawei {
  const asked: Asked[] = []
  const askedOfIam: Asked[] = []
  return {
    asked,
    askedOfIam,
    fetch: async (address, init) => {
      const request = read(new URL(String(address)), init)
      if (request.url.pathname === '/v3/auth/tokens') {
        askedOfIam.push(request)
        const token = { expires_at: '2999-01-01T00:00:00.000000Z' }
        const headers = { 'X-Subject-Token': CUSTOMER_TOKEN }
        return Response.json({ token }, { status: 201, headers })
      }
      asked.push(request)
      const answer = answers[Math.min(asked.length, answers.length) - 1]
      return answer === undefined
        ? new Response(null, { status: 204, headers: HEADERS })
        : Response.json(answer, { status, headers: HEADERS })
    },
  }
}

function read(url: URL, init: RequestInit = {}): Asked {
  const body = init.body === undefined ? undefined : JSON.parse(String(init.body))
  return { method: init.method ?? 'GET', url, headers: new Headers(init.headers), body }
}
