// A proof and a parked request in; out comes the AuthnContext class that the answer may name.

import { findContext, noContext, type Proof } from '../saml/authn-context.ts'
import type { SignedIn } from '../session/session.ts'
import type { ParkedRequest } from '../store/request-records.ts'
import type { SsoDeps } from './deps.ts'

/** What a sign-in proved. A recovery code lets somebody in and raises nothing: it is a note on paper. */
export function proofOf({ method, second }: Pick<SignedIn, 'method' | 'second'>): Proof {
  if (method === 'oidc') return second === 'upstream' ? 'upstream+second' : 'upstream'
  const isByPassword = method === 'password' || method === 'ldap'
  if (isByPassword && second === 'totp') return 'password+totp'
  if (isByPassword && second === 'passkey') return 'password+passkey'
  return method
}

type Asked = Pick<ParkedRequest, 'issuer' | 'wantedContext'>

/** The class under which the proof satisfies the request, or `undefined` when it does not. */
export function contextOf(
  proof: Proof,
  { wantedContext }: Asked,
  { ssoUrl }: Pick<SsoDeps, 'ssoUrl'>,
): string | undefined {
  return findContext(proof, ssoUrl.startsWith('https://'), wantedContext)
}

/** The same, where it must satisfy. Throws `SAML_NO_AUTHN_CONTEXT`. */
export function getContext(proof: Proof, asked: Asked, deps: Pick<SsoDeps, 'ssoUrl'>): string {
  const found = contextOf(proof, asked, deps)
  if (found === undefined) throw noContext(asked.wantedContext, { issuer: asked.issuer, proof })
  return found
}
