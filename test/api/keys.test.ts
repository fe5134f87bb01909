// Keys of the portal API: which open what, and where they never show.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeKey } from '../../src/api/key.ts'
import type { Operation } from '../../src/api/operation.ts'
import { OPERATIONS, type OperationName } from '../../src/api/operations.ts'
import { SCOPE_NAMES } from '../../src/api/scopes.ts'
import { addDays } from '../../src/base/clock.ts'
import { systemRandom } from '../../src/base/random.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import { type House, startHouse } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { openPortal } from './client.ts'

async function list(house: House, authorization: string | undefined): Promise<Response> {
  const headers = authorization === undefined ? {} : { authorization }
  return fetch(`${house.url}/api/v1/customers`, { headers })
}

forEachEngine((engine) => {
  const house = sharedHouse(engine, { environment: { API_REQUESTS_PER_MINUTE: '5' } })

  for (const [name, row] of Object.entries<Operation>(OPERATIONS)) {
    test(`${name} needs the scope ${row.scope}, whatever else a key may do`, async () => {
      const scopes = SCOPE_NAMES.filter((scope) => scope !== row.scope)
      const portal = await openPortal(house(), { scopes })

      const answer = await portal.call(name as OperationName, {
        params: { accountId: 'x', name: 'x' },
      })

      assert.deepEqual([answer.status, answer.code], [403, 'API_SCOPE_MISSING'])
    })
  }

  const WRONG = [
    ['no key', () => undefined],
    ['another scheme', (key: string) => `Basic ${key}`],
    ['a key with another secret', (key: string) => `Bearer ${key.slice(0, -4)}AAAA`],
    [
      'a key with another id',
      (key: string) => `Bearer ${key.replace(/_\w{16}_/, `_${'0'.repeat(16)}_`)}`,
    ],
    ['half a key', (key: string) => `Bearer ${key.slice(0, 30)}`],
    ['two keys', (key: string) => `Bearer ${key}, Bearer ${key}`],
  ] as const

  for (const [what, change] of WRONG) {
    test(`${what} opens nothing`, async () => {
      const { key } = await openPortal(house())

      const right = await list(house(), `Bearer ${key}`)
      const wrong = await list(house(), change(key))

      assert.deepEqual([right.status, wrong.status], [200, 401])
      assert.equal(wrong.headers.get('www-authenticate'), 'Bearer')
    })
  }

  test('a key that is revoked or expired opens nothing from that moment on', async () => {
    const { clock, store } = house()
    const wanted = { name: 'short', scopes: SCOPE_NAMES, expiresAt: addDays(clock.now(), 1) }
    const { key, record } = makeKey(wanted, { clock, random: systemRandom })
    await store.apiKeys.add(record)
    const portal = await openPortal(house())

    const before = [
      await list(house(), `Bearer ${key}`),
      await list(house(), `Bearer ${portal.key}`),
    ]
    clock.advance(24 * 60)
    await store.apiKeys.revoke(portal.name, clock.now())
    const after = [
      await list(house(), `Bearer ${key}`),
      await list(house(), `Bearer ${portal.key}`),
    ]

    assert.deepEqual(
      before.map(({ status }) => status),
      [200, 200],
    )
    assert.deepEqual(
      after.map(({ status }) => status),
      [401, 401],
    )
  })

  test('a key that asks too often waits a minute, and no other key with it', async () => {
    const [busy, calm] = [await openPortal(house()), await openPortal(house())]

    for (let turn = 0; turn < 5; turn += 1) await busy.call('listBindings')
    const sixth = await busy.call('listBindings')
    const other = await calm.call('listBindings')
    house().clock.advance(1)
    const later = await busy.call('listBindings')

    assert.deepEqual([sixth.code, sixth.headers.get('retry-after')], ['API_THROTTLED', '60'])
    assert.deepEqual([other.status, later.status], [200, 200])
  })

  test('a network that shows wrong keys again and again waits, and a right key beside it does not', async (t) => {
    const environment = { RATE_LIMIT_PER_MINUTE: '3' }
    const databaseUrl = await freshDatabase(t, engine)
    const limited = await startHouse(t, { databaseUrl, environment })
    const { key } = await openPortal(limited)
    const wrong = `Bearer ${key.slice(0, -4)}AAAA`

    const refused: number[] = []
    for (let turn = 0; turn < 5; turn += 1) refused.push((await list(limited, wrong)).status)
    const right = await list(limited, `Bearer ${key}`)
    limited.clock.advance(1)
    const later = await list(limited, wrong)

    assert.deepEqual(refused, [401, 401, 401, 429, 429])
    assert.deepEqual([right.status, later.status], [200, 401])
  })

  test('neither a key nor what a link opens with is in the log or on record', async () => {
    const portal = await openPortal(house())
    const body = { accountId: 'S-1', login: 'secret-link' }
    await portal.call('createCustomer', { body })
    const params = { accountId: 'S-1' }

    const launch = await portal.call('makeLaunchLink', { params, body: {} })
    const password = await portal.call('makePasswordLink', { params })
    await fetch(String(launch.body['url']), { redirect: 'manual' })

    const lines = house()
      .log()
      .map((line) => JSON.stringify(line))
    const records = await house().store.audit.list({ limit: 1000 })
    const told = [...lines, JSON.stringify(records)].join('\n')
    const secrets = [
      portal.key.slice(-43),
      new URL(String(launch.body['url'])).searchParams.get('ticket') ?? '',
      new URL(String(password.body['url'])).searchParams.get('token') ?? '',
    ]
    assert.ok(told.includes('/api/v1/customers/S-1/launch-link'), 'the log is of these requests')
    for (const secret of secrets) {
      assert.equal(secret.length, 43)
      assert.ok(!told.includes(secret))
    }
  })
})
