// Access keys that the gateway of the sandbox knows: the partner's, every customer's own, and those
// that an agency gave for a while.

import { fingerprint } from '../../base/random.ts'
import { SANDBOX } from '../../base/sandbox-names.ts'
import type { KnownKey } from '../signature-check.ts'
import type { State } from '../state.ts'
import type { ApiCaller } from './behaviour.ts'

/** A key, and for whom it speaks. */
export type GatewayKey = KnownKey & {
  readonly caller: ApiCaller
  /** What X-Security-Token must be; absent for keys that last. */
  readonly securityToken?: string
}

/** The account's own permanent key. Made from its id: it guards nothing and need not be remembered. */
export function customerKey(domainId: string): KnownKey {
  return {
    accessKey: `CUSTOMER${domainId.slice(0, 12).toUpperCase()}`,
    secretKey: fingerprint(`sandbox secret of ${domainId}`),
  }
}

/** The key of that id, unless it has ended. */
export function findKey(accessKey: string, state: State, now: Date): GatewayKey | undefined {
  if (accessKey === SANDBOX.accessKey) return { ...SANDBOX, caller: { kind: 'partner' } }
  const temporary = state.temporaryKeys.find((one) => one.accessKey === accessKey)
  if (temporary !== undefined) {
    if (new Date(temporary.expiresAt) <= now) return undefined
    const { domainId, secretKey, securityToken } = temporary
    return { accessKey, secretKey, securityToken, caller: { kind: 'customer', domainId } }
  }
  return state.accounts
    .map(({ domainId }) => ({
      ...customerKey(domainId),
      caller: { kind: 'customer', domainId } as const,
    }))
    .find((key) => key.accessKey === accessKey)
}
