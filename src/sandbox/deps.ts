// What every part of the sandbox is handed: where everybody is, and what the sandbox owns.

import type { Clock } from '../base/clock.ts'
import type { Random } from '../base/random.ts'
import type { PortalKey, SpKey } from './keys.ts'
import type { StateFile } from './state.ts'

/** Handed to every part; most take what they need of it. */
export type SandboxDeps = {
  /** The sandbox as browsers see it, without a trailing slash. */
  readonly url: string
  /** The identity provider as browsers see it. */
  readonly idpUrl: string
  /** The identity provider as this program reaches it. */
  readonly idpBackUrl: string
  /** Holds people.json, which the identity provider's start program writes. */
  readonly dataDir: string
  readonly spKey: SpKey
  readonly portalKey: PortalKey
  readonly state: StateFile
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof fetch
  /** Resolves after that many seconds; tests hand in one that does not wait. */
  readonly sleep: (seconds: number) => Promise<void>
}

/** The part that changes accounts, codes and tokens. */
export type LedgerDeps = Pick<SandboxDeps, 'state' | 'clock' | 'random'>

/** The addresses of the service provider that the sandbox is, shaped as Huawei's. */
export function spAddresses(url: string) {
  return {
    /** With a trailing slash, as `https://auth.huaweicloud.com/` has one. */
    entityId: `${url}/`,
    acs: `${url}/authui/saml/SAMLAssertionConsumer`,
    logout: `${url}/authui/saml/LogoutServiceHTTPRedirect`,
    logoutResponse: `${url}/authui/saml/LogoutServiceHTTPRedirectResponse`,
  } as const
}

/** Origins that a form may end up at when the identity provider sends the browser on. */
export function onwardOrigins(deps: SandboxDeps): readonly string[] {
  return [new URL(deps.idpUrl).origin, new URL(deps.url).origin]
}
