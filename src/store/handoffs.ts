// The way to the portal and back: trips, tickets and the tokens that have been used. What may happen
// once is one statement, so that of two callers one gets it, whatever process they are in.

import type { Database } from './engine.ts'
import type { Handoffs } from './handoff-records.ts'
import { orNull, orUndefined } from './values.ts'

/** Hand-offs kept in `db`. */
export function createHandoffs(db: Database): Handoffs {
  return { ...createTrips(db), ...createTickets(db), useToken: createUseToken(db) }
}

function createTrips(db: Database): Pick<Handoffs, 'startTrip' | 'takeTrip'> {
  return {
    startTrip: async (trip) => {
      await db
        .insertInto('trip')
        .values({
          state_hash: trip.stateHash,
          browser_hash: trip.browserHash,
          next: trip.next,
          expires_at_ms: trip.expiresAt.getTime(),
        })
        .execute()
    },
    takeTrip: async (stateHash, browserHash, now) => {
      // The session is in the condition: somebody else's attempt must not use up the trip.
      const row = await db
        .deleteFrom('trip')
        .where('state_hash', '=', stateHash)
        .where('browser_hash', '=', browserHash)
        .where('expires_at_ms', '>', now.getTime())
        .returningAll()
        .executeTakeFirst()
      if (row === undefined) return undefined
      const expiresAt = new Date(row.expires_at_ms)
      return { stateHash: row.state_hash, browserHash: row.browser_hash, next: row.next, expiresAt }
    },
  }
}

function createTickets(db: Database): Pick<Handoffs, 'saveTicket' | 'takeTicket'> {
  return {
    saveTicket: async (ticket) => {
      await db
        .insertInto('handoff_ticket')
        .values({
          ticket_hash: ticket.ticketHash,
          account_id: ticket.accountId,
          state_hash: orNull(ticket.stateHash),
          issuer: orNull(ticket.issuer),
          portal_session: orNull(ticket.portalSession),
          target: orNull(ticket.target),
          expires_at_ms: ticket.expiresAt.getTime(),
        })
        .execute()
    },
    takeTicket: async (ticketHash, now) => {
      const row = await db
        .deleteFrom('handoff_ticket')
        .where('ticket_hash', '=', ticketHash)
        .where('expires_at_ms', '>', now.getTime())
        .returningAll()
        .executeTakeFirst()
      if (row === undefined) return undefined
      return {
        ticketHash: row.ticket_hash,
        accountId: row.account_id,
        stateHash: orUndefined(row.state_hash),
        issuer: orUndefined(row.issuer),
        portalSession: orUndefined(row.portal_session),
        target: orUndefined(row.target),
        expiresAt: new Date(row.expires_at_ms),
      }
    },
  }
}

function createUseToken(db: Database): Handoffs['useToken'] {
  return async (tokenHash, expiresAt) => {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('used_token')
      .values({ token_hash: tokenHash, expires_at_ms: expiresAt.getTime() })
      .onConflict((conflict) => conflict.column('token_hash').doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 1n
  }
}
