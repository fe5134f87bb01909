// THE list of everything an answer must satisfy, in the order of judging; docs and tests read it.

import { ASSERTION_RULES } from './assertion-rules.ts'
import { MESSAGE_RULES, STATUS_RULES } from './message-rules.ts'
import { SIGN_IN_RULES } from './sign-in-rules.ts'

/** Rules that are no line of a table, because the others cannot be asked before they hold. */
export const READABLE = {
  id: 'readable',
  says: 'SAMLResponse is Base64 of XML without comments, CDATA, DTD or processing instructions.',
} as const

/** By samlify's verifier; for a refusal and for a sign-in. */
export const SIGNATURE_HOLDS = {
  id: 'signature',
  says: 'The signature verifies with a certificate of the identity provider’s metadata.',
} as const

/** By samlify's own `parseLoginResponse`. */
export const SAMLIFY_ACCEPTS = {
  id: 'samlify',
  says: 'samlify, as the service provider, accepts the Response.',
} as const

/** Every rule as a sentence, by its id. */
export const RULES: ReadonlyMap<string, string> = new Map(
  [
    READABLE,
    ...MESSAGE_RULES,
    ...STATUS_RULES,
    ...SIGN_IN_RULES,
    SIGNATURE_HOLDS,
    SAMLIFY_ACCEPTS,
    ...ASSERTION_RULES,
  ].map(({ id, says }) => [id, says]),
)
