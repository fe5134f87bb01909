// Turns: no second has more calls than Huawei takes, whoever calls; and nobody waits for ever.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../../src/base/errors.ts'
import { createTurns } from '../../src/partner/turns.ts'
import { fakeHuawei, json } from './fake-huawei.ts'

const TURN = {
  key: 'queryCustomers partner',
  intervalMs: 100,
  nowMs: 0,
  mostWaitMs: 10_000,
  wrongAfterMs: 60_000,
}

test('eleven callers of one moment are spread over a second', async () => {
  const turns = createTurns()

  const waits = await Promise.all(Array.from({ length: 11 }, () => turns.take(TURN)))

  assert.deepEqual(waits, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
})

test('another operation, and another account, has turns of its own', async () => {
  const turns = createTurns()
  await turns.take(TURN)

  const other = await turns.take({ ...TURN, key: 'queryCustomers d0001' })

  assert.equal(other, 0)
})

test('whoever comes after the turn of the last one need not wait', async () => {
  const turns = createTurns()
  await turns.take(TURN)

  const later = await turns.take({ ...TURN, nowMs: 100 })

  assert.equal(later, 0)
})

test('a turn that is too far away is not taken, and does not lengthen the queue', async () => {
  const turns = createTurns()
  const impatient = { ...TURN, mostWaitMs: 150 }
  const waits = [await turns.take(impatient), await turns.take(impatient)]

  const refused = [await turns.take(impatient), await turns.take(impatient)]
  const patient = await turns.take(TURN)

  assert.deepEqual(waits, [0, 100])
  assert.deepEqual(refused, [undefined, undefined])
  assert.equal(patient, 200)
})

test('a clock that was ahead for a while does not keep callers out afterwards', async () => {
  const turns = createTurns()
  await turns.take({ ...TURN, nowMs: 3_600_000 })

  const now = await turns.take(TURN)

  assert.equal(now, 0)
})

test('however callers come, no second has more than ten of them', async () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(gaps, async (all) => {
      const turns = createTurns()
      const calls: number[] = []
      let nowMs = 0
      for (const gap of all) {
        nowMs += gap
        const wait = await turns.take({ ...TURN, nowMs })
        if (wait !== undefined) calls.push(nowMs + wait)
      }

      const crowded = calls.filter((at, index) => (calls[index + 10] ?? Infinity) - at < 1000)

      assert.deepEqual(crowded, [])
    }),
  )
})

test('many accounts do not fill the memory: turns that are past are forgotten', async () => {
  const turns = createTurns()
  for (let at = 0; at < 5000; at += 1) await turns.take({ ...TURN, key: `${at}`, nowMs: at * 100 })

  const again = await turns.take({ ...TURN, key: '0', nowMs: 500_000 })

  assert.equal(again, 0)
})

test('a client keeps to the limit of each operation by itself', async () => {
  const { client, waits } = fakeHuawei(() => json(200, { count: 0, check_result: 'available' }))
  const name = { search_type: 'name', search_value: 'acme_cloud' } as const

  await client.queryCustomers()
  await client.queryCustomers()
  await client.checkIdentity(name)
  await client.checkIdentity(name)

  assert.deepEqual(waits, [100, 200], 'ten a second, and five a second for checkIdentity')
})

test('customers who are acted for have turns of their own', async () => {
  const huawei = fakeHuawei(() => json(200, { count: 0 }))
  const key = (accessKey: string) => ({ kind: 'key', accessKey, secretKey: 'secret' }) as const

  await huawei.client.listCoupons()
  await huawei.client.listCoupons({}, { as: key('FIRSTKEY') })
  await huawei.client.listCoupons({}, { as: key('SECONDKEY') })

  assert.deepEqual(huawei.waits, [])
})

test('who would have to wait too long is refused, and nothing is sent', async () => {
  const turns = { take: async () => undefined }
  const huawei = fakeHuawei(() => json(200, { count: 0 }), { turns })

  await assert.rejects(
    huawei.client.queryCustomers(),
    (error) => error instanceof Refusal && error.code === 'PARTNER_THROTTLED',
  )

  assert.equal(huawei.received.length, 0)
})
