// What a person did to sign in → the AuthnContext classes that it is worth, and whether that is what a
// request asks for (Core §3.3.2.2.1).

import { type Facts, Refusal } from '../base/errors.ts'
import type { Comparison, WantedContext } from '../base/wanted-context.ts'
import { AUTHN_CONTEXTS } from './names.ts'

/** How somebody proved who they are, as the session remembers it. */
export type Proof =
  | 'portal'
  | 'upstream'
  | 'upstream+second'
  | 'password'
  | 'ldap'
  | 'password+totp'
  | 'password+passkey'
  | 'passkey'

const { unspecified, password, passwordProtectedTransport, timeSyncToken, multiFactor } =
  AUTHN_CONTEXTS

type Worth = { readonly https: readonly string[]; readonly http: readonly string[] }

// Browsers see plain http on one's own machine only.
const BY_PASSWORD: Worth = { https: [passwordProtectedTransport], http: [password] }

/**
 * THE table of proofs: the classes of each beside `unspecified`, from the weakest to the strongest.
 * How a portal or an upstream provider signs people in is not told to us, but for a second factor if it
 * was agreed how the provider says so. A passkey is two factors in
 * one, because it is taken only when the device has verified its user.
 */
const PROOFS: Readonly<Record<Proof, Worth>> = {
  portal: { https: [], http: [] },
  upstream: { https: [], http: [] },
  'upstream+second': { https: [multiFactor], http: [multiFactor] },
  password: BY_PASSWORD,
  ldap: BY_PASSWORD,
  'password+totp': besides(BY_PASSWORD, timeSyncToken, multiFactor),
  'password+passkey': besides(BY_PASSWORD, multiFactor),
  passkey: { https: [multiFactor], http: [multiFactor] },
}

function besides({ https, http }: Worth, ...more: readonly string[]): Worth {
  return { https: [...https, ...more], http: [...http, ...more] }
}

// Core leaves the order of classes to the responder: from the weakest to the strongest.
const ORDER: readonly string[] = [
  unspecified,
  password,
  passwordProtectedTransport,
  timeSyncToken,
  multiFactor,
]

/**
 * The class under which a sign-in satisfies the request, or `undefined`. Without a demand it is
 * `unspecified`, as in Huawei's sample; every sign-in may be called that, whatever else it is.
 */
export function findContext(
  proof: Proof,
  isHttps: boolean,
  wanted: WantedContext | undefined,
): string | undefined {
  if (wanted === undefined) return unspecified
  const own = [unspecified, ...PROOFS[proof][isHttps ? 'https' : 'http']]
  const { comparison, classes } = wanted
  if (comparison === 'exact') return classes.find((each) => own.includes(each))
  return own.findLast((each) => COMPARE[comparison](strengthOf(each), classes))
}

/** Whether any proof of the table could satisfy the request, here or anywhere. */
export function isKnownContext(wanted: WantedContext): boolean {
  return Object.keys(PROOFS).some((proof) =>
    [true, false].some((isHttps) => findContext(proof as Proof, isHttps, wanted) !== undefined),
  ) // The keys are the proofs.
}

/** The refusal `SAML_NO_AUTHN_CONTEXT`, with no more of the request in its facts than a log can bear. */
export function noContext(wanted: WantedContext | undefined, facts: Facts = {}): Refusal {
  const asked = wanted?.classes.slice(0, 10).map((each) => each.slice(0, 256))
  return new Refusal('SAML_NO_AUTHN_CONTEXT', { comparison: wanted?.comparison, asked, ...facts })
}

// −1 for a class that is not known here.
function strengthOf(name: string): number {
  return ORDER.indexOf(name)
}

// A class that is not known here is neither reached, nor outdone, nor a limit.
const COMPARE: Readonly<
  Record<Exclude<Comparison, 'exact'>, (strength: number, classes: readonly string[]) => boolean>
> = {
  minimum: (strength, classes) => known(classes).some((each) => strength >= each),
  better: (strength, classes) =>
    classes.every((each) => strengthOf(each) !== -1 && strength > strengthOf(each)),
  maximum: (strength, classes) => known(classes).some((each) => strength <= each),
}

function known(classes: readonly string[]): readonly number[] {
  return classes.map(strengthOf).filter((strength) => strength !== -1)
}
