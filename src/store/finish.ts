// Answers that are ready to leave in, each on record or refused out. Answers that wait at the same
// moment are appended to the ledger together: one transaction, one flush, one turn at the chain's end.

import { setImmediate } from 'node:timers/promises'
import { Refusal } from '../base/errors.ts'
import { keepAnswers } from './answers.ts'
import type { Database } from './engine.ts'
import { chain } from './ledger-chain.ts'
import { toRow } from './ledger-row.ts'
import type { IssuedAnswer } from './request-records.ts'

/** An answer, and the parked request that it answers. */
export type Finished = {
  readonly parkedId: string
  readonly answer: IssuedAnswer
  readonly now: Date
}

type Waiting = Finished & {
  readonly resolve: (isFirst: boolean) => void
  readonly reject: (cause: unknown) => void
}

// Each size of a batch is a text of SQL of its own, and SQLite's compiled ones are kept.
const MOST_AT_ONCE = 32

/**
 * Marks requests answered and puts their answers on record. Of all who answer one request, in all
 * processes, exactly one is told true, when it is durable.
 */
export function createFinish(db: Database): (finished: Finished) => Promise<boolean> {
  let waiting: Waiting[] = []
  let isWriting = false
  const write = async () => {
    isWriting = true
    // Everything that is ready to run may join the first batch.
    await setImmediate()
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE)
      waiting = waiting.slice(MOST_AT_ONCE)
      await settle(db, batch)
    }
    isWriting = false
  }
  return (finished) => {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    waiting.push({ ...finished, resolve, reject })
    if (!isWriting) void write()
    return promise
  }
}

async function settle(db: Database, batch: readonly Waiting[]): Promise<void> {
  try {
    const first = await append(db, batch)
    for (const each of batch) each.resolve(first.has(each))
  } catch (cause) {
    // What is wrong with one of them must not keep the others from their answers. Without a database
    // another attempt is only another wait.
    const isHopeless = batch.length === 1 || cause instanceof Refusal
    if (isHopeless) for (const each of batch) each.reject(cause)
    else await Promise.all(batch.map((each) => settle(db, [each])))
  }
}

// Answers whose answer is on record now.
function append<T extends Finished>(db: Database, batch: readonly T[]): Promise<ReadonlySet<T>> {
  return db.transaction().execute(async (transaction) => {
    // The head comes first and is held to the end. Whoever appends does so in this order: they wait
    // for each other, and never in a circle.
    let place = await lockHead(transaction)
    const first = await markAnswered(transaction, batch)
    if (first.length === 0) return new Set()

    const rows = first.map(({ answer }) => {
      const entry = chain({ ...answer, issuedAt: answer.answeredAt }, place)
      place = entry
      return toRow(entry)
    })
    await keepAnswers(
      transaction,
      first.map(({ answer }) => answer),
    )
    await transaction.insertInto('ledger').values(rows).execute()
    const { sequence, hash } = place
    await transaction.updateTable('ledger_head').set({ sequence, hash }).execute()
    return new Set(first)
  })
}

// The write that changes nothing takes the row's lock on both engines; SQLite has no "for update".
function lockHead(db: Database) {
  return db
    .updateTable('ledger_head')
    .set((is) => ({ sequence: is.ref('sequence') }))
    .returning(['sequence', 'hash'])
    .executeTakeFirstOrThrow()
}

// Of several answers to one request in a batch the first may be it.
async function markAnswered<T extends Finished>(
  db: Database,
  batch: readonly T[],
): Promise<readonly T[]> {
  const candidates = new Map(batch.toReversed().map((each) => [each.parkedId, each]))
  const times = [...candidates.values()].map(({ now }) => now.getTime())
  const marked = await db
    .updateTable('parked_request')
    .set({ answered_at_ms: Math.max(...times) })
    .where('id', 'in', [...candidates.keys()])
    .where('answered_at_ms', 'is', null)
    .returning('id')
    .execute()
  return marked.flatMap(({ id }) => candidates.get(id) ?? [])
}
