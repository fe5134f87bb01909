// A connection that breaks after Huawei has done the work: the client never has it done twice, and the
// refusal says that it may have been done.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { describe, Refusal } from '../../src/base/errors.ts'
import type { KeyCustomer } from '../../src/partner/acting.ts'
import { createPartnerClient, type PartnerClient } from '../../src/partner/client.ts'
import { ACCESS_KEY, CUSTOMER } from './fake-huawei.ts'

const AS: KeyCustomer = { kind: 'key', accessKey: 'CUSTOMERKEY', secretKey: 'customer-secret' }

const EFFECTS: readonly {
  readonly title: string
  readonly call: (client: PartnerClient) => Promise<unknown>
}[] = [
  { title: 'creating a customer', call: (client) => client.createCustomer(CUSTOMER) },
  {
    title: 'paying an order',
    call: (client) =>
      client.payOrder({ order_id: 'CS1', use_coupon: 'NO', use_discount: 'NO' }, { as: AS }),
  },
  {
    title: 'renewing a resource',
    call: (client) =>
      client.renewResources(
        { resource_ids: ['r-1'], period_type: 2, period_num: 1, expire_policy: 1 },
        { as: AS },
      ),
  },
]

// How far the answer comes before the connection breaks.
const BREAKS = [
  { title: 'before the answer', answer: '' },
  { title: 'within the head of the answer', answer: 'HTTP/1.1 200 OK\r\nContent-' },
  { title: 'within the body', answer: 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"domain' },
]

/** A Huawei that does every work and breaks the connection, on new connections and on kept ones. */
async function startBreaking(t: TestContext, answer: string) {
  const done: string[] = []
  const server = createServer(async (request, response) => {
    await request.toArray()
    if (request.url?.endsWith('/query')) {
      response.setHeader('Content-Type', 'application/json').end('{"count":0}')
      return
    }
    done.push(request.url ?? '')
    request.socket.end(answer)
  }).listen(0, '127.0.0.1')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // A TCP server has no other kind of address.
  return { done, url: `http://127.0.0.1:${port}` }
}

for (const { title, call } of EFFECTS) {
  for (const { title: place, answer } of BREAKS) {
    test(`${title} is done once when the connection breaks ${place}`, async (t) => {
      const huawei = await startBreaking(t, answer)
      const waits: number[] = []
      const client = createPartnerClient({
        bssUrl: huawei.url,
        iamUrl: huawei.url,
        key: ACCESS_KEY,
        timeoutSeconds: 5,
        patience: 'minutes',
        sleep: async (ms) => {
          waits.push(ms)
        },
      })
      t.after(client.close)
      await client.queryCustomers() // Leaves a connection that is kept.

      await assert.rejects(call(client), (error) => {
        assert.ok(error instanceof Refusal)
        assert.equal(error.code, 'PARTNER_UNREACHABLE')
        assert.match(describe(error.code).remedy ?? '', /may have been done/)
        return true
      })

      assert.equal(huawei.done.length, 1)
      assert.deepEqual(waits, [])
    })
  }
}
