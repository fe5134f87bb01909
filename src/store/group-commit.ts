// Group commit: statements and transactions of many callers in, few commits out. A commit waits for the
// disk and SQLite stops the process meanwhile, so callers who write at the same moment share one
// transaction, a batch, and nobody is answered before its commit has returned.

import { setImmediate } from 'node:timers/promises'
import type { CompiledQuery, QueryResult } from 'kysely'
import { whenFree } from './busy.ts'

/** What group commit needs of a database. Whatever is called is over when it returns. */
export type SyncDatabase = {
  /** Whether a transaction is open; SQLite itself ends one after some faults. */
  readonly isTransaction: () => boolean
  /** Runs statements without parameters and results. */
  readonly exec: (sql: string) => void
  readonly execute: <R>(query: CompiledQuery) => QueryResult<R>
  readonly close: () => void
}

/** A caller's transaction. Nobody else's statement runs until it is committed or rolled back. */
export type OwnTransaction = {
  readonly execute: <R>(query: CompiledQuery) => QueryResult<R>
  /** Ends it, and resolves when it is durable. Throws what the batch failed with. */
  readonly commit: () => Promise<void>
  /** Takes back what this caller did and nothing else. */
  readonly rollBack: () => Promise<void>
}

type Batch = {
  readonly ended: Promise<void>
  readonly end: () => void
  /** Why nothing of the batch is kept. */
  failure?: { readonly cause: unknown }
}

/** Shares the commits of one connection among its callers. */
export class GroupCommit {
  readonly #database: SyncDatabase
  #lastTurn: Promise<void> = Promise.resolve()
  #batch: Batch | undefined

  constructor(database: SyncDatabase) {
    this.#database = database
  }

  /** Runs one statement, and answers when all that it wrote or saw is durable. */
  execute<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!isRead(query)) return this.#executeInBatch(query)
    return whenFree(() => {
      // With no batch open there is nothing to see that is not durable.
      const isAlone = !this.#database.isTransaction()
      return isAlone ? this.#database.execute<R>(query) : this.#executeInBatch<R>(query)
    })
  }

  /** Opens a transaction of the caller's own inside the batch. */
  async begin(): Promise<OwnTransaction> {
    const batch = this.#join()
    const endTurn = await this.#takeTurn()
    const exec = (sql: string) => this.#attempt(batch, () => this.#database.exec(sql))
    try {
      exec('savepoint own')
    } catch (error) {
      endTurn()
      throw error
    }
    return {
      execute: (query) => this.#attempt(batch, () => this.#database.execute(query)),
      commit: async () => {
        exec('release own')
        endTurn()
        await outcomeOf(batch)
      },
      rollBack: async () => {
        // What cannot be taken back must not be committed with what the others did.
        await orFail(batch, () => this.#database.exec('rollback to own; release own'))
        endTurn()
        await outcomeOf(batch)
      },
    }
  }

  /** Closes the database when the batch under way has ended. */
  async close(): Promise<void> {
    while (this.#batch !== undefined) await this.#batch.ended
    await this.#inTurn(() => this.#database.close())
  }

  // A single statement needs no savepoint: SQLite takes back one that fails by itself. Its failure
  // waits for the commit as well, because it may stem from a row that is not durable yet.
  async #executeInBatch<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const batch = this.#join()
    try {
      return await this.#inTurn(() => {
        return this.#attempt(batch, () => this.#database.execute<R>(query))
      })
    } finally {
      await outcomeOf(batch)
    }
  }

  // Whoever joins asks for a turn before anything else can happen, and so has one before the last.
  #join(): Batch {
    if (this.#batch === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#batch = { ended: promise, end: resolve }
      void this.#lead(this.#batch)
    }
    return this.#batch
  }

  // A batch takes the first turn and the last; in between are those of the callers who join it. It
  // needs no limit: a caller waits for the commit before it goes on, so each has one turn.
  async #lead(batch: Batch): Promise<void> {
    const begin = () => whenFree(() => this.#database.exec('begin immediate'))
    await this.#inTurn(() => orFail(batch, begin))
    // Meanwhile everything runs that is ready to run; what comes later is the next batch's.
    await setImmediate()
    this.#batch = undefined
    await this.#inTurn(() => this.#finish(batch))
    batch.end()
  }

  async #finish(batch: Batch): Promise<void> {
    if (batch.failure === undefined) await orFail(batch, () => this.#database.exec('commit'))
    if (this.#database.isTransaction()) await orFail(batch, () => this.#database.exec('rollback'))
  }

  #attempt<T>(batch: Batch, work: () => T): T {
    if (batch.failure !== undefined) throw batch.failure.cause
    try {
      return work()
    } catch (cause) {
      // After a full disk and the like SQLite has rolled back everything, not this statement alone.
      if (!this.#database.isTransaction()) batch.failure = { cause }
      throw cause
    }
  }

  async #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const endTurn = await this.#takeTurn()
    try {
      return await work()
    } finally {
      endTurn()
    }
  }

  // Turns are taken in the order in which they are asked for.
  #takeTurn(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const turn = this.#lastTurn.then(() => resolve)
    this.#lastTurn = promise
    return turn
  }
}

// In SQLite a statement that begins with this word cannot write. Another one may not write either (a
// CTE); it is treated as if it did.
function isRead(query: CompiledQuery): boolean {
  return /^select\b/i.test(query.sql)
}

async function orFail(batch: Batch, step: () => void | Promise<void>): Promise<void> {
  try {
    await step()
  } catch (cause) {
    batch.failure ??= { cause }
  }
}

async function outcomeOf(batch: Batch): Promise<void> {
  await batch.ended
  if (batch.failure !== undefined) throw batch.failure.cause
}
