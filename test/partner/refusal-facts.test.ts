// What a refusal says, and to whom: fields, rules and Huawei's codes in its facts, Huawei's own words for
// the log alone, and nowhere a secret.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog, logRefusal } from '../../src/base/log.ts'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import { explain } from '../../src/partner/index.ts'
import { ACCESS_KEY, CUSTOMER, fakeHuawei, json, refusalOf } from './fake-huawei.ts'

const FREEZE = { customer_ids: ['d0001', 'd0002'], reason: 'Arrears' }

test('input that breaks the rules is not sent; the refusal names fields and rules, no values', async () => {
  const huawei = fakeHuawei(() => json(200, { domain_id: 'd0001' }))

  const refusal = await refusalOf(
    huawei.client.createCustomer({ ...CUSTOMER, domain_name: 'op_secret', password: 'Short1' }),
  )

  assert.equal(refusal.code, 'PARTNER_INVALID_INPUT')
  assert.deepEqual(refusal.facts, {
    operation: 'createCustomer',
    problems: [
      { field: 'domain_name', rule: 'must not start with op_ or shadow_' },
      { field: 'password', rule: 'must be a text of 8 to 32 characters' },
    ],
  })
  assert.equal(huawei.received.length, 0)
})

test('facts and log lines hold no secret and nothing personal, even if Huawei quotes it', async () => {
  const password = 'Correct-horse-9'
  const huawei = fakeHuawei(({ headers, body }) =>
    json(400, { error_code: 'CBC.0100', error_msg: `${body}\n${[...headers].join()}` }),
  )

  const refusal = await refusalOf(huawei.client.createCustomer({ ...CUSTOMER, password }))

  const written: string[] = []
  logRefusal(createLog('debug', { write: (line) => written.push(line) }), refusal, 'reference')
  const log = huawei.logText() + written.join('')
  assert.match(log, /CBC\.0100/)
  const secrets = [password, CUSTOMER.email, CUSTOMER.verification_code, ACCESS_KEY.secretKey]
  for (const secret of secrets) assert.ok(!log.includes(secret), `the log holds ${secret}`)
})

test('Huawei’s own words are kept for the log as one short line', async () => {
  const huawei = fakeHuawei(() =>
    json(400, {
      error_code: 'CBC.0100',
      error_msg: `Parameter\r\nerror ${'A1'.repeat(30)} ${'and so on '.repeat(50)}`,
    }),
  )

  const { facts } = await refusalOf(huawei.client.queryCustomers({}))

  const text = String(facts['remoteText'])
  assert.match(text, /^Parameter error \(long value\) and so on/)
  assert.equal(text.length, 200)
})

test('a code that does not look like one is not logged', async () => {
  const huawei = fakeHuawei(() => json(400, { error_code: 'CBC.1\n{"level":"fatal"}' }))

  const { code, facts } = await refusalOf(huawei.client.queryCustomers({}))

  assert.equal(code, 'PARTNER_REFUSED')
  assert.equal(facts['remoteCode'], undefined)
})

test('a refusal says what Huawei’s code means, in the words of the catalogue', async () => {
  const huawei = fakeHuawei(() => json(400, { error_code: 'CBC.99000035', error_msg: 'wrong' }))
  const row = CATALOGUE.freezeCustomers.errors.find(({ code }) => code === 'CBC.99000035')

  const refusal = await refusalOf(huawei.client.freezeCustomers(FREEZE))

  assert.ok(row)
  assert.equal(refusal.facts['meaning'], row.meaning)
  assert.equal(refusal.facts['remedy'], row.remedy)
})

test('of what an error carries besides, the documented lists are kept, shortened and masked', async () => {
  const huawei = fakeHuawei(() =>
    json(400, {
      error_code: 'CBC.0100',
      error_details: Array.from({ length: 30 }, (_, at) => ({
        id: `d${at}`,
        error_msg: 'Arrears 9',
      })),
      order_ids: ['CS1'],
      expiredResourceIds: null,
      stack: 'internal',
    }),
  )

  const { facts } = await refusalOf(
    huawei.client.freezeCustomers({ ...FREEZE, reason: 'Arrears 9' }),
  )

  const detail = facts['detail'] as Readonly<Record<string, readonly unknown[]>>
  assert.deepEqual(Object.keys(detail), ['order_ids', 'error_details'])
  assert.deepEqual(detail['order_ids'], ['CS1'])
  assert.deepEqual(detail['error_details']?.[0], { id: 'd0', error_msg: '(reason)' })
  assert.equal(detail['error_details']?.length, 20)
  assert.equal(facts['stack'], undefined)
})

const UNKNOWN = [
  { title: 'no answer', reply: () => Promise.reject(new TypeError('fetch failed')) },
  { title: 'an answer that cannot be read', reply: () => new Response('ok') },
]

for (const { title, reply } of UNKNOWN) {
  test(`what changes something and gets ${title} is not to be repeated unseen`, async () => {
    const huawei = fakeHuawei(reply)

    const write = await refusalOf(huawei.client.freezeCustomers(FREEZE))
    const read = await refusalOf(huawei.client.queryCustomers())

    assert.equal(write.facts['remedy'], 'It may have been done: look before you call it again.')
    assert.equal(read.facts['remedy'], undefined)
  })
}

test('an error is explained by the remedy of its own code, without what Huawei wrote', async () => {
  const huawei = fakeHuawei(() => json(400, { error_code: 'CBC.99000035', error_msg: 'raw words' }))

  const text = explain(await refusalOf(huawei.client.freezeCustomers(FREEZE)))

  const row = CATALOGUE.freezeCustomers.errors.find(({ code }) => code === 'CBC.99000035')
  assert.equal(text.split('\n')[1], row?.remedy)
  assert.doesNotMatch(text, /raw words/)
})
