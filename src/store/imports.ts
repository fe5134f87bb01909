// Which file counts for a month, and how one takes the place of another: imports are loaded beside what
// counts, and one row of `file_month` decides.

import { addMinutes } from '../base/clock.ts'
import type { Database } from './engine.ts'
import type { ImportedMonth, Imports, MonthFile } from './file-records.ts'
import { addTotals, createAddRows, listRows, listTotals, removeRows } from './file-rows.ts'

// An import that writes nothing for so long has died: a slice takes a fraction of a second.
const DEAD_AFTER_MINUTES = 60

/** Imports kept in `db`. */
export function createImports(db: Database): Imports {
  const addRows = createAddRows(db)
  return {
    find: async (subscription, month) => {
      const [found] = await selectMonths(db)
        .where('file_month.subscription', '=', subscription)
        .where('file_month.month', '=', month)
        .execute()
      return found === undefined ? undefined : toMonth(found)
    },
    list: async () => {
      const rows = await selectMonths(db)
        .orderBy('file_month.subscription')
        .orderBy('file_month.month')
        .execute()
      return rows.map(toMonth)
    },
    begin: (file, now) => begin(db, file, now),
    addRows: (importId, rows, now) =>
      db.transaction().execute(async (own) => {
        const isAlive = await touch(own, importId, now)
        if (isAlive) await addRows(own, importId, rows)
        return isAlive
      }),
    addTotals: (importId, totals) => addTotals(db, importId, totals),
    finish: (importId, outcome, now) =>
      db.transaction().execute((own) => finish(own, { importId, ...outcome, now })),
    giveUp: async (importId, now) => {
      await db
        .updateTable('file_import')
        .set({ finished_at_ms: now.getTime() })
        .where('id', '=', importId)
        .where('finished_at_ms', 'is', null)
        .execute()
    },
    removeLeftovers: (now) => removeLeftovers(db, now),
    listTotals: (subscription, month) => listTotals(db, subscription, month),
    listRows: (importId, page) => listRows(db, importId, page),
  }
}

async function begin(db: Database, file: MonthFile, now: Date): Promise<number> {
  const { id } = await db
    .insertInto('file_import')
    .values({
      subscription: file.subscription,
      month: file.month,
      file: file.file,
      made_on: file.madeOn,
      touched_at_ms: now.getTime(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

// Whoever gives an import up marks it finished first, so that no rows can follow.
async function touch(own: Database, importId: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await own
    .updateTable('file_import')
    .set({ touched_at_ms: now.getTime() })
    .where('id', '=', importId)
    .where('finished_at_ms', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

type Finished = {
  readonly importId: number
  readonly sha256: string
  readonly rowCount: number
  readonly now: Date
}

async function finish(
  own: Database,
  { importId, sha256, rowCount, now }: Finished,
): Promise<'current' | 'older' | 'gone'> {
  const file = await own
    .updateTable('file_import')
    .set({ sha256, row_count: rowCount, finished_at_ms: now.getTime() })
    .where('id', '=', importId)
    .where('finished_at_ms', 'is', null)
    .returning(['subscription', 'month', 'made_on'])
    .executeTakeFirst()
  if (file === undefined) return 'gone'
  // One statement with its condition inside: of two imports at once the newer file wins.
  const counts = await own
    .insertInto('file_month')
    .values({ ...file, import_id: importId })
    .onConflict((conflict) =>
      conflict
        .columns(['subscription', 'month'])
        .doUpdateSet({ made_on: file.made_on, import_id: importId })
        .where('file_month.made_on', '<=', file.made_on),
    )
    .returning('import_id')
    .executeTakeFirst()
  return counts === undefined ? 'older' : 'current'
}

async function removeLeftovers(db: Database, now: Date): Promise<void> {
  await db
    .updateTable('file_import')
    .set({ finished_at_ms: now.getTime() })
    .where('finished_at_ms', 'is', null)
    .where('touched_at_ms', '<', addMinutes(now, -DEAD_AFTER_MINUTES).getTime())
    .execute()
  // A month never goes back to an import that it has left, so what is found here stays unused.
  const unused = await db
    .selectFrom('file_import')
    .select('id')
    .where('finished_at_ms', 'is not', null)
    .where('id', 'not in', (months) => months.selectFrom('file_month').select('import_id'))
    .execute()
  for (const { id } of unused) {
    await removeRows(db, id)
    await db.deleteFrom('file_import').where('id', '=', id).execute()
  }
}

function selectMonths(db: Database) {
  return db
    .selectFrom('file_month')
    .innerJoin('file_import', 'file_import.id', 'file_month.import_id')
    .selectAll('file_import')
}

type MonthRow = Awaited<ReturnType<ReturnType<typeof selectMonths>['execute']>>[number]

function toMonth(row: MonthRow): ImportedMonth {
  return {
    importId: row.id,
    subscription: row.subscription,
    month: row.month,
    file: row.file,
    madeOn: row.made_on,
    // A month points to finished imports only.
    sha256: row.sha256 ?? '',
    rowCount: row.row_count ?? 0,
    finishedAt: new Date(row.finished_at_ms ?? 0),
  }
}
