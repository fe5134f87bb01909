// What the tests of the ledger have in common: assertions that are issued, and a way to the rows that
// does not go through the store.

import { sql } from 'kysely'
import type { Database, Engine, EngineName } from '../../src/store/engine.ts'
import { BEFORE_FIRST, chain } from '../../src/store/ledger-chain.ts'
import { toRow } from '../../src/store/ledger-row.ts'
import { openStore } from '../../src/store/open.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import type { IssuedAnswer } from '../../src/store/request-records.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import type { Lifetime, TestEngine } from '../support/engines.ts'
import { account, addAccount, answer, at, parkedRequest } from './records.ts'

export type Run = (statement: string) => Promise<unknown>

/** A store, and the same database without the store's manners. Both end with the test. */
export async function openWithRows(test: Lifetime, engine: TestEngine) {
  const database = await engine.open()
  const store = await openStore(database.url)
  const { db } = await openEngine(database.url)
  test.after(async () => {
    await store.close()
    await db.destroy()
    await database.drop()
  })
  const run: Run = (statement) => sql.raw(statement).execute(db)
  return { store, db, run }
}

async function openEngine(url: string): Promise<Engine> {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length))
  // Dropping the database may end a connection before its own goodbye does.
  return openPostgres(url, () => undefined)
}

/** Issues the assertions `_assertion-(after + 1)` to `_assertion-(upTo)`, a second apart. */
export async function issue(
  store: Store,
  upTo: number,
  after = 0,
  changes: Partial<IssuedAnswer> = {},
  delaySeconds = 0,
): Promise<void> {
  const { accountId } = { accountId: account().accountId, ...changes }
  if ((await store.accounts.find(accountId)) === undefined) await addAccount(store, accountId)
  for (let turn = after + 1; turn <= upTo; turn += 1) {
    const requestId = `_request-${turn}`
    const id = `parked-${turn}`
    const answeredAt = at(turn + delaySeconds)
    await store.requests.park(parkedRequest({ id, requestId }))
    const kept = answer({ assertionId: `_assertion-${turn}`, requestId, answeredAt, ...changes })
    await store.requests.finish(id, kept, answeredAt)
  }
}

const GUARDS = [
  ['ledger_stays', 'ledger'],
  ['ledger_is_kept', 'ledger'],
  ['ledger_head_moves_on', 'ledger_head'],
] as const

/** Takes away what stops somebody who is in a hurry. The owner of the database can. */
export async function forgiving(run: Run, engine: EngineName): Promise<void> {
  for (const [trigger, table] of GUARDS) {
    await run(`drop trigger ${trigger}${engine === 'postgres' ? ` on ${table}` : ''}`)
  }
}

/** The rows as anybody with access reads them. */
export function readRows(db: Database) {
  return db.selectFrom('ledger').selectAll().orderBy('sequence').execute()
}

/** Writes a chain of entries at once, where only its length matters. */
export async function writeChain(db: Database, length: number): Promise<void> {
  let place = BEFORE_FIRST
  const rows = Array.from({ length }, (_, turn) => {
    const entry = chain({ ...answer(), assertionId: `_${turn}`, issuedAt: at(turn) }, place)
    place = entry
    return toRow(entry)
  })
  await db.insertInto('ledger').values(rows).execute()
  await db.updateTable('ledger_head').set({ sequence: place.sequence, hash: place.hash }).execute()
}
