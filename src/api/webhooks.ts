// The addresses of the portal that webhooks go to: set, looked at, removed, and their secrets.

import type { z } from 'zod'
import { addDays } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { newToken } from '../base/random.ts'
import { stateOf, type WebhookRecord } from '../store/webhook-records.ts'
import { type ApiDeps, type Call, recordCall } from './context.ts'
import type { Handlers } from './handler.ts'
import type { Webhook } from './schemas.ts'
import { checkWebhookUrl } from './webhook-address.ts'
import { webhookSecret } from './webhook-signature.ts'

type Names = 'listWebhooks' | 'setWebhook' | 'changeWebhookSecret' | 'removeWebhook'

// How long the secret before signs as well.
const OVERLAP_DAYS = 1

export function webhookHandlers(deps: ApiDeps): Pick<Handlers, Names> {
  const { store, clock, random, webhookKey, webhookRule } = deps
  return {
    listWebhooks: async () => {
      const webhooks = await store.webhooks.list()
      return { body: { items: await Promise.all(webhooks.map((each) => view(each, deps))) } }
    },
    setWebhook: async ({ params: { name }, body: { url, kinds } }, call) => {
      checkWebhookUrl(url, webhookRule)
      const id = newToken(random)
      const unique = [...new Set(kinds)]
      const set = { name, id, url, kinds: unique, createdAt: clock.now() }
      const { webhook, isNew } = await store.webhooks.set(set)
      const after = { host: new URL(url).host, kinds: unique.join(' '), isNew }
      await recordCall(call, { action: 'webhook.changed', subject: name, after }, deps)
      // Its secret was never shown when the attempt that made it came to no answer.
      const isUnseen = isNew || isAfter(webhook.createdAt, call)
      const shown = isUnseen ? { secret: webhookSecret(webhookKey, webhook) } : {}
      return { status: isUnseen ? 201 : 200, body: { ...(await view(webhook, deps)), ...shown } }
    },
    changeWebhookSecret: async ({ params: { name } }, call) => {
      const webhook = await rotateOnce(name, call, deps)
      if (webhook === undefined) throw new Refusal('WEBHOOK_NOT_FOUND', { webhook: name })
      const after = { generation: webhook.generation }
      await recordCall(call, { action: 'webhook.changed', subject: name, after }, deps)
      const secret = webhookSecret(webhookKey, webhook)
      return { body: { ...(await view(webhook, deps)), secret } }
    },
    removeWebhook: async ({ params: { name } }, call) => {
      const isRemoved = await store.webhooks.remove(name)
      if (!isRemoved && call.since === undefined) {
        throw new Refusal('WEBHOOK_NOT_FOUND', { webhook: name })
      }
      const after = { removed: true }
      await recordCall(call, { action: 'webhook.changed', subject: name, after }, deps)
      return { body: undefined }
    },
  }
}

function isAfter(date: Date, { since }: Call): boolean {
  return since !== undefined && date >= since
}

// A second change right after one that nobody was told of would end the secret that the portal has.
async function rotateOnce(
  name: string,
  call: Call,
  { store, clock }: ApiDeps,
): Promise<WebhookRecord | undefined> {
  const there = await store.webhooks.find(name)
  const { previousUntil } = there ?? {}
  const isDone = previousUntil !== undefined && isAfter(addDays(previousUntil, -OVERLAP_DAYS), call)
  return isDone ? there : store.webhooks.rotate(name, addDays(clock.now(), OVERLAP_DAYS))
}

async function view(webhook: WebhookRecord, { store }: ApiDeps): Promise<z.output<typeof Webhook>> {
  const { name, url, kinds, failingSince, problem, deliveredAt } = webhook
  const { waiting, dead } = await store.deliveries.count(name)
  return {
    name,
    url,
    kinds: [...kinds],
    state: stateOf(webhook),
    failingSince: failingSince?.toISOString() ?? null,
    problem: problem ?? null,
    deliveredAt: deliveredAt?.toISOString() ?? null,
    waiting,
    dead,
  }
}
