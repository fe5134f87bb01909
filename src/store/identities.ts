// Identities and the accounts they belong to; trips to the OpenID provider. Records in, rows of `identity`
// and `oidc_trip` out, and back. There is no way to change a link, on purpose.

import type { Database } from './engine.ts'
import type { Identities, Identity, IdentityLink, Linked, OidcTrip } from './identity-records.ts'
import type { IdentityTable } from './identity-tables.ts'
import { toFlag } from './values.ts'

/** Identities kept in `db`. */
export function createIdentities(db: Database): Identities {
  return {
    find: (identity) => find(db, identity),
    listOf: async (accountId) => {
      const rows = await db
        .selectFrom('identity')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('linked_at_ms')
        .orderBy('issuer')
        .execute()
      return rows.map(toLink)
    },
    link: (link) => linkOnce(db, link),
    startTrip: (trip) => startTrip(db, trip),
    takeTrip: (stateHash, browserHash, now) => takeTrip(db, { stateHash, browserHash, now }),
  }
}

async function find(db: Database, identity: Identity): Promise<IdentityLink | undefined> {
  const row = await db
    .selectFrom('identity')
    .selectAll()
    .where('issuer', '=', identity.issuer)
    .where('subject', '=', identity.subject)
    .executeTakeFirst()
  return row && toLink(row)
}

/** Adds a link within the transaction `db`; false when either side of it is linked already. */
export async function insertIdentity(db: Database, link: IdentityLink): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('identity')
    .values({
      issuer: link.issuer,
      subject: link.subject,
      account_id: link.accountId,
      linked_at_ms: link.linkedAt.getTime(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

async function linkOnce(db: Database, link: IdentityLink): Promise<Linked> {
  if (await insertIdentity(db, link)) return 'linked'
  const there = await find(db, link)
  if (there === undefined) return 'another'
  return there.accountId === link.accountId ? 'there already' : 'taken'
}

async function startTrip(db: Database, trip: OidcTrip): Promise<void> {
  await db
    .insertInto('oidc_trip')
    .values({
      state_hash: trip.stateHash,
      browser_hash: trip.browserHash,
      nonce: trip.nonce,
      code_verifier: trip.codeVerifier,
      next: trip.next,
      wants_fresh_sign_in: toFlag(trip.wantsFreshSignIn),
      started_at_ms: trip.startedAt.getTime(),
      expires_at_ms: trip.expiresAt.getTime(),
    })
    .execute()
}

async function takeTrip(
  db: Database,
  wanted: { readonly stateHash: string; readonly browserHash: string; readonly now: Date },
): Promise<OidcTrip | undefined> {
  // The browser is in the condition: somebody else's attempt must not use up the trip.
  const row = await db
    .deleteFrom('oidc_trip')
    .where('state_hash', '=', wanted.stateHash)
    .where('browser_hash', '=', wanted.browserHash)
    .where('expires_at_ms', '>', wanted.now.getTime())
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    stateHash: row.state_hash,
    browserHash: row.browser_hash,
    nonce: row.nonce,
    codeVerifier: row.code_verifier,
    next: row.next,
    wantsFreshSignIn: row.wants_fresh_sign_in === 1,
    startedAt: new Date(row.started_at_ms),
    expiresAt: new Date(row.expires_at_ms),
  }
}

function toLink(row: IdentityTable): IdentityLink {
  return {
    issuer: row.issuer,
    subject: row.subject,
    accountId: row.account_id,
    linkedAt: new Date(row.linked_at_ms),
  }
}
