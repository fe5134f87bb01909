// Somebody says that an account and a Huawei Cloud domain belong together: the claim in, what became
// of it out. The first connection is kept, whatever comes later and however many come at once.

import { conflictWith, emptyRow, toBinding } from './binding-row.ts'
import type { Database } from './engine.ts'
import type { Bindings, BindResult } from './store.ts'
import type { BindingTable } from './tables.ts'
import { orNull } from './values.ts'

type Claim = Parameters<Bindings['bind']>[0]

/**
 * Settles a claim in one transaction. The account's row is locked before the domain's: every caller
 * takes at most one of each in this order, so callers wait for each other but never in a circle.
 */
export function bind(db: Database, claim: Claim): Promise<BindResult> {
  return db.transaction().execute(async (transaction) => {
    const held = await lockBinding(transaction, claim.accountId)
    if (held.domain_id === claim.domainId) return repeat(transaction, held, claim)

    const heldBy = await claimDomain(transaction, held, claim)
    if (heldBy === claim.accountId) return apply(transaction, claim)

    const binding = await change(transaction, claim.accountId, conflictWith(claim))
    return { outcome: 'conflict', binding: toBinding(binding), heldBy }
  })
}

// The write that changes nothing takes the row's lock on both engines; SQLite has no "for update".
async function lockBinding(db: Database, accountId: string): Promise<BindingTable> {
  return db
    .insertInto('binding')
    .values(emptyRow(accountId))
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet((is) => ({ state: is.ref('binding.state') })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

// Answers who has the domain afterwards. An account that has another domain claims nothing.
async function claimDomain(
  db: Database,
  held: BindingTable,
  claim: Claim,
): Promise<string | undefined> {
  if (held.domain_id === null) {
    // On PostgreSQL this waits for a rival that has inserted and not committed yet.
    await db
      .insertInto('domain_holder')
      .values({ domain_id: claim.domainId, account_id: claim.accountId })
      .onConflict((conflict) => conflict.column('domain_id').doNothing())
      .execute()
  }
  const holder = await db
    .selectFrom('domain_holder')
    .select('account_id')
    .where('domain_id', '=', claim.domainId)
    .executeTakeFirst()
  return holder?.account_id
}

async function apply(db: Database, claim: Claim): Promise<BindResult> {
  const binding = await change(db, claim.accountId, {
    state: 'bound',
    domain_id: claim.domainId,
    domain_name: orNull(claim.domainName),
    bound_at_ms: claim.now.getTime(),
    source: claim.source,
    confirmed_at_ms: claim.isConfirmed ? claim.now.getTime() : null,
    conflict_domain_id: null,
    conflict_domain_name: null,
  })
  return { outcome: 'applied', binding: toBinding(binding) }
}

// A repeat may know more than the first time did: the name, or that the partner API agrees.
async function repeat(db: Database, held: BindingTable, claim: Claim): Promise<BindResult> {
  const binding = await change(db, claim.accountId, {
    domain_name: held.domain_name ?? orNull(claim.domainName),
    confirmed_at_ms: held.confirmed_at_ms ?? (claim.isConfirmed ? claim.now.getTime() : null),
  })
  return { outcome: 'repeat', binding: toBinding(binding) }
}

function change(
  db: Database,
  accountId: string,
  values: Partial<BindingTable>,
): Promise<BindingTable> {
  return db
    .updateTable('binding')
    .set(values)
    .where('account_id', '=', accountId)
    .returningAll()
    .executeTakeFirstOrThrow()
}
