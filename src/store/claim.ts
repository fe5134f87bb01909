// Somebody says that an account and a Huawei Cloud domain belong together: the claim in, what became
// of it out. The first connection is kept, whatever comes later and however many come at once.

import type { Actor } from '../base/audit.ts'
import { recordMove } from './binding-moves.ts'
import type { BindingSource, Bindings, BindResult } from './binding-records.ts'
import { conflictWith, emptyRow, toBinding } from './binding-row.ts'
import type { Database } from './engine.ts'
import type { BindingTable } from './tables.ts'
import { orNull } from './values.ts'

type Claim = Parameters<Bindings['bind']>[0]

const ACTORS: Readonly<Record<BindingSource, Actor>> = {
  notice: { kind: 'huawei', id: 'notice' },
  created: { kind: 'job', id: 'activation' },
  query: { kind: 'job', id: 'reconcile' },
}

/**
 * Settles a claim in one transaction. The account's row is locked before the domain's: every caller
 * takes at most one of each in this order, so callers wait for each other but never in a circle.
 */
export function bind(db: Database, claim: Claim): Promise<BindResult> {
  return db.transaction().execute(async (transaction) => {
    const held = await lockBinding(transaction, claim.accountId)
    const result = await decide(transaction, held, claim)
    const noticeId = claim.evidence?.noticeId
    if (noticeId !== undefined) await tellNotice(transaction, noticeId, result)
    return result
  })
}

async function decide(db: Database, held: BindingTable, claim: Claim): Promise<BindResult> {
  if (held.domain_id === claim.domainId) return repeat(db, held, claim)

  const heldBy = await claimDomain(db, held, claim)
  if (heldBy === claim.accountId) return apply(db, held, claim)

  const binding = await change(db, claim.accountId, conflictWith(claim))
  const move = await recordMove(db, {
    ...moveOf(held, claim),
    to: 'conflict',
    reason: 'contradicted',
  })
  return { outcome: 'conflict', binding: toBinding(binding), move, heldBy }
}

/**
 * The account's row, locked until the transaction ends. The write that changes nothing takes the lock on
 * both engines; SQLite has no "for update".
 */
export async function lockBinding(db: Database, accountId: string): Promise<BindingTable> {
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

async function apply(db: Database, held: BindingTable, claim: Claim): Promise<BindResult> {
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
  const move = await recordMove(db, { ...moveOf(held, claim), to: 'bound', reason: claim.source })
  return { outcome: 'applied', binding: toBinding(binding), move }
}

// A repeat may know more than the first time did: the name, or that the partner API agrees.
async function repeat(db: Database, held: BindingTable, claim: Claim): Promise<BindResult> {
  const isNews = claim.isConfirmed && held.confirmed_at_ms === null && held.state === 'bound'
  const binding = await change(db, claim.accountId, {
    domain_name: held.domain_name ?? orNull(claim.domainName),
    confirmed_at_ms: held.confirmed_at_ms ?? (claim.isConfirmed ? claim.now.getTime() : null),
  })
  const isProven = claim.evidence?.answer !== undefined
  const move =
    isNews && isProven
      ? await recordMove(db, { ...moveOf(held, claim), to: 'bound', reason: 'confirmed' })
      : undefined
  return { outcome: 'repeat', binding: toBinding(binding), move }
}

function moveOf({ state }: BindingTable, claim: Claim) {
  const { accountId, domainId, source, actor = ACTORS[source], evidence, now } = claim
  return { accountId, domainId, actor, evidence, now, from: state }
}

// One that waited has its outcome with the move that it brought about.
async function tellNotice(db: Database, id: string, { outcome }: BindResult): Promise<void> {
  await db.updateTable('notice').set({ outcome }).where('id', '=', id).execute()
}

/** Changes the account's row, which is there and locked. */
export function change(
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
