// The ways of `call` beside plain answers: confirmation, dry runs, whole lists, customers, and what was
// done in part.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { huawei } from './huawei.ts'
import { startShell } from './start.ts'

const FREEZE =
  'call freezeCustomers --customer-ids d-1 --customer-ids d-2 --freeze-type ACCOUNT --reason arrears'.split(
    ' ',
  )

const CONFIRMED = [
  { title: 'a yes at the terminal', words: [], stdin: 'yes\n', isTTY: true, exitCode: 0 },
  { title: 'a no at the terminal', words: [], stdin: 'no\n', isTTY: true, exitCode: 1 },
  { title: 'a y at the terminal', words: [], stdin: 'y\n', isTTY: true, exitCode: 1 },
  { title: 'an empty line at the terminal', words: [], stdin: '\n', isTTY: true, exitCode: 1 },
  { title: 'nobody at the terminal', words: [], stdin: '', isTTY: true, exitCode: 1 },
  { title: 'no terminal', words: [], stdin: 'yes\n', isTTY: false, exitCode: 2 },
  {
    title: 'a terminal whose input holds the fields',
    words: ['--json', '-'],
    stdin: '{}',
    isTTY: true,
    exitCode: 2,
  },
  { title: '--yes without a terminal', words: ['--yes'], stdin: '', isTTY: false, exitCode: 0 },
  { title: '--yes at the terminal', words: ['--yes'], stdin: '', isTTY: true, exitCode: 0 },
] as const

for (const { title, words, stdin, isTTY, exitCode } of CONFIRMED) {
  const isSent = exitCode === 0
  test(`with ${title}, customers are ${isSent ? '' : 'not '}frozen`, async (t) => {
    const shell = await startShell(t)
    const remote = huawei([{ error_details: [] }])

    const ran = await shell.run([...FREEZE, ...words], { ...remote, stdin, isTTY })

    assert.equal(ran.exitCode, exitCode, ran.stderr)
    assert.equal(remote.asked.length, isSent ? 1 : 0)
  })
}

test('whoever is asked to confirm reads what will happen and to whom', async (t) => {
  const shell = await startShell(t)
  const remote = huawei([{ error_details: [] }])

  const ran = await shell.run(FREEZE, { ...remote, stdin: 'no\n', isTTY: true })

  assert.match(ran.stderr, / {2}customer_ids: \["d-1","d-2"\]\n/)
  assert.match(ran.stderr, /Type yes: nothing was sent\n$/)
})

test('nobody is asked to confirm what could not be sent', async (t) => {
  const shell = await startShell(t)
  const remote = huawei([{}])
  const words = 'call freezeCustomers --freeze-type ACCOUNT --reason arrears'

  const ran = await shell.run(words, { ...remote, stdin: 'yes\n', isTTY: true })

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stderr, /^PARTNER_INVALID_INPUT: .*\n.*\n {2}customer_ids: /)
  assert.doesNotMatch(ran.stderr, /Type yes/)
})

test('what Huawei did not do is said beside the answer, and ends with 1', async (t) => {
  const shell = await startShell(t)
  const failed = { error_code: 'CBC.99003987', error_msg: 'in arrears', id: 'd-2' }
  const remote = huawei([{ error_details: [failed] }])

  const ran = await shell.run([...FREEZE, '--yes'], remote)

  assert.equal(ran.exitCode, 1)
  assert.equal(JSON.parse(ran.stdout).error_details[0].id, 'd-2')
  assert.match(ran.stderr, /^not done: 1 \(error_details\)\n.*error_code.*\n.*CBC\.99003987/)
})

const MISTAKES = [
  {
    title: 'an operation of customers needs one',
    words: 'call disableAutoRenewal --resource-id r-1',
    says: /--customer says whose/,
  },
  {
    title: 'an agency without a customer means nothing',
    words: 'call listOrders --agency partner',
    says: /need --customer/,
  },
  {
    title: 'an operation of the partner takes no agency',
    words: 'call queryCustomers --agency partner',
    says: /unknown option '--agency'/,
  },
  {
    title: 'only lists have --all',
    words: 'call showBudget --customer-id d-1 --all',
    says: /unknown option '--all'/,
  },
  {
    title: 'a dry run shows one request, and a list takes many',
    words: 'call queryCustomers --all --dry-run',
    says: /cannot be used with option '--all'/,
  },
  {
    title: 'a form that does not exist is named',
    words: 'call queryCustomers --output yaml',
    says: /Allowed choices are table, json, jsonl/,
  },
]

for (const { title, words, says } of MISTAKES) {
  test(`${title}: nothing is sent, and the end is 2`, async (t) => {
    const shell = await startShell(t)
    const remote = huawei([{}])

    const ran = await shell.run(words, remote)

    assert.equal(ran.exitCode, 2)
    assert.match(ran.stderr, says)
    assert.deepEqual([remote.asked, remote.askedOfIam], [[], []])
  })
}

const CUSTOMERS = [
  { given: '0123456789abcdef0123456789abcdef', account: 'domain_id' },
  { given: 'sample-customer', account: 'domain_name' },
]

for (const { given, account } of CUSTOMERS) {
  test(`a customer given by ${account} lends their role for the call`, async (t) => {
    const shell = await startShell(t)
    const remote = huawei([{ total_count: 0, order_infos: [] }])
    const words = ['call', 'listOrders', '--customer', given, '--agency', 'renamed']

    const ran = await shell.run(words, remote)

    assert.equal(ran.exitCode, 0, ran.stderr)
    assert.match(
      JSON.stringify(remote.askedOfIam[0]?.body),
      new RegExp(`"${account}":"${given}","agency_name":"renamed"`),
    )
    assert.match(remote.asked[0]?.headers.get('x-auth-token') ?? '', /^MII/)
  })
}

const SECRETS = {
  password: 'Secret-of-9',
  verification_code: '918273',
}
const CREATE = {
  domain_area: 'IE',
  xaccount_id: 'c-1',
  xaccount_type: 'example_IDP',
  email: 'ann@acme.example',
  ...SECRETS,
}
const BY_KEY = {
  HUAWEI_ACCESS_KEY: 'ACCESSKEYOFTESTS',
  HUAWEI_SECRET_KEY: 'the-secret-key-of-the-tests',
}
const BY_PASSWORD = {
  HUAWEI_IAM_USER: 'api-user-of-tests',
  HUAWEI_IAM_PASSWORD: 'the-iam-password-of-the-tests',
  HUAWEI_IAM_DOMAIN: 'partner-account',
}

const DRY = [
  { by: 'the access key', environment: BY_KEY, words: 'createCustomer', before: [] },
  {
    by: 'a token',
    environment: BY_PASSWORD,
    words: 'createCustomer',
    before: ['/v3/auth/tokens'],
  },
  {
    by: "a customer's token",
    environment: BY_KEY,
    words: 'listOrders --customer sample-customer',
    before: ['/v3/auth/tokens'],
  },
  {
    by: "a customer's temporary key",
    environment: BY_KEY,
    words: 'listOrders --customer sample-customer --as-key',
    before: ['/v3.0/OS-CREDENTIAL/securitytokens'],
  },
  {
    by: "a customer's token, bought with a token",
    environment: BY_PASSWORD,
    words: 'payOrder --order-id CS1 --use-coupon NO --use-discount NO --customer sample-customer',
    before: ['/v3/auth/tokens', '/v3/auth/tokens'],
  },
]

for (const { by, environment, words, before } of DRY) {
  for (const output of ['table', 'json']) {
    test(`a dry run by ${by} shows the request as ${output}, sends nothing and hides secrets`, async (t) => {
      const shell = await startShell(t)
      const remote = huawei([{}])
      const stdin = words === 'createCustomer' ? JSON.stringify(CREATE) : '{}'
      const argv = `call ${words} --json - --dry-run --output ${output}`

      const ran = await shell.run(argv, { ...remote, stdin, environment })

      assert.equal(ran.exitCode, 0, ran.stderr)
      assert.deepEqual([remote.asked, remote.askedOfIam], [[], []])
      assert.match(ran.stdout, /\*{4}/)
      const said = ran.stdout + ran.stderr
      const { HUAWEI_SECRET_KEY, HUAWEI_ACCESS_KEY } = BY_KEY
      const secrets = [...Object.values(SECRETS), HUAWEI_SECRET_KEY, HUAWEI_ACCESS_KEY]
      for (const secret of [...secrets, BY_PASSWORD.HUAWEI_IAM_PASSWORD]) {
        assert.ok(!said.includes(secret), secret)
      }
      assert.doesNotMatch(said, /Signature=[0-9a-f]/)
      const asked = [...ran.stderr.matchAll(/^before it: POST (\S+)$/gm)]
      assert.deepEqual(
        asked.map(([, url]) => new URL(url ?? '').pathname),
        before,
      )
    })
  }
}

test('a dry run shows the scheme, the end of the key and the signed headers', async (t) => {
  const shell = await startShell(t)

  const ran = await shell.run('call queryCustomers --dry-run --output json --limit 5', {
    environment: BY_KEY,
  })

  const { method, headers, body } = JSON.parse(ran.stdout)
  assert.deepEqual([method, body], ['POST', '{"limit":5}'])
  assert.match(
    headers.authorization,
    /^SDK-HMAC-SHA256 Access=\*{4}ESTS, SignedHeaders=[a-z;-]*host[a-z;-]*, Signature=\*{4}$/,
  )
})

/** A list of `total` customers in pages of any size. */
function listOf(total: number): typeof fetch {
  return async (_address, init) => {
    const { offset = 0, limit = 10 } = JSON.parse(String(init?.body))
    const ids = Array.from({ length: total }, (_, at) => ({ customer_id: `d-${at}` }))
    return Response.json({ count: total, customer_infos: ids.slice(offset, offset + limit) })
  }
}

const FORMS = [
  { words: '--output jsonl', read: (text: string) => text.trimEnd().split('\n') },
  { words: '', read: (text: string) => text.trimEnd().split('\n') },
  { words: '--output json', read: (text: string) => JSON.parse(text) },
  {
    words: '--output table',
    read: (text: string) => text.split('\n').filter((line) => /^d-\d+$/.test(line)),
  },
]

for (const { words, read } of FORMS) {
  for (const total of [0, 1, 250]) {
    test(`--all ${words} writes each of ${total} items once`, async (t) => {
      const shell = await startShell(t)
      const argv = `call queryCustomers --all ${words}`.trimEnd()

      const ran = await shell.run(argv, { fetch: listOf(total) })

      assert.equal(ran.exitCode, 0, ran.stderr)
      const items = read(ran.stdout).filter((item: unknown) => item !== '')
      assert.equal(items.length, total)
    })
  }
}

test('--all draws a bar for whoever looks and takes it away again', async (t) => {
  const shell = await startShell(t)

  const ran = await shell.run('call queryCustomers --all', { fetch: listOf(250), isTTY: true })

  assert.match(ran.stderr, /of 250/)
  assert.match(ran.stdout, /^customer_infos\ncustomer_id\nd-0\n/)
})

test('Ctrl+C ends a list after whole items, with the exit code of an interruption', async (t) => {
  const shell = await startShell(t)
  const controller = new AbortController()
  const list = listOf(250)
  let pages = 0
  const fetch: typeof globalThis.fetch = (address, init) => {
    pages += 1
    if (pages === 2) controller.abort()
    init?.signal?.throwIfAborted()
    return list(address, init)
  }

  const ran = await shell.run('call queryCustomers --all --output json', {
    fetch,
    interruption: controller.signal,
  })

  assert.equal(ran.exitCode, 130)
  assert.equal(JSON.parse(ran.stdout).length, 100)
  assert.equal(ran.stderr, 'interrupted: the list goes on\n')
})

test('whoever reads a page learns that there is more', async (t) => {
  const shell = await startShell(t)

  const ran = await shell.run('call queryCustomers --limit 5', { fetch: listOf(7), isTTY: true })

  assert.match(ran.stderr, /5 of 7; --all gives every one/)
})

test('the command line waits while Huawei is busy, and says so', async (t) => {
  const shell = await startShell(t)
  const list = listOf(1)
  let calls = 0
  const fetch: typeof globalThis.fetch = async (address, init) => {
    calls += 1
    if (calls > 1) return list(address, init)
    return Response.json({ error_code: 'APIGW.0308' }, { status: 429 })
  }

  const ran = await shell.run('call queryCustomers', { fetch })

  assert.equal(ran.exitCode, 0)
  assert.equal(
    ran.stderr,
    'PARTNER_THROTTLED: trying again in 60 s (attempt 2 of 3); Ctrl+C gives up\n',
  )
})

test('a deprecated operation says so on standard error', async (t) => {
  const shell = await startShell(t)
  const remote = huawei([{}])
  const words = 'call showCredit --partner-id p-1 --customer-id d-1'

  const ran = await shell.run(words, remote)

  assert.match(ran.stderr, /^showCredit is deprecated: /)
  assert.equal(ran.exitCode, 0, ran.stderr)
})
