// Calls that are given up: wherever a call waits, it ends at once with the reason it is given.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemSleep } from '../../src/partner/sleep.ts'
import { CUSTOMER, type FakeHuawei, fakeHuawei, json, PASSWORD, type Reply } from './fake-huawei.ts'

const REASON = new Error('the person has left')
const never = () => new Promise<never>(() => undefined)

/** Answers as the network does: not at all, until the request is given up. */
const silent: Reply = ({ signal }) =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })

const busy = () => json(429, { error_code: 'APIGW.0308' }, { 'Retry-After': '60' })

const WAITS: readonly { readonly title: string; readonly huawei: () => FakeHuawei }[] = [
  { title: 'an answer', huawei: () => fakeHuawei(silent) },
  {
    title: 'the rest of an answer',
    huawei: () =>
      fakeHuawei(({ signal }) => {
        const body = new ReadableStream({
          start: (stream) => {
            signal?.addEventListener('abort', () => stream.error(signal.reason))
          },
        })
        return new Response(body)
      }),
  },
  { title: 'a token', huawei: () => fakeHuawei(never, { key: PASSWORD }) },
  {
    title: 'its turn',
    huawei: () =>
      fakeHuawei(() => json(200, { count: 0 }), {
        turns: { take: async () => 60_000 },
        sleep: systemSleep,
      }),
  },
  {
    title: 'the queue of other processes',
    huawei: () => fakeHuawei(() => json(200, { count: 0 }), { turns: { take: never } }),
  },
  { title: 'a repeat', huawei: () => fakeHuawei(busy, { sleep: systemSleep }) },
]

for (const { title, huawei } of WAITS) {
  test(`a call that waits for ${title} ends with the reason of whoever gives it up`, async () => {
    const { client } = huawei()
    const controller = new AbortController()

    const call = client.queryCustomers({}, { signal: controller.signal })
    setImmediate(() => controller.abort(REASON))

    await assert.rejects(call, (error) => error === REASON)
  })
}

test('a call that is given up before it begins sends nothing', async () => {
  const huawei = fakeHuawei(() => json(200, { count: 0 }))

  const call = huawei.client.queryCustomers({}, { signal: AbortSignal.abort(REASON) })

  await assert.rejects(call, (error) => error === REASON)
  assert.equal(huawei.received.length, 0)
})

test('the log says of a write that was given up that it may have been done', async () => {
  const huawei = fakeHuawei(silent)
  const controller = new AbortController()

  const call = huawei.client.createCustomer(CUSTOMER, { signal: controller.signal })
  setImmediate(() => controller.abort(REASON))

  await assert.rejects(call, (error) => error === REASON)
  const [line, ...others] = huawei.lines()
  assert.deepEqual(others, [])
  assert.equal(line?.['operation'], 'createCustomer')
  assert.equal(line['isCancelled'], true)
  assert.equal(line['msg'], 'what was asked may have been done')
})

test('a walk that is given up ends where it is', async () => {
  const controller = new AbortController()
  const page = Array.from({ length: 10 }, (_, at) => ({ customer_id: `d${at}` }))
  const huawei = fakeHuawei(() => json(200, { count: 1000, customer_infos: page }))
  const found: string[] = []

  const items = huawei.client.queryCustomers.all({ limit: 10 }, { signal: controller.signal })
  const walk = async () => {
    for await (const { customer_id: id } of items) {
      found.push(id)
      if (found.length === 10) controller.abort(REASON)
    }
  }

  await assert.rejects(walk, (error) => error === REASON)
  assert.equal(found.length, 10)
  assert.equal(huawei.received.length, 1)
})
