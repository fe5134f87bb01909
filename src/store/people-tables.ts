// The tables of sessions, of sign-ins and of what was done, as Kysely sees them: part of tables.ts.

import type { Generated } from 'kysely'
import type { AuditAction } from '../base/audit-actions.ts'
import type { ActorKind } from './audit-records.ts'
import type { SessionRole } from './session-records.ts'

export type SessionTable = {
  readonly id_hash: string
  readonly body: string
  readonly expires_at_ms: number
  readonly seen_at_ms: number | null
}

/** A row goes with its session. */
export type SessionPersonTable = {
  readonly id_hash: string
  readonly role: SessionRole
  readonly person_id: string
  readonly method: string
  readonly started_at_ms: number
  readonly network: string | null
  readonly agent: string | null
  readonly upstream: string | null
  readonly upstream_session: string | null
}

export type SignInTable = {
  readonly id: Generated<number>
  readonly role: SessionRole
  readonly person_id: string
  readonly at_ms: number
  readonly method: string
  readonly refusal: string | null
  readonly network: string | null
  readonly agent: string | null
}

/** One row for each account at most. */
export type PasswordLinkTable = {
  readonly account_id: string
  readonly token_hash: string
  readonly expires_at_ms: number
}

export type DeviceMarkTable = {
  readonly token_hash: string
  readonly role: SessionRole
  readonly person_id: string
  readonly expires_at_ms: number
}

/** Append-only: triggers refuse what would change a row. Facts are objects as JSON. */
export type AuditTable = {
  readonly sequence: number
  readonly at_ms: number
  readonly action: AuditAction
  readonly actor_kind: ActorKind
  readonly actor_id: string
  readonly subject: string | null
  readonly address: string | null
  readonly reference: string | null
  readonly before_facts: string | null
  readonly after_facts: string | null
}

/** One row, whose id is 1. */
export type AuditHeadTable = {
  readonly id: number
  readonly sequence: number
  readonly removed_to: number
}

export type AuditReaderTable = {
  readonly name: string
  readonly sequence: number
  readonly holder: string | null
  readonly held_until_ms: number
}
