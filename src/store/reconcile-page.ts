// What one page of Huawei's list came to: the place, what was met, what is safe to fix and what was found,
// all in one transaction, so that a run that dies goes on exactly where it was.

import { recordMove } from './binding-moves.ts'
import { lockBinding } from './claim.ts'
import type { Database } from './engine.ts'
import type { ComparedPage, Fix, ReconcileRun } from './reconcile-records.ts'
import { toRun } from './reconcile-row.ts'
import { orNull } from './values.ts'

const RECONCILE = { kind: 'job', id: 'reconcile' } as const

/** See `Reconciles.savePage`. The run's row is locked first, then bindings in the order of account ids. */
export function savePage(
  db: Database,
  from: ReconcileRun,
  page: ComparedPage,
  now: Date,
): Promise<ReconcileRun | undefined> {
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('reconcile_run')
      .set({
        position: page.position,
        total: orNull(page.total),
        counts: JSON.stringify(page.counts),
        moved_at_ms: now.getTime(),
      })
      .where('id', '=', from.id)
      .where('state', '=', 'running')
      .where('position', '=', from.position)
      .where('moved_at_ms', '=', from.movedAt.getTime())
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) return undefined
    await keepSeen(transaction, from.id, page.seen)
    if (!from.isDryRun) {
      await applyFixes(transaction, page.fixes, now)
      for (const drift of page.drifts) await keepFinding(transaction, { drift, run: from, now })
    }
    return toRun(row)
  })
}

async function keepSeen(db: Database, runId: string, seen: readonly string[]): Promise<void> {
  if (seen.length === 0) return
  await db
    .insertInto('reconcile_seen')
    .values(seen.map((key) => ({ run_id: runId, seen: key })))
    .onConflict((conflict) => conflict.columns(['run_id', 'seen']).doNothing())
    .execute()
}

// In one order in every process: two that fix the same accounts wait for each other, never in a circle.
async function applyFixes(db: Database, fixes: readonly Fix[], now: Date): Promise<void> {
  const ordered = fixes.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))
  for (const fix of ordered) await applyFix(db, fix, now)
}

/** Writes one fix, in a transaction of the caller's. */
export async function applyFix(db: Database, fix: Fix, now: Date): Promise<void> {
  const { accountId, domainId, domainName, association, confirmedBy: answer, frozen } = fix
  const row = await lockBinding(db, accountId)
  // A customer whose notice came meanwhile, or who was released, is compared next time.
  if (row.domain_id !== domainId) return
  const isNews = answer !== undefined && row.state === 'bound' && row.confirmed_at_ms === null
  await db
    .updateTable('binding')
    .set({
      domain_name: domainName ?? row.domain_name,
      association: association ?? row.association,
      frozen: frozen === undefined ? row.frozen : frozen,
      confirmed_at_ms: isNews ? now.getTime() : row.confirmed_at_ms,
    })
    .where('account_id', '=', accountId)
    .execute()
  if (!isNews) return
  const move = { accountId, domainId, from: 'bound', to: 'bound', reason: 'confirmed' } as const
  await recordMove(db, { ...move, actor: RECONCILE, evidence: { answer }, now })
}

type Found = {
  readonly drift: ComparedPage['drifts'][number]
  readonly run: ReconcileRun
  readonly now: Date
}

// What an operator has dismissed stays so while it says the same; what was accepted and is there still, or
// was gone and is back, needs somebody again.
async function keepFinding(db: Database, { drift, run, now }: Found): Promise<void> {
  const at = now.getTime()
  const seen = { run_id: run.id, seen_at_ms: at }
  await db
    .insertInto('reconcile_finding')
    .values({
      ...seen,
      id: drift.id,
      state: 'open',
      kind: drift.kind,
      proposal: drift.proposal,
      account_id: drift.accountId,
      domain_id: drift.domainId,
      ours: JSON.stringify(drift.ours),
      theirs: JSON.stringify(drift.theirs ?? null),
      found_at_ms: at,
      decided_by: null,
      decided_at_ms: null,
      note: null,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((is) => ({
        ...seen,
        state: is
          .case()
          .when('reconcile_finding.state', '=', 'dismissed')
          .then(is.ref('reconcile_finding.state'))
          .else('open' as const)
          .end(),
      })),
    )
    .execute()
}

/** Open findings that a run which met everybody has not found again. */
export async function markGone(db: Database, runId: string): Promise<void> {
  await db
    .updateTable('reconcile_finding')
    .set({ state: 'gone' })
    .where('state', '=', 'open')
    .where('run_id', '!=', runId)
    .execute()
}
