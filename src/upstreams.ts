// The wiring of the OpenID provider and the directory: options in, the two ways to sign in out.

import { findProblems } from './accounts/account.ts'
import type { RecordAudit } from './base/audit.ts'
import type { Clock } from './base/clock.ts'
import type { Random } from './base/random.ts'
import type { Config } from './config/load.ts'
import type { Sessions } from './session/session.ts'
import { createAdmit } from './signin/identity.ts'
import { createLdapSignIn, type LdapSignIn } from './signin/ldap.ts'
import type { Offered } from './signin/methods.ts'
import { createOidcSignIn, type OidcSignIn } from './signin/oidc.ts'
import type { Store } from './store/store.ts'

export type UpstreamDeps = {
  readonly config: Pick<Config, 'upstream' | 'publicUrl' | 'clockSkewSeconds'>
  readonly store: Store
  readonly sessions: Sessions
  readonly record: RecordAudit
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof fetch
}

export type Upstreams = {
  readonly offered: Offered
  readonly oidc: OidcSignIn | undefined
  readonly ldap: LdapSignIn | undefined
}

/** What is configured; neither is reached before somebody signs in. */
export function createUpstreams(deps: UpstreamDeps): Upstreams {
  const { publicUrl, clockSkewSeconds } = deps.config
  const { oidc, ldap, methods } = deps.config.upstream
  const admit = createAdmit({ ...deps, findProblems })
  return {
    offered: {
      methods,
      oidcName: oidc?.name,
      tellsSecond: oidc !== undefined && [...oidc.mfa.amr, ...oidc.mfa.acr].length > 0,
      ldapName: ldap?.name,
    },
    oidc: oidc && createOidcSignIn(oidc, { ...deps, admit, publicUrl, clockSkewSeconds }),
    ldap: ldap && createLdapSignIn(ldap, { ...deps, admit }),
  }
}
