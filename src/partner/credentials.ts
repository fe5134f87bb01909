// How a request proves who calls: the partner's key comes in, headers for a request go out.

import { Refusal } from '../base/errors.ts'
import { type SignableRequest, signRequest } from './ak-sk.ts'
import { createTokenSource, type PasswordKey, type TokenSourceDeps } from './iam-token.ts'

/** An access key signs each request; a password buys tokens. */
export type PartnerKey =
  | { readonly kind: 'access-key'; readonly accessKey: string; readonly secretKey: string }
  | ({ readonly kind: 'password' } & PasswordKey)

export type Authorization = {
  readonly headers: Readonly<Record<string, string>>
  /** To be called when Huawei refuses a token, so that the next request gets another one. */
  readonly discard?: () => void
}

export type Credentials = (request: SignableRequest) => Promise<Authorization>

export type CredentialsDeps = Omit<TokenSourceDeps, 'key'>

/** Credentials from a key. Without one every request is refused with `PARTNER_NOT_CONFIGURED`. */
export function createCredentials(key: PartnerKey | undefined, deps: CredentialsDeps): Credentials {
  if (key === undefined) {
    return async () => {
      throw new Refusal('PARTNER_NOT_CONFIGURED')
    }
  }
  if (key.kind === 'access-key') {
    return async (request) => ({ headers: signRequest(request, key, deps.clock.now()) })
  }
  const tokens = createTokenSource({ ...deps, key })
  return async () => {
    const token = await tokens.get()
    return { headers: { 'X-Auth-Token': token }, discard: () => tokens.discard(token) }
  }
}
