// The portal hand-off: a token that a partner's portal has signed names the account of a person who is
// signed in there. docs/portal.md tells the portal's people what must be in it.

import { Refusal } from '../base/errors.ts'
import type { AccountRecord, Store } from '../store/store.ts'
import { safePath } from '../web/safe-path.ts'
import {
  LOGOUT_TYPE,
  type PortalToken,
  type PortalTokens,
  refuseToken,
  TokenProblem,
} from './portal-token.ts'

export type HandoffDeps = {
  readonly store: Pick<Store, 'accounts'>
  readonly tokens: PortalTokens
}

/** A person for whom a portal has vouched. */
export type ProvenHandoff = {
  readonly account: AccountRecord
  readonly issuer: string
  /** What the portal calls its own session. */
  readonly portalSession: string | undefined
  /** The path of ours that is to be opened. */
  readonly target: string | undefined
}

/** Proves a token and uses it up. */
export type VerifyHandoff = (token: string) => Promise<ProvenHandoff>

/**
 * The verifier. It throws `HANDOFF_BAD_TOKEN` (facts name the part that failed), `HANDOFF_REPLAYED`,
 * `HANDOFF_UNKNOWN_ACCOUNT`, `ACCOUNT_DISABLED` and `HANDOFF_KEYS_UNAVAILABLE`.
 */
export function createVerifyHandoff({ store, tokens }: HandoffDeps): VerifyHandoff {
  return async (text) => {
    const { token, target } = await readHandoff(text, tokens)
    const { sub, sid, portal } = token
    const shown = sub.slice(0, 128)
    if (!(await tokens.use(token, 'handoff'))) {
      throw new Refusal('HANDOFF_REPLAYED', { account: shown })
    }
    const account = await store.accounts.find(sub)
    if (account === undefined) throw new Refusal('HANDOFF_UNKNOWN_ACCOUNT', { account: shown })
    if (!account.isEnabled) throw new Refusal('ACCOUNT_DISABLED', { account: sub })
    return { account, issuer: portal.issuer, portalSession: sid, target }
  }
}

type Read = { readonly token: PortalToken; readonly target: string | undefined }

async function readHandoff(text: string, tokens: PortalTokens): Promise<Read> {
  try {
    const token = await tokens.read(text)
    // RFC 8725 §3.11: what ends a sign-in must not begin one.
    if (token.type === LOGOUT_TYPE || token.claims['events'] !== undefined) {
      throw new TokenProblem('a logout token')
    }
    return { token, target: readTarget(token.claims['target']) }
  } catch (error) {
    throw refuseToken(error, 'HANDOFF_BAD_TOKEN')
  }
}

// What a portal's button may open. Whether a service may be opened is for /launch to say.
const TARGET = /^\/(?:activate|launch(?:\?service=[^&]+)?)?$/

function readTarget(target: unknown): string | undefined {
  if (target === undefined) return undefined
  const isOurs = typeof target === 'string' && safePath(target) === target && TARGET.test(target)
  if (!isOurs) throw new TokenProblem('target is no page that a portal may open')
  return target
}
