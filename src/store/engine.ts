// What an engine is to the rest of this room: a name and a Kysely. The differences end here.

import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export type EngineName = 'sqlite' | 'postgres'

/** Every statement is written once, against this. */
export type Database = Kysely<Tables>

export type Engine = {
  readonly name: EngineName
  readonly db: Database
  /** Hands out a connection fit for migrations, which may take longer than a request's statement. */
  readonly migrate: (run: (db: Database) => Promise<void>) => Promise<void>
}
