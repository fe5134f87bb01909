// Sign-ins that wait for a second factor, and challenges that wait for a signature. Both belong to one
// browser and run out.

import type { Database } from './engine.ts'
import type { Factors, PendingSignIn } from './factor-records.ts'
import type { PendingSignInTable } from './tables.ts'

type Waits = Pick<
  Factors,
  'startSignIn' | 'findSignIn' | 'finishSignIn' | 'startChallenge' | 'takeChallenge'
>

/** What waits, kept in `db`. */
export function createFactorWaits(db: Database): Waits {
  return { ...createSignIns(db), ...createChallenges(db) }
}

function createSignIns(db: Database): Pick<Waits, 'startSignIn' | 'findSignIn' | 'finishSignIn'> {
  return {
    startSignIn: async (pending) => {
      await db.insertInto('pending_sign_in').values(toRow(pending)).execute()
    },
    findSignIn: async (idHash, browserHash, now) => {
      const row = await db
        .selectFrom('pending_sign_in')
        .selectAll()
        .where('id_hash', '=', idHash)
        .where('browser_hash', '=', browserHash)
        .where('expires_at_ms', '>', now.getTime())
        .executeTakeFirst()
      return row && toPending(row)
    },
    finishSignIn: async (idHash, browserHash, now) => {
      const { numDeletedRows } = await db
        .deleteFrom('pending_sign_in')
        .where('id_hash', '=', idHash)
        .where('browser_hash', '=', browserHash)
        .where('expires_at_ms', '>', now.getTime())
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function createChallenges(db: Database): Pick<Waits, 'startChallenge' | 'takeChallenge'> {
  return {
    startChallenge: async ({ challengeHash, browserHash, purpose, expiresAt }) => {
      await db
        .insertInto('passkey_challenge')
        .values({
          challenge_hash: challengeHash,
          browser_hash: browserHash,
          purpose,
          expires_at_ms: expiresAt.getTime(),
        })
        .execute()
    },
    takeChallenge: async ({ challengeHash, browserHash, purpose }, now) => {
      const { numDeletedRows } = await db
        .deleteFrom('passkey_challenge')
        .where('challenge_hash', '=', challengeHash)
        .where('browser_hash', '=', browserHash)
        .where('purpose', '=', purpose)
        .where('expires_at_ms', '>', now.getTime())
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function toRow(pending: PendingSignIn): PendingSignInTable {
  return {
    id_hash: pending.idHash,
    browser_hash: pending.browserHash,
    role: pending.owner.role,
    owner: pending.owner.id,
    method: pending.method,
    next: pending.next,
    expires_at_ms: pending.expiresAt.getTime(),
  }
}

function toPending(row: PendingSignInTable): PendingSignIn {
  return {
    idHash: row.id_hash,
    browserHash: row.browser_hash,
    owner: { role: row.role, id: row.owner },
    method: row.method,
    next: row.next,
    expiresAt: new Date(row.expires_at_ms),
  }
}
