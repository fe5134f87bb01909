// Bind notifications, word for word: records in, rows of `notice` out, and back.

import type { HeldNotice, NoticeRecord, Notices } from './binding-records.ts'
import type { Database } from './engine.ts'
import type { Page } from './page-records.ts'
import { holds } from './search.ts'
import type { NoticeTable } from './tables.ts'
import { orNull, orUndefined } from './values.ts'

/** Notices kept in `db`; none is ever removed, they are the proof of who connected what. */
export function createNotices(db: Database): Notices {
  return {
    save: async (notice) => {
      const { id } = await db
        .insertInto('notice')
        .values(toRow(notice))
        .onConflict((conflict) =>
          conflict.column('digest').doUpdateSet((is) => ({
            times: is('notice.times', '+', is.ref('excluded.times')),
            outcome: is.ref('excluded.outcome'),
            last_received_at_ms: is.ref('excluded.last_received_at_ms'),
          })),
        )
        .returning('id')
        .executeTakeFirstOrThrow()
      return id
    },
    settle: async (id, outcome) => {
      await db
        .updateTable('notice')
        .set({ outcome })
        .where('id', '=', id)
        .where('outcome', '=', 'held')
        .execute()
    },
    listHeld: (page) => listHeld(db, page),
    findByDigest: async (digest) => {
      const row = await db
        .selectFrom('notice')
        .selectAll()
        .where('digest', '=', digest)
        .executeTakeFirst()
      return row === undefined ? undefined : toRecord(row)
    },
    list: (page) => list(db, page),
  }
}

// In the order of the first arrival: a repeat does not move a notice from one page to another.
async function list(db: Database, page: Page): Promise<readonly NoticeRecord[]> {
  let query = db.selectFrom('notice').selectAll()
  if (page.after !== undefined) {
    const last = await db
      .selectFrom('notice')
      .select(['id', 'received_at_ms'])
      .where('id', '=', page.after)
      .executeTakeFirst()
    if (last === undefined) return []
    query = query.where((is) =>
      is.or([
        is('received_at_ms', '<', last.received_at_ms),
        is.and([is('received_at_ms', '=', last.received_at_ms), is('id', '<', last.id)]),
      ]),
    )
  }
  if (page.matching !== undefined) {
    query = query.where(holds(page.matching, ['x_user_id', 'domain_id', 'domain_name']))
  }
  const rows = await query
    .orderBy('received_at_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map(toRecord)
}

async function listHeld(db: Database, page: Omit<Page, 'matching'>) {
  let query = db.selectFrom('notice').selectAll().where('outcome', '=', 'held')
  if (page.after !== undefined) {
    const last = db.selectFrom('notice').select('received_at_ms').where('id', '=', page.after)
    const { after } = page
    query = query.where((is) =>
      is.or([
        is('received_at_ms', '>', last),
        is.and([is('received_at_ms', '=', last), is('id', '>', after)]),
      ]),
    )
  }
  const rows = await query.orderBy('received_at_ms').orderBy('id').limit(page.limit).execute()
  return rows.map(toRecord)
}

/** The first notice about each of the accounts that waits for the partner API. */
export async function findHeld(
  db: Database,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, HeldNotice>> {
  if (accountIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('notice')
    .selectAll()
    .where('outcome', '=', 'held')
    .where('x_user_id', 'in', accountIds)
    .orderBy('received_at_ms', 'desc')
    .orderBy('id', 'desc')
    .execute()
  // The last one of a name stays in the map: the oldest.
  return new Map(
    rows.map(toRecord).map(({ id, xUserId, domainId, domainName, receivedAt }) => {
      return [xUserId, { noticeId: id, domainId, domainName, receivedAt }]
    }),
  )
}

function toRow(notice: NoticeRecord): NoticeTable {
  return {
    id: notice.id,
    digest: notice.digest,
    bind_request: notice.bindRequest,
    sig_alg: notice.sigAlg,
    signature: notice.signature,
    x_user_id: notice.xUserId,
    domain_id: notice.domainId,
    domain_name: orNull(notice.domainName),
    bind_action: notice.bindAction,
    outcome: notice.outcome,
    received_at_ms: notice.receivedAt.getTime(),
    times: notice.times,
    last_received_at_ms: notice.lastReceivedAt.getTime(),
  }
}

function toRecord(row: NoticeTable): NoticeRecord {
  return {
    id: row.id,
    digest: row.digest,
    bindRequest: row.bind_request,
    sigAlg: row.sig_alg,
    signature: row.signature,
    xUserId: row.x_user_id,
    domainId: row.domain_id,
    domainName: orUndefined(row.domain_name),
    bindAction: row.bind_action,
    outcome: row.outcome,
    receivedAt: new Date(row.received_at_ms),
    times: row.times,
    lastReceivedAt: new Date(row.last_received_at_ms),
  }
}
