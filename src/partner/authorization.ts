// How one request proves who calls: the request comes in, headers to be sent beside its own go out.

import type { SignableRequest } from './ak-sk.ts'

export type Authorization = {
  readonly headers: Readonly<Record<string, string>>
  /** To be called when Huawei refuses a token, so that the next request gets another one. */
  readonly discard?: () => void
}

/** Proves that the caller is one certain account. */
export type Authorize = (request: SignableRequest) => Promise<Authorization>
