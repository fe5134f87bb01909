// Somebody of the partner gives a connection up: an account id and a reason in, a record of it out. The
// customer can be connected anew afterwards; what was stays in the history.

import type { Actor } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { BindingMove } from '../store/binding-move-records.ts'
import type { Store } from '../store/store.ts'
import { type TellDeps, tellMove } from './binding-told.ts'

export type ReleaseDeps = TellDeps & {
  readonly store: Pick<Store, 'accounts' | 'bindings'>
  readonly clock: Clock
}

/** Throws `ACCOUNT_NOT_FOUND` and `BINDING_NOT_CONNECTED`. Nothing is undone at Huawei. */
export async function releaseBinding(
  { accountId, actor, note }: { accountId: string; actor: Actor; note: string },
  deps: ReleaseDeps,
): Promise<BindingMove> {
  const { accounts, bindings } = deps.store
  const account = await accounts.find(accountId)
  if (account === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId })
  const how = { actor, evidence: { note }, now: deps.clock.now() }
  const move = await bindings.release(accountId, how)
  if (move === undefined) throw new Refusal('BINDING_NOT_CONNECTED', { account: accountId })
  await tellMove(move, deps)
  return move
}
