// Who calls: a request as it came goes in; whose credentials it carries, or the refusal, comes out.
// By token when there is one, otherwise by access key; that is how Huawei's gateway decides too.

import type { ApiAnswer } from '../api-answer.ts'
import { bssError, gatewayError } from '../api-answer.ts'
import type { LedgerDeps } from '../deps.ts'
import { findToken } from '../iam-api.ts'
import { checkSignature, readAuthorization, type WireRequest } from '../signature-check.ts'
import type { ApiCaller } from './behaviour.ts'
import { findKey } from './keys.ts'

/** The outcome. */
export type Proof = { readonly caller: ApiCaller } | { readonly refused: ApiAnswer }

/** Whom the gateway takes the sender for. */
export function proveCaller(
  wire: WireRequest,
  requestId: string,
  deps: Pick<LedgerDeps, 'state' | 'clock'>,
): Proof {
  const token = wire.headers['x-auth-token']
  if (typeof token === 'string') {
    const caller = findToken(token, deps)
    if (caller !== undefined) return { caller }
    return { refused: bssError(401, 'CBC.0154', 'Invalid or expired token.') }
  }
  const proof = proveByKey(wire, deps)
  if (typeof proof !== 'string') return { caller: proof }
  const message = `Incorrect IAM authentication information: ${proof}`
  return { refused: gatewayError('APIGW.0301', message, { requestId }) }
}

// A text is the gateway's complaint.
function proveByKey(
  wire: WireRequest,
  { state, clock }: Pick<LedgerDeps, 'state' | 'clock'>,
): ApiCaller | string {
  const now = clock.now()
  const authorization = readAuthorization(wire)
  if (authorization === undefined) return 'authorization header is missing or cannot be read'
  const { accessKey, signedHeaders } = authorization
  const key = findKey(accessKey, state.read(), now)
  if (key === undefined) return `access key ${accessKey} does not exist`
  if (wire.headers['x-security-token'] !== key.securityToken) return 'security token is not right'
  if (key.securityToken !== undefined && !signedHeaders.includes('x-security-token')) {
    return 'x-security-token is not signed'
  }
  return checkSignature(wire, key, now) ?? key.caller
}
