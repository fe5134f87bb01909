// Where the opening of an account stands: records in, rows of `activation` and `activation_journal` out,
// and back. The two are written together or not at all.

import type { ActivationRecord, Activations, JournalEntry, Moved } from './activation-records.ts'
import type { Database } from './engine.ts'
import { tellPortal } from './portal-events.ts'
import type { ActivationJournalTable, ActivationTable } from './tables.ts'
import { orNull, orUndefined, toDate, toMs } from './values.ts'

/** Activations kept in `db`, one for an account. */
export function createActivations(db: Database): Activations {
  return {
    find: async (accountId) => {
      const row = await db
        .selectFrom('activation')
        .selectAll()
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row === undefined ? undefined : toRecord(row)
    },
    move: (from, to, how) => move(db, { from, to, how }),
    postpone: async (record, resumeAt) => {
      await db
        .updateTable('activation')
        .set({ resume_at_ms: resumeAt.getTime() })
        .where('account_id', '=', record.accountId)
        .where('entry', '=', record.entry)
        .execute()
    },
    listDue: async (now, limit) => {
      const rows = await db
        .selectFrom('activation')
        .selectAll()
        .where('resume_at_ms', '<=', now.getTime())
        .orderBy('resume_at_ms')
        .orderBy('account_id')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    list: async (limit) => {
      const rows = await db
        .selectFrom('activation')
        .selectAll()
        .orderBy('changed_at_ms', 'desc')
        .orderBy('account_id')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    listJournal: async (accountId, limit) => {
      const rows = await db
        .selectFrom('activation_journal')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('entry', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toEntry).toReversed()
    },
  }
}

type Move = {
  readonly from: ActivationRecord | undefined
  readonly to: Omit<ActivationRecord, 'entry'>
  readonly how: Moved
}

function move(db: Database, { from, to, how }: Move): Promise<ActivationRecord | false> {
  return db.transaction().execute(async (transaction) => {
    // An account that was erased has no activation any more, but a journal.
    const last = from?.entry ?? (await lastEntry(transaction, to.accountId))
    const record: ActivationRecord = { ...to, entry: last + 1 }
    const isWritten =
      from === undefined
        ? await start(transaction, record)
        : await moveOn(transaction, from, record)
    if (!isWritten) return false
    await transaction.insertInto('activation_journal').values(toJournal(record, how)).execute()
    if (record.step === 'created' && from?.step !== 'created')
      await tellCreated(transaction, record)
    return record
  })
}

function tellCreated(db: Database, record: ActivationRecord): Promise<void> {
  const { accountId, domainId, entry, changedAt: at } = record
  const line = { history: 'activation-journal', entry, at } as const
  return tellPortal(db, { kind: 'created', accountId, domainId }, line)
}

async function lastEntry(db: Database, accountId: string): Promise<number> {
  const row = await db
    .selectFrom('activation_journal')
    .select('entry')
    .where('account_id', '=', accountId)
    .orderBy('entry', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.entry ?? 0
}

async function start(db: Database, to: ActivationRecord): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('activation')
    .values(toRow(to))
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

// What was read is in the condition, so that of two callers who read the same one moves it. The step is
// in it beside the entry, because the version before this one moves steps without counting entries.
async function moveOn(
  db: Database,
  from: ActivationRecord,
  to: ActivationRecord,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('activation')
    .set(toRow(to))
    .where('account_id', '=', from.accountId)
    .where('entry', '=', from.entry)
    .where('step', '=', from.step)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

function toRow(record: ActivationRecord): ActivationTable {
  return {
    account_id: record.accountId,
    step: record.step,
    attempt: record.attempt,
    entry: record.entry,
    domain_name: record.domainName,
    email: record.email,
    area: record.area,
    domain_id: orNull(record.domainId),
    problem: orNull(record.problem),
    create_asked_at_ms: toMs(record.createAskedAt),
    resume_at_ms: toMs(record.resumeAt),
    started_at_ms: record.startedAt.getTime(),
    changed_at_ms: record.changedAt.getTime(),
  }
}

function toRecord(row: ActivationTable): ActivationRecord {
  return {
    accountId: row.account_id,
    step: row.step,
    attempt: row.attempt,
    entry: row.entry,
    domainName: row.domain_name,
    email: row.email,
    area: row.area,
    domainId: orUndefined(row.domain_id),
    problem: orUndefined(row.problem),
    createAskedAt: toDate(row.create_asked_at_ms),
    resumeAt: toDate(row.resume_at_ms),
    startedAt: new Date(row.started_at_ms),
    changedAt: new Date(row.changed_at_ms),
  }
}

function toJournal(record: ActivationRecord, how: Moved): ActivationJournalTable {
  return {
    account_id: record.accountId,
    entry: record.entry,
    attempt: record.attempt,
    step: record.step,
    outcome: how.outcome,
    problem: orNull(record.problem),
    request_id: orNull(how.requestId),
    at_ms: record.changedAt.getTime(),
  }
}

function toEntry(row: ActivationJournalTable): JournalEntry {
  return {
    accountId: row.account_id,
    entry: row.entry,
    attempt: row.attempt,
    step: row.step,
    outcome: row.outcome,
    problem: orUndefined(row.problem),
    requestId: orUndefined(row.request_id),
    at: new Date(row.at_ms),
  }
}
