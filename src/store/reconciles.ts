// Comparisons with Huawei's list of customers: runs, what they met and what they found in, rows of the
// three reconcile tables out, and back. What a page came to is kept in reconcile-page.ts.

import { type SqlBool, sql } from 'kysely'
import { emptyRow, toBinding } from './binding-row.ts'
import { withHeld } from './bindings.ts'
import type { Database } from './engine.ts'
import { applyFix, markGone, savePage } from './reconcile-page.ts'
import type { Finding, FindingState, Ours, ReconcileRun, Reconciles } from './reconcile-records.ts'
import { toFinding, toRun } from './reconcile-row.ts'
import { toFlag } from './values.ts'

/** Comparisons kept in `db`. */
export function createReconciles(db: Database): Reconciles {
  return {
    start: (run) => start(db, run),
    findLast: async () => {
      const runs = db.selectFrom('reconcile_run').selectAll().where('is_dry_run', '=', 0)
      const newest = runs.orderBy('started_at_ms', 'desc').orderBy('id', 'desc').limit(1)
      const row = await newest.executeTakeFirst()
      return row && toRun(row)
    },
    listRuns: async (limit) => {
      const runs = db.selectFrom('reconcile_run').selectAll()
      const newest = runs.orderBy('started_at_ms', 'desc').orderBy('id', 'desc').limit(limit)
      return (await newest.execute()).map(toRun)
    },
    findOurs: (domainIds, accountIds) => findOurs(db, domainIds, accountIds),
    listSeen: async (runId, keys) => {
      const seen = db.selectFrom('reconcile_seen').select('seen').where('run_id', '=', runId)
      const rows = await seen.where('seen', 'in', ['', ...keys]).execute()
      return new Set(rows.map((row) => row.seen))
    },
    applyFix: (fix, now) =>
      db.transaction().execute((transaction) => applyFix(transaction, fix, now)),
    savePage: (from, page, now) => savePage(db, from, page, now),
    listUnseen: (run, limit) => listUnseen(db, run, limit),
    finish: (run, now) => finish(db, run, now),
    findFinding: async (id) => {
      const finding = db.selectFrom('reconcile_finding').selectAll().where('id', '=', id)
      const row = await finding.executeTakeFirst()
      return row && toFinding(row)
    },
    listFindings: (page) => listFindings(db, page),
    countOpen: async () => {
      const { open } = await db
        .selectFrom('reconcile_finding')
        .select((is) => is.fn.countAll().as('open'))
        .where('state', '=', 'open')
        .executeTakeFirstOrThrow()
      return Number(open)
    },
    decide: async (id, { state, by, note = null, now }) => {
      const { numUpdatedRows } = await db
        .updateTable('reconcile_finding')
        .set({ state, decided_by: by, decided_at_ms: now.getTime(), note })
        .where('id', '=', id)
        .where('state', '=', 'open')
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function start(
  db: Database,
  { id, isDryRun, now }: Parameters<Reconciles['start']>[0],
): Promise<ReconcileRun> {
  return db.transaction().execute(async (transaction) => {
    const isDry = toFlag(isDryRun)
    const unfinished = transaction
      .updateTable('reconcile_run')
      .set({ state: 'abandoned' })
      .where('state', '=', 'running')
      .where('is_dry_run', '=', isDry)
    for (const { id: runId } of await unfinished.returning('id').execute()) {
      await transaction.deleteFrom('reconcile_seen').where('run_id', '=', runId).execute()
    }
    const at = now.getTime()
    const row = await transaction
      .insertInto('reconcile_run')
      .values({
        id,
        state: 'running',
        is_dry_run: isDry,
        position: 0,
        total: null,
        counts: '{}',
        started_at_ms: at,
        moved_at_ms: at,
        finished_at_ms: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toRun(row)
  })
}

async function findOurs(
  db: Database,
  domainIds: readonly string[],
  accountIds: readonly string[],
): Promise<Ours> {
  const held = await db
    .selectFrom('binding')
    .selectAll()
    .where('domain_id', 'in', ['', ...domainIds])
    .execute()
  const known = await db
    .selectFrom('account')
    .leftJoin('binding', 'binding.account_id', 'account.account_id')
    .selectAll('binding')
    .select('account.account_id as known_id')
    .where('account.account_id', 'in', ['', ...accountIds])
    .execute()
  const named = known.map(({ known_id, ...row }) => {
    // Of an account that has no row yet, all columns are null.
    return row.account_id === null ? emptyRow(known_id) : { ...emptyRow(known_id), ...noNulls(row) }
  })
  return {
    holders: new Map(held.map((row) => [row.domain_id ?? '', toBinding(row)])),
    named: new Map((await withHeld(db, named)).map((one) => [one.accountId, one])),
  }
}

function noNulls<Row extends object>(row: Row) {
  const known = Object.entries(row).filter(([, value]) => value !== null)
  // The cast holds because only the names that have no value are left out.
  return Object.fromEntries(known) as { [Name in keyof Row]?: NonNullable<Row[Name]> }
}

async function listUnseen(db: Database, run: ReconcileRun, limit: number) {
  const isMet = (prefix: string, column: 'account_id' | 'domain_id') => sql<SqlBool>`exists (
    select 1 from reconcile_seen
    where run_id = ${run.id} and seen = ${prefix} || ${sql.ref(`binding.${column}`)})`
  const rows = await db
    .selectFrom('binding')
    .selectAll()
    .where('domain_id', 'is not', null)
    .where('bound_at_ms', '<', run.startedAt.getTime())
    .where((is) => is.not(isMet('a:', 'account_id')))
    .where((is) => is.not(isMet('c:', 'domain_id')))
    .orderBy('account_id')
    .limit(limit)
    .execute()
  return rows.map((row) => toBinding(row))
}

function finish(db: Database, run: ReconcileRun, now: Date): Promise<ReconcileRun | undefined> {
  return db.transaction().execute(async (transaction) => {
    const at = now.getTime()
    const row = await transaction
      .updateTable('reconcile_run')
      .set({ state: 'finished', finished_at_ms: at, moved_at_ms: at })
      .where('id', '=', run.id)
      .where('state', '=', 'running')
      .where('position', '=', run.position)
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) return undefined
    if (!run.isDryRun) await markGone(transaction, run.id)
    await transaction.deleteFrom('reconcile_seen').where('run_id', '=', run.id).execute()
    return toRun(row)
  })
}

async function listFindings(
  db: Database,
  page: { readonly state?: FindingState; readonly after?: string; readonly limit: number },
): Promise<readonly Finding[]> {
  let query = db.selectFrom('reconcile_finding').selectAll()
  if (page.state !== undefined) query = query.where('state', '=', page.state)
  if (page.after !== undefined) query = query.where('id', '>', page.after)
  return (await query.orderBy('id').limit(page.limit).execute()).map(toFinding)
}
