// The rows of subscribed files and their sums: many of them, so they come and go in slices, each short
// enough that whoever signs in meanwhile does not notice.

import { CompiledQuery, sql } from 'kysely'
import type { Database } from './engine.ts'
import type { FileRow, FileTotal, Subscription } from './file-records.ts'
import type { FileRowTable, FileTotalTable } from './tables.ts'
import { toDate, toMs } from './values.ts'

// 11 columns each: SQLite binds 32,766 values in a statement, PostgreSQL 65,535.
const ROWS_A_STATEMENT = 500
const ROWS_A_DELETION = 5000

/** Adds rows to an import, in the transaction of the caller. */
export type AddRows = (own: Database, importId: number, rows: readonly FileRow[]) => Promise<void>

/** The statement of `AddRows`, for the engine of `db`. */
export function createAddRows(db: Database): AddRows {
  // Building the text of a statement costs as much as running it, and all full ones are the same.
  let fullText: string | undefined
  const textFor = (columns: readonly FileRowTable[]) => {
    const compile = () => db.insertInto('file_row').values(columns).compile().sql
    if (columns.length < ROWS_A_STATEMENT) return compile()
    fullText ??= compile()
    return fullText
  }
  return async (own, importId, rows) => {
    for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
      const columns = rows.slice(at, at + ROWS_A_STATEMENT).map((row) => toColumns(importId, row))
      // Kysely binds in the order of the keys as well.
      const values = columns.flatMap((row) => Object.values(row))
      await own.executeQuery(CompiledQuery.raw(textFor(columns), values))
    }
  }
}

function toColumns(importId: number, row: FileRow): FileRowTable {
  return {
    import_id: importId,
    row_number: row.rowNumber,
    customer_id: row.customerId,
    service_type: row.serviceType,
    region: row.region,
    bill_type: row.billType,
    occurred_at_ms: toMs(row.occurredAt),
    amount: row.amount,
    list_amount: row.listAmount,
    tax_amount: row.taxAmount,
    details: JSON.stringify(row.details),
  }
}

/** Adds to the sums of an import. */
export async function addTotals(
  db: Database,
  importId: number,
  totals: readonly FileTotal[],
): Promise<void> {
  for (let at = 0; at < totals.length; at += ROWS_A_STATEMENT) {
    const rows = totals.slice(at, at + ROWS_A_STATEMENT).map((total) => toTotal(importId, total))
    await db
      .insertInto('file_total')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['import_id', 'customer_id', 'service_type', 'region', 'bill_type'])
          .doUpdateSet({
            row_count: sql`file_total.row_count + excluded.row_count`,
            amount: sql`file_total.amount + excluded.amount`,
            list_amount: sql`file_total.list_amount + excluded.list_amount`,
            tax_amount: sql`file_total.tax_amount + excluded.tax_amount`,
          }),
      )
      .execute()
  }
}

function toTotal(importId: number, total: FileTotal): FileTotalTable {
  return {
    import_id: importId,
    customer_id: total.customerId,
    service_type: total.serviceType,
    region: total.region,
    bill_type: total.billType,
    row_count: total.rowCount,
    amount: total.amount,
    list_amount: total.listAmount,
    tax_amount: total.taxAmount,
  }
}

// As text, because neither driver hands out whole numbers beyond 2^53 as they are.
const AMOUNTS = [
  sql<string>`cast(amount as text)`.as('amount'),
  sql<string>`cast(list_amount as text)`.as('list_amount'),
  sql<string>`cast(tax_amount as text)`.as('tax_amount'),
] as const

/** The sums of the import that counts for a month. */
export async function listTotals(
  db: Database,
  subscription: Subscription,
  month: string,
): Promise<readonly FileTotal[]> {
  const rows = await db
    .selectFrom('file_month')
    .innerJoin('file_total', 'file_total.import_id', 'file_month.import_id')
    .select(['customer_id', 'service_type', 'region', 'bill_type', 'row_count', ...AMOUNTS])
    .where('subscription', '=', subscription)
    .where('month', '=', month)
    .orderBy('customer_id')
    .orderBy('service_type')
    .orderBy('region')
    .orderBy('bill_type')
    .execute()
  return rows.map((row) => ({ ...toKey(row), ...toAmounts(row), rowCount: row.row_count }))
}

/** Rows of an import after a number. */
export async function listRows(
  db: Database,
  importId: number,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly FileRow[]> {
  const rows = await db
    .selectFrom('file_row')
    .select(['row_number', 'customer_id', 'service_type', 'region', 'bill_type', 'details'])
    .select(['occurred_at_ms', ...AMOUNTS])
    .where('import_id', '=', importId)
    .where('row_number', '>', after)
    .orderBy('row_number')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ...toKey(row),
    ...toAmounts(row),
    rowNumber: row.row_number,
    occurredAt: toDate(row.occurred_at_ms),
    // The cast holds because this room wrote it.
    details: JSON.parse(row.details) as FileRow['details'],
  }))
}

type KeyColumns = Pick<FileTotalTable, 'customer_id' | 'service_type' | 'region' | 'bill_type'>

function toKey(row: KeyColumns) {
  return {
    customerId: row.customer_id,
    serviceType: row.service_type,
    region: row.region,
    billType: row.bill_type,
  }
}

type AmountTexts = {
  readonly amount: string
  readonly list_amount: string
  readonly tax_amount: string
}

function toAmounts(row: AmountTexts) {
  return {
    amount: BigInt(row.amount),
    listAmount: BigInt(row.list_amount),
    taxAmount: BigInt(row.tax_amount),
  }
}

/** Removes the rows and sums of an import, slice by slice. */
export async function removeRows(db: Database, importId: number): Promise<void> {
  const { last } = await db
    .selectFrom('file_row')
    .select(({ fn }) => fn.max('row_number').as('last'))
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow()
  for (
    let upTo = ROWS_A_DELETION;
    upTo < Number(last ?? 0) + ROWS_A_DELETION;
    upTo += ROWS_A_DELETION
  ) {
    await db
      .deleteFrom('file_row')
      .where('import_id', '=', importId)
      .where('row_number', '<=', upTo)
      .execute()
  }
  await db.deleteFrom('file_total').where('import_id', '=', importId).execute()
}
