// Keys of the portal API: records in, rows of `api_key` out, and back.

import type { ApiKeyRecord, ApiKeys } from './api-key-records.ts'
import type { ApiKeyTable } from './api-tables.ts'
import type { Database } from './engine.ts'
import { toDate, toMs } from './values.ts'

const TOUCH_EVERY_MS = 60_000

/** Keys kept in `db`. None is ever removed, so that its name cannot be given to another. */
export function createApiKeys(db: Database): ApiKeys {
  return {
    add: async (key) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('api_key')
        .values(toRow(key))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
    find: async (id) => {
      const row = await db.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toRecord(row)
    },
    list: async () => {
      const rows = await db.selectFrom('api_key').selectAll().orderBy('name').execute()
      return rows.map(toRecord)
    },
    revoke: async (name, now) => {
      const { numUpdatedRows } = await db
        .updateTable('api_key')
        .set({ revoked_at_ms: now.getTime() })
        .where('name', '=', name)
        .where('revoked_at_ms', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
    touch: async (id, now) => {
      const nowMs = now.getTime()
      await db
        .updateTable('api_key')
        .set({ used_at_ms: nowMs })
        .where('id', '=', id)
        .where((is) =>
          is.or([is('used_at_ms', 'is', null), is('used_at_ms', '<=', nowMs - TOUCH_EVERY_MS)]),
        )
        .execute()
    },
  }
}

function toRow(key: ApiKeyRecord): ApiKeyTable {
  return {
    id: key.id,
    name: key.name,
    secret_hash: key.secretHash,
    scopes: JSON.stringify(key.scopes),
    created_at_ms: key.createdAt.getTime(),
    expires_at_ms: toMs(key.expiresAt),
    used_at_ms: toMs(key.usedAt),
    revoked_at_ms: toMs(key.revokedAt),
  }
}

function toRecord(row: ApiKeyTable): ApiKeyRecord {
  return {
    id: row.id,
    name: row.name,
    secretHash: row.secret_hash,
    scopes: JSON.parse(row.scopes) as readonly string[], // Written by toRow.
    createdAt: new Date(row.created_at_ms),
    expiresAt: toDate(row.expires_at_ms),
    usedAt: toDate(row.used_at_ms),
    revokedAt: toDate(row.revoked_at_ms),
  }
}
