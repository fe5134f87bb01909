// What can be wrong between this service and the portal that uses its API.

import { makeKey } from '../../src/api/key.ts'
import { addDays, addSeconds } from '../../src/base/clock.ts'
import { systemRandom } from '../../src/base/random.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { fixedClock, NOW } from '../support/fixed.ts'
import type { Row } from './doctor-row.ts'
import type { World } from './doctor-world.ts'

const inStore =
  (change: (store: Store) => Promise<void>) =>
  async ({ environment }: World) => {
    const store = await openStore(environment['DATABASE_URL'] ?? '')
    await change(store)
    await store.close()
  }

const keyUntil = (expiresAt: Date, isUsed = false) =>
  inStore(async ({ apiKeys }) => {
    const wanted = { name: 'shop', scopes: ['launch'], expiresAt } as const
    const { record } = makeKey(wanted, { clock: fixedClock, random: systemRandom })
    await apiKeys.add(record)
    if (isUsed) await apiKeys.touch(record.id, addDays(expiresAt, -1))
  })

/** An address whose only message has failed, and is tried again at a time, or never. */
const failedWebhook = (nextAt: Date | undefined) =>
  inStore(async ({ webhooks, deliveries }) => {
    const url = 'https://portal.partner.example/hook'
    await webhooks.set({ name: 'main', id: 'id', url, kinds: ['bound'], createdAt: NOW })
    const event = { eventId: 'evt_1', kind: 'bound', body: '{}', now: NOW } as const
    await deliveries.enqueue({ ...event, expiresAt: addDays(NOW, 30) })
    const turn = { holder: 'test', now: NOW, heldUntil: addSeconds(NOW, 60), limit: 1 }
    for (const delivery of await deliveries.take(turn)) {
      const outcome = { kind: 'failed', now: NOW, problem: 'status 500', nextAt } as const
      await deliveries.settle(delivery, 'test', outcome)
    }
  })

/** Every one of them. */
export const PORTAL_API_ROWS: readonly Row[] = [
  {
    id: 'portal-api.webhooks',
    title: 'a webhook that does not arrive',
    spoil: failedWebhook(addDays(NOW, 1)),
    level: 'warning',
    says: /^main: failing \(status 500\), 1 waiting$/,
  },
  {
    id: 'portal-api.webhooks',
    title: 'a webhook that was given up',
    spoil: failedWebhook(undefined),
    level: 'error',
    says: /^main: 1 given up$/,
  },
  {
    id: 'portal-api.webhooks',
    title: 'an address that was stopped',
    spoil: inStore(async ({ webhooks }) => {
      const url = 'https://portal.partner.example/hook'
      await webhooks.set({ name: 'main', id: 'id', url, kinds: ['bound'], createdAt: NOW })
      await webhooks.stop('main', { now: NOW, problem: 'status 410' })
    }),
    level: 'error',
    says: /^main: ended \(status 410\)$/,
  },
  {
    id: 'portal-api.keys',
    title: 'a key of the API that ends in two weeks',
    spoil: keyUntil(addDays(NOW, 14)),
    level: 'warning',
    says: /^shop: ends 2\d{3}-\d\d-\d\d$/,
  },
  {
    id: 'portal-api.keys',
    title: 'a key of the API that ended in use',
    spoil: keyUntil(NOW, true),
    level: 'warning',
    says: /^shop: ended 2\d{3}-\d\d-\d\d$/,
  },
  {
    id: 'portal-api.keys',
    title: 'a key of the API that has time',
    spoil: keyUntil(addDays(NOW, 15)),
    level: 'ok',
    says: /^1$/,
  },
]
