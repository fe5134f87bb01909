// Huawei's limit of calls a second, for each operation and each account by itself.

import type { LedgerDeps } from '../deps.ts'
import type { ApiCaller } from './behaviour.ts'

/** Whether one more call of the operation is within its limit; if so, it is counted. */
export type Limit = (operation: string, perSecond: number, caller: ApiCaller) => boolean

type Bucket = { readonly left: number; readonly at: Date }

// Calls that were sent at the allowed pace may bunch up on their way.
const LENIENCY = 1.2

/** Buckets that fill by the clock. In memory: after a restart everybody begins anew. */
export function createLimit({ clock }: Pick<LedgerDeps, 'clock'>): Limit {
  const buckets = new Map<string, Bucket>()
  return (operation, perSecond, caller) => {
    const at = clock.now()
    const account = caller.kind === 'partner' ? 'partner' : caller.domainId
    const key = `${operation} ${account}`
    const full = perSecond * LENIENCY
    const before = buckets.get(key) ?? { left: full, at }
    // A clock that was set back fills nothing.
    const passedMs = Math.max(0, at.getTime() - before.at.getTime())
    const left = Math.min(full, before.left + (passedMs / 1000) * perSecond)
    const isWithin = left >= 1
    buckets.set(key, { left: isWithin ? left - 1 : left, at })
    return isWithin
  }
}
