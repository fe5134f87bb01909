// The client against the sandbox when connections break after the work is done: from the account to the
// renewal of what was bought, nothing happens a second time.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { createPartnerClient, type PartnerClient } from '../../src/partner/client.ts'
import { customerKey } from '../../src/sandbox/api/keys.ts'
import { PRODUCTS } from '../../src/sandbox/world/price-list.ts'
import { makeKey } from '../sandbox/good-answer.ts'
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts'

const IDS = { xaccount_id: 'C-77001', xaccount_type: SANDBOX.platformId }

async function start(t: TestContext) {
  const sandbox = await startTestSandbox(await makeKey())
  const waits: number[] = []
  const client = createPartnerClient({
    bssUrl: sandbox.url,
    iamUrl: sandbox.url,
    key: { kind: 'access-key', ...SANDBOX },
    timeoutSeconds: 15,
    patience: 'minutes',
    clock: { now: () => sandbox.time.now },
    sleep: async (ms) => {
      waits.push(ms)
    },
  })
  t.after(async () => {
    await client.close()
    await sandbox.stop()
  })
  const drop = (operation: string, times: string) =>
    sandbox.browser.post('/sandbox/fault', { operation, fault: 'drop-after-work', times })
  return { sandbox, client, waits, drop }
}

/** More drops than anybody would repeat into; the call has to end as unknown. */
async function failsOnce(call: Promise<unknown>): Promise<void> {
  await assert.rejects(
    call,
    (error) => error instanceof Refusal && error.code === 'PARTNER_UNREACHABLE',
  )
}

async function placeOrder(sandbox: TestSandbox, customer: string): Promise<string> {
  const [server] = PRODUCTS
  await sandbox.browser.post('/sandbox/orders', {
    customer,
    product: server?.productId ?? '',
    period: 'month',
    periods: '1',
    number: '1',
  })
  return sandbox.readState().world.orders.at(-1)?.orderId ?? ''
}

async function findCustomer(client: PartnerClient): Promise<string> {
  const { customer_infos: found } = await client.queryCustomers()
  assert.equal(found.length, 1)
  return found[0]?.customer_id ?? ''
}

test('creating, paying and renewing are done once when the connection drops after the work', async (t) => {
  const { sandbox, client, waits, drop } = await start(t)
  const effects = () => sandbox.readState().effects

  await drop('createCustomer', '3')
  await failsOnce(client.createCustomer({ domain_area: 'IE', ...IDS }))
  const customer = await findCustomer(client)
  const as = { kind: 'key', ...customerKey(customer) } as const
  const order_id = await placeOrder(sandbox, customer)
  await drop('payOrder', '3')
  await failsOnce(client.payOrder({ order_id, use_coupon: 'NO', use_discount: 'NO' }, { as }))
  const { data: bought } = await client.queryPeriodResources({}, { as })
  const before = bought[0]?.expire_time?.getTime() ?? 0
  await drop('renewResources', '3')
  const resource_ids = [bought[0]?.resource_id ?? '']
  const month = { period_type: 2, period_num: 1, expire_policy: 1, is_auto_pay: 1 } as const
  await failsOnce(client.renewResources({ resource_ids, ...month }, { as }))
  const { data: renewed } = await client.queryPeriodResources({}, { as })

  const { createCustomer, payOrder, renewResources } = effects()
  assert.deepEqual([createCustomer, payOrder, renewResources], [1, 1, 1])
  const days = ((renewed[0]?.expire_time?.getTime() ?? 0) - before) / 86_400_000
  assert.ok(days >= 28 && days <= 31, `renewed by ${days} days`)
  assert.deepEqual(
    waits.filter((ms) => ms >= 60_000),
    [],
    'nothing waited for a repeat',
  )
})

test('a query that is dropped is asked again, and then answered', async (t) => {
  const { client, waits, drop } = await start(t)
  await drop('queryCustomers', '2')

  const { count } = await client.queryCustomers()

  assert.equal(count, 0)
  assert.deepEqual(
    waits.filter((ms) => ms >= 60_000),
    [60_000, 60_000],
  )
})
