// Kysely's idea of a driver in, group commit out: each caller gets a connection of its own, and all of
// them stand for the one that SQLite has.

import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { GroupCommit, type OwnTransaction, type SyncDatabase } from './group-commit.ts'

/** The driver of one open database, which it closes in the end. */
export function createSqliteDriver(database: SyncDatabase): Driver {
  const commits = new GroupCommit(database)
  return {
    init: async () => {},
    acquireConnection: async () => new CallerConnection(commits),
    beginTransaction: (connection) => ours(connection).begin(),
    commitTransaction: (connection) => ours(connection).commit(),
    rollbackTransaction: (connection) => ours(connection).rollBack(),
    releaseConnection: async () => {},
    destroy: () => commits.close(),
  }
}

// Kysely hands back what acquireConnection gave it.
function ours(connection: DatabaseConnection): CallerConnection {
  return connection as CallerConnection
}

class CallerConnection implements DatabaseConnection {
  readonly #commits: GroupCommit
  #transaction: OwnTransaction | undefined

  constructor(commits: GroupCommit) {
    this.#commits = commits
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#transaction === undefined
      ? this.#commits.execute<R>(query)
      : this.#transaction.execute<R>(query)
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }

  async begin(): Promise<void> {
    this.#transaction = await this.#commits.begin()
  }

  async commit(): Promise<void> {
    await this.#transaction?.commit()
  }

  async rollBack(): Promise<void> {
    await this.#transaction?.rollBack()
  }
}
