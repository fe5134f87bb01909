// The record of what was done: events in, rows of `audit` out, and back. Triggers keep rows as they are.

import type { Actor, AuditFacts } from '../base/audit.ts'
import { addDays } from '../base/clock.ts'
import type { Audit, AuditQuery, AuditRecord } from './audit-records.ts'
import type { Database } from './engine.ts'
import type { AuditTable } from './people-tables.ts'
import { orNull, orUndefined } from './values.ts'

/** The record kept in `db`. */
export function createAudit(db: Database): Audit {
  return {
    append: (event, at) =>
      db.transaction().execute(async (transaction) => {
        // Whoever is second waits here until the first is durable.
        const { sequence } = await transaction
          .updateTable('audit_head')
          .set((is) => ({ sequence: is('sequence', '+', 1) }))
          .returning('sequence')
          .executeTakeFirstOrThrow()
        await transaction
          .insertInto('audit')
          .values(toRow({ ...event, sequence, at }))
          .execute()
      }),
    list: async ({ before, limit, ...query }) => {
      const rows = await select(db, query)
        .$if(before !== undefined, (chosen) => chosen.where('sequence', '<', before ?? 0))
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    follow: async ({ after, limit, ...query }) => {
      const rows = await select(db, query)
        .where('sequence', '>', after)
        .orderBy('sequence')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    keepDays: (days, now) => keepDays(db, days, now),
    ...createReaders(db),
  }
}

function select(db: Database, { subject, actor, action, from, to }: AuditQuery) {
  return db
    .selectFrom('audit')
    .selectAll()
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? ''))
    .$if(actor !== undefined, (query) => query.where('actor_id', '=', actor ?? ''))
    .$if(action !== undefined, (query) => query.where('action', '=', action ?? 'audit.exported'))
    .$if(from !== undefined, (query) => query.where('at_ms', '>=', from?.getTime() ?? 0))
    .$if(to !== undefined, (query) => query.where('at_ms', '<', to?.getTime() ?? 0))
}

// A prefix goes, even where clocks differ: an event is kept with everything after it.
async function keepDays(db: Database, ...[days, now]: Parameters<Audit['keepDays']>) {
  if (days === 0) return 0
  const firstKept = await db
    .selectFrom('audit')
    .select('sequence')
    .where('at_ms', '>=', addDays(now, -days).getTime())
    .orderBy('sequence')
    .limit(1)
    .executeTakeFirst()
  return db.transaction().execute(async (transaction) => {
    const head = await transaction.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow()
    const last = firstKept === undefined ? head.sequence : firstKept.sequence - 1
    if (last <= head.removed_to) return 0
    await transaction
      .updateTable('audit_head')
      .set({ removed_to: last })
      .where('removed_to', '<', last)
      .execute()
    const { numDeletedRows } = await transaction
      .deleteFrom('audit')
      .where('sequence', '<=', last)
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  })
}

function createReaders(db: Database): Pick<Audit, 'lease' | 'advance'> {
  return {
    lease: async (name, { holder, now, until }) => {
      const row = await db
        .insertInto('audit_reader')
        .values({ name, sequence: 0, holder, held_until_ms: until.getTime() })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ holder, held_until_ms: until.getTime() })
            .where((is) =>
              is.or([
                is('audit_reader.holder', '=', holder),
                is('audit_reader.held_until_ms', '<=', now.getTime()),
              ]),
            ),
        )
        .returning('sequence')
        .executeTakeFirst()
      return row === undefined ? undefined : { sequence: row.sequence }
    },
    advance: async (name, holder, sequence) => {
      const { numUpdatedRows } = await db
        .updateTable('audit_reader')
        .set({ sequence })
        .where('name', '=', name)
        .where('holder', '=', holder)
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    },
  }
}

function toRow({ actor, before, after, ...event }: AuditRecord): AuditTable {
  return {
    sequence: event.sequence,
    at_ms: event.at.getTime(),
    action: event.action,
    actor_kind: actor.kind,
    actor_id: actor.id,
    subject: orNull(event.subject),
    address: orNull(event.address),
    reference: orNull(event.reference),
    before_facts: before === undefined ? null : JSON.stringify(before),
    after_facts: after === undefined ? null : JSON.stringify(after),
  }
}

function toRecord(row: AuditTable): AuditRecord {
  const actor: Actor = { kind: row.actor_kind, id: row.actor_id }
  return {
    sequence: row.sequence,
    at: new Date(row.at_ms),
    action: row.action,
    actor,
    subject: orUndefined(row.subject),
    address: orUndefined(row.address),
    reference: orUndefined(row.reference),
    before: readFacts(row.before_facts),
    after: readFacts(row.after_facts),
  }
}

function readFacts(json: string | null): AuditFacts | undefined {
  return json === null ? undefined : (JSON.parse(json) as AuditFacts) // Written by toRow.
}
