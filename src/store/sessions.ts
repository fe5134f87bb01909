// Browser sessions: fingerprint, body and people in, rows of `session` and `session_person` out, and
// back. Whoever is signed in with a session goes with its row: the tables cannot disagree.

import type { Database } from './engine.ts'
import type { SessionPersonTable } from './people-tables.ts'
import type {
  KeptSession,
  SessionEntry,
  SessionPerson,
  SessionRole,
  Sessions,
} from './session-records.ts'
import { orNull, orUndefined } from './values.ts'

/** Sessions kept in `db`, from where every process of one installation sees them. */
export function createSessions(db: Database): Sessions {
  return {
    find: async (idHash, now) => {
      const row = await db
        .selectFrom('session')
        .select('body')
        .where('id_hash', '=', idHash)
        .where('expires_at_ms', '>', now.getTime())
        .executeTakeFirst()
      return row?.body
    },
    save: (idHash, session) => save(db, idHash, session),
    replace: (idHash, session) => replace(db, idHash, session),
    extend: async (idHash, session) => {
      await update(db, idHash, session)
    },
    remove: async (idHash) => {
      await remove(db, idHash)
    },
    listOf: (id, now, role = 'customer') => listOf(db, { id, role, now }),
    end: (idHash) => remove(db, idHash),
    endAll: (id, except, role = 'customer') => endAll(db, { id, role, except }),
  }
}

type Written = Omit<KeptSession, 'people'>

function columnsOf({ body, expiresAt, seenAt }: Written) {
  return { body, expires_at_ms: expiresAt.getTime(), seen_at_ms: seenAt.getTime() }
}

async function save(db: Database, idHash: string, session: KeptSession): Promise<void> {
  const columns = columnsOf(session)
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('session')
      .values({ id_hash: idHash, ...columns })
      .onConflict((conflict) => conflict.column('id_hash').doUpdateSet(columns))
      .execute()
    await writePeople(transaction, idHash, session.people)
  })
}

async function replace(db: Database, idHash: string, session: KeptSession): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const isThere = await update(transaction, idHash, session)
    if (isThere) await writePeople(transaction, idHash, session.people)
  })
}

// An update, never an insert: a request that began before the sign-out must not undo it.
async function update(db: Database, idHash: string, session: Written): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('session')
    .set(columnsOf(session))
    .where('id_hash', '=', idHash)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

async function writePeople(
  db: Database,
  idHash: string,
  people: readonly SessionPerson[],
): Promise<void> {
  await db.deleteFrom('session_person').where('id_hash', '=', idHash).execute()
  if (people.length === 0) return
  const rows = people.map((person) => toRow(idHash, person))
  await db.insertInto('session_person').values(rows).execute()
}

async function remove(db: Database, idHash: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('id_hash', '=', idHash)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

async function listOf(
  db: Database,
  wanted: { readonly id: string; readonly role: SessionRole; readonly now: Date },
): Promise<readonly SessionEntry[]> {
  const rows = await db
    .selectFrom('session_person')
    .innerJoin('session', 'session.id_hash', 'session_person.id_hash')
    .selectAll('session_person')
    .select('session.seen_at_ms')
    .where('session_person.role', '=', wanted.role)
    .where('session_person.person_id', '=', wanted.id)
    .where('session.expires_at_ms', '>', wanted.now.getTime())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('account')
            .select('account_id')
            .whereRef('account.account_id', '=', 'session_person.person_id')
            .where('session_person.role', '=', 'customer')
            .where('account.is_enabled', '=', 0),
        ),
      ),
    )
    .orderBy('session_person.started_at_ms', 'desc')
    .orderBy('session_person.id_hash')
    .execute()
  return rows.map(toEntry)
}

async function endAll(
  db: Database,
  wanted: { readonly id: string; readonly role: SessionRole; readonly except: string | undefined },
): Promise<number> {
  const theirs = db
    .selectFrom('session_person')
    .select('id_hash')
    .where('role', '=', wanted.role)
    .where('person_id', '=', wanted.id)
  const { except } = wanted
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('id_hash', 'in', theirs)
    .$if(except !== undefined, (query) => query.where('id_hash', '!=', except ?? ''))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

function toRow(idHash: string, person: SessionPerson): SessionPersonTable {
  return {
    id_hash: idHash,
    role: person.role,
    person_id: person.id,
    method: person.method,
    started_at_ms: person.startedAt.getTime(),
    network: orNull(person.network),
    agent: orNull(person.agent),
    upstream: orNull(person.upstream),
    upstream_session: orNull(person.upstreamSession),
  }
}

function toEntry(row: SessionPersonTable & { readonly seen_at_ms: number | null }): SessionEntry {
  return {
    idHash: row.id_hash,
    role: row.role,
    id: row.person_id,
    method: row.method,
    startedAt: new Date(row.started_at_ms),
    lastSeenAt: new Date(row.seen_at_ms ?? row.started_at_ms),
    network: orUndefined(row.network),
    agent: orUndefined(row.agent),
    upstream: orUndefined(row.upstream),
    upstreamSession: orUndefined(row.upstream_session),
  }
}
