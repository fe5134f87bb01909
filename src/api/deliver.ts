// Takes waiting messages to the portal: each by one process at a time, again and later when it fails, for
// three days.

import { addMinutes, addSeconds, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { newToken, type Random } from '../base/random.ts'
import type { Store } from '../store/store.ts'
import type { DeliveryOutcome, DeliveryRecord, WebhookRecord } from '../store/webhook-records.ts'
import { type AddressRule, checkAddresses, checkWebhookUrl, hostOf } from './webhook-address.ts'
import type { WebhookNetwork } from './webhook-network.ts'
import { secretsOf, signWebhook } from './webhook-signature.ts'

export type DeliverDeps = {
  readonly store: Pick<Store, 'deliveries' | 'webhooks'>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly network: WebhookNetwork
  readonly webhookKey: string
  readonly webhookRule: AddressRule
}

/** The sender of one process. */
export type Deliver = {
  /** Sends everything that is due. Of several who call at once one works and the others wait for it. */
  readonly run: () => Promise<void>
  /** The same without waiting; what goes wrong is in the log. */
  readonly nudge: () => void
  /** Waits for what is under way. */
  readonly finish: () => Promise<void>
}

/** Minutes from one attempt to the next: 3 days in all, as Standard Webhooks recommends. */
export const RETRY_MINUTES = [1, 5, 30, 120, 300, 600, 840, 1200, 1200] as const

// Longer than the time that one message may take, so that no two processes send it side by side.
const HELD_SECONDS = 60
const AT_ONCE = 10

export function createDeliver(deps: DeliverDeps): Deliver {
  const holder = newToken(deps.random)
  let working: Promise<void> | undefined
  let isAskedAgain = false

  const work = async () => {
    do {
      isAskedAgain = false
      while ((await sendSome(holder, deps)) > 0);
    } while (isAskedAgain)
  }
  const run = () => {
    isAskedAgain = true
    working ??= work().finally(() => {
      working = undefined
    })
    return working
  }
  return {
    run,
    nudge: () => {
      run().catch((error: unknown) => deps.log.error({ event: 'webhook.fault', err: error }))
    },
    finish: async () => {
      await working?.catch(() => undefined)
    },
  }
}

async function sendSome(holder: string, deps: DeliverDeps): Promise<number> {
  const now = deps.clock.now()
  const heldUntil = addSeconds(now, HELD_SECONDS)
  const due = await deps.store.deliveries.take({ holder, now, heldUntil, limit: AT_ONCE })
  await Promise.all(
    due.map(async (delivery) => {
      const outcome = await sendOne(delivery, deps)
      await deps.store.deliveries.settle(delivery, holder, outcome)
    }),
  )
  return due.length
}

async function sendOne(delivery: DeliveryRecord, deps: DeliverDeps): Promise<DeliveryOutcome> {
  const { webhook: name, eventId, kind, attempts } = delivery
  const facts = { webhook: name, eventId, kind, attempt: attempts + 1 }
  const webhook = await deps.store.webhooks.find(name)
  const now = deps.clock.now()
  if (webhook === undefined || webhook.endedAt !== undefined) {
    return { kind: 'failed', now, problem: 'there is no such address any more', nextAt: undefined }
  }
  const problem = await post(delivery, webhook, deps)
  if (problem === undefined) {
    deps.log.info({ event: 'webhook.delivered', ...facts })
    return { kind: 'delivered', now }
  }
  if (problem === GONE) {
    deps.log.error({ event: 'webhook.ended', ...facts })
    return { kind: 'gone', now, problem }
  }
  const minutes = RETRY_MINUTES[attempts]
  const nextAt = minutes === undefined ? undefined : addMinutes(now, minutes)
  if (nextAt === undefined) deps.log.error({ event: 'webhook.given-up', ...facts, problem })
  else deps.log.warn({ event: 'webhook.failed', ...facts, problem, nextAt })
  return { kind: 'failed', now, problem, nextAt }
}

// Standard Webhooks: who answers 410 does not want any more.
const GONE = 'status 410'

/** Why a message did not arrive; `undefined` when it did. */
async function post(
  { eventId, body }: DeliveryRecord,
  webhook: WebhookRecord,
  deps: DeliverDeps,
): Promise<string | undefined> {
  const { network, webhookRule, webhookKey } = deps
  const now = deps.clock.now()
  const signal = network.deadline()
  try {
    const url = checkWebhookUrl(webhook.url, webhookRule)
    const addresses = await network.lookup(hostOf(url))
    checkAddresses(addresses, webhookRule)
    const [address] = addresses
    if (address === undefined) return 'the name has no address'
    const timestamp = Math.floor(now.getTime() / 1000)
    const signed = signWebhook(
      { id: eventId, timestamp, body },
      secretsOf(webhook, webhookKey, now),
    )
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'huaweicloud-partner-idp',
      ...signed,
    }
    const status = await network.post({ url, address, headers, body, signal })
    return status >= 200 && status < 300 ? undefined : `status ${status}`
  } catch (error) {
    return problemOf(error)
  }
}

// The code of the system (ECONNREFUSED, CERT_HAS_EXPIRED, …), or the kind of error.
function problemOf(error: unknown): string {
  if (error instanceof Refusal) return String(error.facts['problem'])
  if (!(error instanceof Error)) return 'unknown'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'it took too long'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
