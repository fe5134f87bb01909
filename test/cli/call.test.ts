// `call`: the partner API by hand. A Huawei Cloud of a few lines answers.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { huawei } from './huawei.ts'
import { startShell } from './start.ts'

const CREATE = {
  domain_area: 'IE',
  xaccount_id: 'c-1',
  xaccount_type: 'example_IDP',
  password: 'Secret-of-9',
}

test('flags become the fields on the wire, and the answer is JSON', async (t) => {
  const shell = await startShell(t)
  const remote = huawei([{ count: 1, customer_infos: [{ customer_id: 'd-1' }] }])

  const ran = await shell.run('call queryCustomers --customer-id d-1 --limit 10', remote)

  assert.deepEqual([ran.exitCode, ran.stderr], [0, ''])
  assert.equal(JSON.parse(ran.stdout).customer_infos[0].customer_id, 'd-1')
  const [only] = remote.asked
  assert.match(only?.url.href ?? '', /\/v2\/partners\/sub-customers\/query$/)
  assert.deepEqual(only?.body, { customer_id: 'd-1', limit: 10 })
})

test('numbers and booleans are sent as such, and texts that look like them as texts', async (t) => {
  const shell = await startShell(t)
  const remote = huawei([{ domain_id: 'd-1' }])
  const words =
    'call createCustomer --domain-area IE --xaccount-id 42 --xaccount-type x --is-close-market-ms true --include-association-result false'

  const ran = await shell.run(words, remote)

  assert.equal(ran.exitCode, 0)
  assert.deepEqual(remote.asked[0]?.body, {
    domain_area: 'IE',
    xaccount_id: '42',
    xaccount_type: 'x',
    is_close_market_ms: 'true',
    include_association_result: false,
  })
})

test('an operation that answers nothing prints null', async (t) => {
  const shell = await startShell(t)
  const remote = huawei([undefined])
  const words = 'call sendVerificationCode --receiver-type 2 --email ann@example.com'

  const ran = await shell.run(words, remote)

  assert.deepEqual([ran.exitCode, ran.stdout], [0, 'null\n'])
  assert.deepEqual(remote.asked[0]?.body, { receiver_type: 2, email: 'ann@example.com' })
})

const SOURCES = [
  { from: 'standard input', file: () => '-' },
  { from: 'a file', file: (folder: string) => join(folder, 'input.json') },
]

for (const { from, file } of SOURCES) {
  test(`fields come from ${from}, secrets only there, and flags go before`, async (t) => {
    const shell = await startShell(t)
    const remote = huawei([{ domain_id: 'd-1' }])
    const stdin = JSON.stringify(CREATE)
    writeFileSync(join(shell.folder, 'input.json'), stdin)
    const words = ['call', 'createCustomer', '--json', file(shell.folder), '--xaccount-id', 'c-2']

    const ran = await shell.run(words, { ...remote, stdin })

    assert.deepEqual([ran.exitCode, ran.stderr], [0, ''])
    assert.deepEqual(remote.asked[0]?.body, { ...CREATE, xaccount_id: 'c-2' })
  })
}

const REFUSED = [
  {
    title: 'fields that are missing or wrong are named, and nothing is sent',
    words: 'call sendVerificationCode --receiver-type two --email nobody',
    stdin: '',
    says: /^PARTNER_INVALID_INPUT: .*\n {2}operation: .*\n {2}receiver_type: .*\n {2}email: must be an e-mail address\nhint: .*\nremedy: /,
  },
  {
    title: 'a number that is none is named, and nothing is sent',
    words: 'call queryCustomers --limit 1e2',
    stdin: '',
    says: /\n {2}limit: /,
  },
  {
    title: 'a field that does not exist is named, and nothing is sent',
    words: 'call queryCustomers --json -',
    stdin: '{"customerid":"d-1"}',
    says: /customerid/,
  },
  {
    title: 'input that is no JSON is refused, and nothing is sent',
    words: 'call queryCustomers --json -',
    stdin: '{"customer_id":',
    says: /^PARTNER_INVALID_INPUT: .*\n.*\n {2}--json -: must hold one JSON object\n/,
  },
  {
    title: 'a JSON list is refused, and nothing is sent',
    words: 'call queryCustomers --json -',
    stdin: '[]',
    says: /--json -: must hold one JSON object/,
  },
]

for (const { title, words, stdin, says } of REFUSED) {
  test(title, async (t) => {
    const shell = await startShell(t)
    const remote = huawei([{}])

    const ran = await shell.run(words, { ...remote, stdin })

    assert.equal(ran.exitCode, 1)
    assert.equal(ran.stdout, '')
    assert.match(ran.stderr, says)
    assert.deepEqual(remote.asked, [])
  })
}

test("a refusal of Huawei's has our code, theirs, and the request id for their support", async (t) => {
  const shell = await startShell(t)
  const remote = huawei([{ error_code: 'CBC.0151', error_msg: 'Access denied.' }], 403)

  const ran = await shell.run('call queryCustomers', remote)

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stderr, /^PARTNER_FORBIDDEN: /)
  assert.match(ran.stderr, / {2}remoteCode: CBC\.0151\n/)
  assert.match(ran.stderr, / {2}requestId: request-1\n/)
})

test('without credentials nothing is asked', async (t) => {
  const shell = await startShell(t)
  const remote = huawei([{}])
  const environment = {
    HUAWEI_SITE: 'europe',
    HUAWEI_PLATFORM_ID: 'example_IDP',
    HUAWEI_PARTNER_ID: 'partner-1',
  }

  const ran = await shell.run('call queryCustomers', { ...remote, environment })

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stderr, /^PARTNER_NOT_CONFIGURED: /)
  assert.deepEqual(remote.asked, [])
})
