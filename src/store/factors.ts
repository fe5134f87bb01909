// Second factors and what waits for them. What may happen once is one statement, so that of two callers
// one gets it, whatever process they are in.

import type { Database } from './engine.ts'
import type { FactorOwner, FactorSet, Factors, PasskeyRecord } from './factor-records.ts'
import { createFactorWaits } from './factor-waits.ts'
import type { PasskeyTable } from './tables.ts'
import { toDate, toMs } from './values.ts'

/** Factors kept in `db`. */
export function createFactors(db: Database): Factors {
  return {
    find: (owner) => find(db, owner),
    ...createTotp(db),
    ...createPasskeys(db),
    ...createRecoveryCodes(db),
    removeAll: (owner) => removeAll(db, owner),
    ...createFactorWaits(db),
  }
}

async function find(db: Database, { role, id }: FactorOwner): Promise<FactorSet> {
  const totp = await db
    .selectFrom('totp_factor')
    .selectAll()
    .where('role', '=', role)
    .where('owner', '=', id)
    .executeTakeFirst()
  const passkeys = await db
    .selectFrom('passkey')
    .selectAll()
    .where('role', '=', role)
    .where('owner', '=', id)
    .orderBy('added_at_ms')
    .orderBy('credential_id')
    .execute()
  const codes = await db
    .selectFrom('recovery_code')
    .select((eb) => eb.fn.countAll().as('left'))
    .where('role', '=', role)
    .where('owner', '=', id)
    .executeTakeFirstOrThrow()
  return {
    totp: totp && {
      sealedSecret: totp.sealed_secret,
      lastStep: totp.last_step,
      addedAt: new Date(totp.added_at_ms),
    },
    passkeys: passkeys.map(toPasskey),
    recoveryCodes: Number(codes.left),
  }
}

function createTotp(db: Database): Pick<Factors, 'addTotp' | 'useTotpStep' | 'removeTotp'> {
  return {
    addTotp: async ({ role, id }, { sealedSecret, lastStep, addedAt }) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('totp_factor')
        .values({
          role,
          owner: id,
          sealed_secret: sealedSecret,
          last_step: lastStep,
          added_at_ms: addedAt.getTime(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
    useTotpStep: async ({ role, id }, step) => {
      const { numUpdatedRows } = await db
        .updateTable('totp_factor')
        .set({ last_step: step })
        .where('role', '=', role)
        .where('owner', '=', id)
        .where('last_step', '<', step)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
    removeTotp: async ({ role, id }) => {
      const { numDeletedRows } = await db
        .deleteFrom('totp_factor')
        .where('role', '=', role)
        .where('owner', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function createPasskeys(
  db: Database,
): Pick<Factors, 'addPasskey' | 'findPasskey' | 'usePasskey' | 'removePasskey'> {
  return {
    addPasskey: async (passkey) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('passkey')
        .values(toRow(passkey))
        .onConflict((conflict) => conflict.column('credential_id').doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
    findPasskey: (credentialId) => findPasskey(db, credentialId),
    usePasskey: async (credentialId, counter, now) => {
      const { numUpdatedRows } = await db
        .updateTable('passkey')
        .set({ counter, used_at_ms: now.getTime() })
        .where('credential_id', '=', credentialId)
        // An authenticator that keeps no count says 0 each time.
        .where((is) => (counter === 0 ? is('counter', '=', 0) : is('counter', '<', counter)))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
    removePasskey: async ({ role, id }, credentialId) => {
      const { numDeletedRows } = await db
        .deleteFrom('passkey')
        .where('credential_id', '=', credentialId)
        .where('role', '=', role)
        .where('owner', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

async function findPasskey(db: Database, credentialId: string): Promise<PasskeyRecord | undefined> {
  const row = await db
    .selectFrom('passkey')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return row && toPasskey(row)
}

function createRecoveryCodes(db: Database): Pick<Factors, 'setRecoveryCodes' | 'useRecoveryCode'> {
  return {
    setRecoveryCodes: async ({ role, id }, codeHashes) => {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom('recovery_code')
          .where('role', '=', role)
          .where('owner', '=', id)
          .execute()
        if (codeHashes.length === 0) return
        const rows = codeHashes.map((codeHash) => ({ role, owner: id, code_hash: codeHash }))
        await transaction.insertInto('recovery_code').values(rows).execute()
      })
    },
    useRecoveryCode: async ({ role, id }, codeHash) => {
      const { numDeletedRows } = await db
        .deleteFrom('recovery_code')
        .where('role', '=', role)
        .where('owner', '=', id)
        .where('code_hash', '=', codeHash)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

async function removeAll(db: Database, { role, id }: FactorOwner): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    let factors = 0n
    for (const table of ['totp_factor', 'passkey', 'recovery_code', 'pending_sign_in'] as const) {
      const { numDeletedRows } = await transaction
        .deleteFrom(table)
        .where('role', '=', role)
        .where('owner', '=', id)
        .executeTakeFirstOrThrow()
      if (table === 'totp_factor' || table === 'passkey') factors += numDeletedRows
    }
    return Number(factors)
  })
}

function toRow(passkey: PasskeyRecord): PasskeyTable {
  return {
    credential_id: passkey.credentialId,
    role: passkey.owner.role,
    owner: passkey.owner.id,
    public_key: passkey.publicKey,
    counter: passkey.counter,
    transports: JSON.stringify(passkey.transports),
    name: passkey.name,
    added_at_ms: passkey.addedAt.getTime(),
    used_at_ms: toMs(passkey.usedAt),
  }
}

function toPasskey(row: PasskeyTable): PasskeyRecord {
  return {
    credentialId: row.credential_id,
    owner: { role: row.role, id: row.owner },
    publicKey: row.public_key,
    counter: row.counter,
    transports: JSON.parse(row.transports) as readonly string[], // Written by `toRow`.
    name: row.name,
    addedAt: new Date(row.added_at_ms),
    usedAt: toDate(row.used_at_ms),
  }
}
