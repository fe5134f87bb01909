// Signatures of webhooks in the shape of Standard Webhooks (standardwebhooks.com, specification 1.0.0):
// HMAC-SHA256 over id, timestamp and body, so that a message is neither changed nor sent again later.

import { createHmac, hkdfSync } from 'node:crypto'
import type { WebhookRecord } from '../store/webhook-records.ts'

const SECRET_BYTES = 32

/**
 * The secret of a generation, as it is shown: `whsec_` and Base64. It is derived, so that no table holds
 * it.
 */
export function webhookSecret(
  webhookKey: string,
  { id, generation }: Pick<WebhookRecord, 'id' | 'generation'>,
): string {
  const bytes = hkdfSync('sha256', webhookKey, '', `webhook ${id} ${generation}`, SECRET_BYTES)
  return `whsec_${Buffer.from(bytes).toString('base64')}`
}

/** What is signed. */
export type SignedMessage = {
  readonly id: string
  readonly timestamp: number
  readonly body: string
}

/** The headers of a message: one signature for each secret that is in use. */
export function signWebhook(
  { id, timestamp, body }: SignedMessage,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`)
    return `v1,${signature.digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  }
}

/** The secrets that sign now: the current one, and for a while the one before. */
export function secretsOf(webhook: WebhookRecord, webhookKey: string, now: Date): string[] {
  const { id, generation, previousUntil } = webhook
  const generations = [generation]
  if (previousUntil !== undefined && now < previousUntil) generations.push(generation - 1)
  return generations.map((each) => webhookSecret(webhookKey, { id, generation: each }))
}
