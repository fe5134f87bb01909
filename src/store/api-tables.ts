// The tables of the portal API as Kysely sees them: part of tables.ts. Lists are JSON.

import type { PortalEventKind } from './webhook-records.ts'

export type ApiKeyTable = {
  readonly id: string
  readonly name: string
  readonly secret_hash: string
  readonly scopes: string
  readonly created_at_ms: number
  readonly expires_at_ms: number | null
  readonly used_at_ms: number | null
  readonly revoked_at_ms: number | null
}

/** A request is under way while `answer` is null and nobody else may begin until `held_until_ms`. */
export type IdempotencyTable = {
  readonly key_id: string
  readonly idempotency_key: string
  readonly request_hash: string
  readonly holder: string
  readonly held_until_ms: number
  readonly started_at_ms: number
  readonly answer: string | null
  readonly expires_at_ms: number
}

export type WebhookTable = {
  readonly name: string
  readonly id: string
  readonly url: string
  readonly kinds: string
  readonly generation: number
  readonly previous_until_ms: number | null
  readonly created_at_ms: number
  readonly delivered_at_ms: number | null
  readonly failing_since_ms: number | null
  readonly problem: string | null
  readonly ended_at_ms: number | null
}

export type WebhookDeliveryTable = {
  readonly id: string
  readonly webhook: string
  readonly event_id: string
  readonly kind: PortalEventKind
  readonly body: string
  readonly state: 'waiting' | 'delivered' | 'dead'
  readonly attempts: number
  readonly next_at_ms: number
  readonly holder: string | null
  readonly held_until_ms: number
  readonly created_at_ms: number
  readonly problem: string | null
  readonly expires_at_ms: number
}
