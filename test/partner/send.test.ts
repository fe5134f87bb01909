// What becomes of answers that are no success: every error shape, everything that is no answer, and
// what never happens in between (a second attempt, a secret in a fact).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERROR_CODES } from '../../src/base/error-codes.ts'
import { Refusal } from '../../src/base/errors.ts'
import type { PartnerClient, PartnerClientDeps } from '../../src/partner/client.ts'
import { findPendingAccount, REMOTE_CODES } from '../../src/partner/remote-errors.ts'
import { CUSTOMER, fakeHuawei, json, type Reply, refusalOf } from './fake-huawei.ts'

const FREEZE = { customer_ids: ['d0001', 'd0002'], reason: 'Arrears' }

const bss = (status: number, code: string) => () =>
  json(status, { error_code: code, error_msg: 'as documented' })

const html = (status: number) => () =>
  new Response('<html>Bad gateway</html>', { status, headers: { 'Content-Type': 'text/html' } })

const ANSWERS: readonly { readonly title: string; readonly reply: Reply; readonly code: string }[] =
  [
    { title: 'a name that is taken', reply: bss(400, 'CBC.99000038'), code: 'PARTNER_NAME_TAKEN' },
    { title: 'a name that is invalid', reply: bss(400, 'CBC.99000031'), code: 'PARTNER_BAD_NAME' },
    {
      title: 'an address that is taken',
      reply: bss(400, 'CBC.99000028'),
      code: 'PARTNER_EMAIL_TAKEN',
    },
    {
      title: 'an address that Huawei registered in advance',
      reply: bss(400, 'CBC.99000051'),
      code: 'PARTNER_EMAIL_TAKEN',
    },
    { title: 'an address that is invalid', reply: bss(400, 'CBC.5016'), code: 'PARTNER_BAD_EMAIL' },
    {
      title: 'an address that no code can be sent to',
      reply: bss(400, 'CBC.99004004'),
      code: 'PARTNER_BAD_EMAIL',
    },
    {
      title: 'a customer who has an account',
      reply: bss(400, 'CBC.99000039'),
      code: 'PARTNER_ACCOUNT_EXISTS',
    },
    { title: 'a wrong code', reply: bss(400, 'CBC.99004010'), code: 'PARTNER_WRONG_CODE' },
    { title: 'a code that ran out', reply: bss(400, 'CBC.99004008'), code: 'PARTNER_CODE_SPENT' },
    {
      title: 'a code that was entered wrongly too often',
      reply: bss(400, 'CBC.99004009'),
      code: 'PARTNER_CODE_SPENT',
    },
    { title: 'too many codes', reply: bss(400, 'CBC.99004015'), code: 'PARTNER_CODE_LIMIT' },
    { title: 'a refused caller', reply: bss(401, 'CBC.0154'), code: 'PARTNER_UNAUTHORIZED' },
    { title: 'a missing permission', reply: bss(403, 'CBC.0151'), code: 'PARTNER_FORBIDDEN' },
    { title: 'a customer of another site', reply: bss(403, 'CBC.0156'), code: 'PARTNER_FORBIDDEN' },
    { title: 'a throttled call', reply: bss(429, 'CBC.0250'), code: 'PARTNER_THROTTLED' },
    {
      title: 'an error without a code of ours',
      reply: bss(400, 'CBC.0100'),
      code: 'PARTNER_REFUSED',
    },
    { title: 'an error of Huawei’s own', reply: bss(500, 'CBC.0999'), code: 'PARTNER_REFUSED' },
    {
      title: 'an error behind status 200',
      reply: bss(200, 'CBC.99000038'),
      code: 'PARTNER_NAME_TAKEN',
    },
    {
      title: 'an unknown error behind status 200',
      reply: bss(200, 'CBC.5020'),
      code: 'PARTNER_REFUSED',
    },
    {
      title: 'a pending association',
      reply: bss(500, 'CBC.99000050'),
      code: 'PARTNER_ASSOCIATION_PENDING',
    },
    {
      title: 'the gateway throttling, in its own shape',
      reply: () =>
        json(429, { error_code: 'APIGW.0308', error_message: 'threshold', request_id: 'r' }),
      code: 'PARTNER_THROTTLED',
    },
    {
      title: 'the gateway refusing a signature, in its other shape',
      reply: () => json(401, { error_code: 'APIGW.0301', error_msg: 'expired', request_id: 'r' }),
      code: 'PARTNER_UNAUTHORIZED',
    },
    {
      title: 'an error in the shape of IAM',
      reply: () => json(401, { error: { code: 401, message: 'wrong', title: 'Unauthorized' } }),
      code: 'PARTNER_UNAUTHORIZED',
    },
    {
      title: 'an error in the shape of old services',
      reply: () => json(400, { errorCode: 'CBC.99000039', errorMsg: 'duplicate' }),
      code: 'PARTNER_ACCOUNT_EXISTS',
    },
    {
      title: 'a status 403 without a body',
      reply: () => new Response('', { status: 403 }),
      code: 'PARTNER_FORBIDDEN',
    },
    { title: 'a page of HTML with status 200', reply: html(200), code: 'PARTNER_BAD_ANSWER' },
    { title: 'a page of HTML with status 500', reply: html(500), code: 'PARTNER_BAD_ANSWER' },
    {
      title: 'the page of a gateway that got no answer',
      reply: html(504),
      code: 'PARTNER_UNREACHABLE',
    },
    {
      title: 'half of a JSON text',
      reply: () => new Response('{"domain_id":'),
      code: 'PARTNER_BAD_ANSWER',
    },
    {
      title: 'JSON that is no object',
      reply: () => json(200, ['d0001']),
      code: 'PARTNER_BAD_ANSWER',
    },
    {
      title: 'an answer without a body',
      reply: () => new Response(''),
      code: 'PARTNER_BAD_ANSWER',
    },
    {
      title: 'an answer without the account id',
      reply: () => json(200, { domain_name: 'acme_cloud' }),
      code: 'PARTNER_BAD_ANSWER',
    },
    {
      title: 'bytes that are no UTF-8',
      reply: () => new Response(Buffer.from('{"domain_id":"\xff"}', 'latin1')),
      code: 'PARTNER_BAD_ANSWER',
    },
    {
      title: 'a redirect',
      reply: () =>
        new Response(null, { status: 302, headers: { Location: 'https://evil.example' } }),
      code: 'PARTNER_BAD_ANSWER',
    },
    {
      title: 'a connection that fails',
      reply: () => Promise.reject(new TypeError('fetch failed')),
      code: 'PARTNER_UNREACHABLE',
    },
  ]

for (const { title, reply, code } of ANSWERS) {
  test(`creating a customer ends with ${code} after ${title}, and is sent once`, async () => {
    const huawei = fakeHuawei(reply)

    const refusal = await refusalOf(huawei.client.createCustomer(CUSTOMER))

    assert.equal(refusal.code, code)
    assert.equal(refusal.facts['operation'], 'createCustomer')
    assert.equal(huawei.received.length, 1)
  })
}

test('a page of HTML is no success, even where no body is expected', async () => {
  const huawei = fakeHuawei(html(200))

  const refusal = await refusalOf(
    huawei.client.sendVerificationCode({ receiver_type: 2, email: CUSTOMER.email }),
  )

  assert.equal(refusal.code, 'PARTNER_BAD_ANSWER')
})

const HEARD = [
  {
    title: 'a success',
    reply: () => json(200, { domain_id: 'd-1', domain_name: 'acme_cloud' }),
    heard: { status: 200, requestId: 'request-0001' },
  },
  {
    title: 'a refusal',
    reply: () => json(400, { error_code: 'CBC.99000038', error_msg: 'taken' }),
    heard: { status: 400, requestId: 'request-0001' },
  },
  {
    title: 'an answer that Huawei gave no id',
    reply: () => json(200, { domain_id: 'd-1', domain_name: 'acme_cloud' }, { 'X-Request-Id': '' }),
    heard: { status: 200 },
  },
]

for (const { title, reply, heard } of HEARD) {
  test(`whoever asks is told what Huawei calls the request of ${title}`, async () => {
    const told: unknown[] = []
    const huawei = fakeHuawei(reply)

    await huawei.client
      .createCustomer(CUSTOMER, { onAnswer: (answer) => told.push(answer) })
      .catch(() => undefined)

    assert.deepEqual(told, [heard])
  })
}

test('a request without an answer has no id to be told', async () => {
  const told: unknown[] = []
  const huawei = fakeHuawei(() => {
    throw new TypeError('fetch failed')
  })

  await refusalOf(
    huawei.client.createCustomer(CUSTOMER, { onAnswer: (answer) => told.push(answer) }),
  )

  assert.deepEqual(told, [])
})

test('every code of the table leads to a sentence that a person can read', () => {
  const missing = [...REMOTE_CODES].filter(([, code]) => ERROR_CODES[code] === undefined)

  assert.deepEqual(missing, [])
  assert.ok(REMOTE_CODES.size > 20)
})

test('an account whose association is pending is not lost', async () => {
  const body = {
    error_code: 'CBC.99000050',
    error_msg: 'timed out',
    domain_id: '06a7969058802f0c0f01c00b91846780',
    domain_name: 'acme_cloud',
  }
  const huawei = fakeHuawei(() => json(500, body))

  const refusal = await refusalOf(huawei.client.createCustomer(CUSTOMER))

  assert.equal(refusal.code, 'PARTNER_ASSOCIATION_PENDING')
  assert.deepEqual(findPendingAccount(refusal), {
    domainId: '06a7969058802f0c0f01c00b91846780',
    domainName: 'acme_cloud',
  })
})

test('no account is read from any other refusal', () => {
  const refusal = new Refusal('PARTNER_REFUSED', { domainId: 'd0001' })

  const account = findPendingAccount(refusal)

  assert.equal(account, undefined)
})

const MEBIBYTE = 1_048_576

const BOUNDS: readonly {
  readonly title: string
  readonly call: (client: PartnerClient) => Promise<unknown>
  readonly limits?: PartnerClientDeps['limits']
  readonly bytes: number
}[] = [
  { title: 'an answer', call: (client) => client.createCustomer(CUSTOMER), bytes: MEBIBYTE },
  { title: 'a page of a list', call: (client) => client.queryCustomers(), bytes: 8 * MEBIBYTE },
  {
    title: 'a page of a list, told otherwise,',
    call: (client) => client.queryCustomers(),
    limits: { listBytes: 1000 },
    bytes: 1000,
  },
]

for (const { title, call, limits, bytes } of BOUNDS) {
  test(`${title} that never ends is cut off at ${bytes} bytes, and the connection closed`, async () => {
    let isClosed = false
    let sentBytes = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        sentBytes += 65_536
        stream.enqueue(new Uint8Array(65_536).fill(0x20))
      },
      cancel: () => {
        isClosed = true
      },
    })
    const huawei = fakeHuawei(() => new Response(endless), limits === undefined ? {} : { limits })

    const refusal = await refusalOf(call(huawei.client))

    assert.equal(refusal.code, 'PARTNER_BAD_ANSWER')
    assert.equal(refusal.facts['problem'], `over ${bytes} bytes`)
    assert.ok(isClosed)
    assert.ok(sentBytes < bytes + MEBIBYTE, `${sentBytes} bytes were taken`)
  })
}

test('a page of a list of eight megabytes is read', async () => {
  const huawei = fakeHuawei(() => new Response(`{"count":0}${' '.repeat(8 * MEBIBYTE - 11)}`))

  const result = await huawei.client.queryCustomers({})

  assert.equal(result.count, 0)
})

test('an answer of too many levels is no answer, and takes no stack', async () => {
  const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
  const huawei = fakeHuawei(() => new Response(deep))

  const refusal = await refusalOf(huawei.client.queryCustomers({}))

  assert.equal(refusal.code, 'PARTNER_BAD_ANSWER')
})

test('Huawei not answering in time ends the call', async () => {
  const huawei = fakeHuawei(
    ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason))
      }),
    { timeoutSeconds: 0 },
  )

  const refusal = await refusalOf(huawei.client.createCustomer(CUSTOMER))

  assert.equal(refusal.code, 'PARTNER_UNREACHABLE')
  assert.equal(refusal.facts['problem'], 'TimeoutError')
  assert.equal(huawei.received.length, 1)
})

test('an error of the network is named in the facts', async () => {
  const cause = Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' })
  const huawei = fakeHuawei(() => Promise.reject(new TypeError('fetch failed', { cause })))

  const refusal = await refusalOf(huawei.client.queryCustomers({}))

  assert.equal(refusal.facts['problem'], 'ECONNREFUSED')
})

const IN_PART: readonly { readonly title: string; readonly body: object }[] = [
  {
    title: 'without a code',
    body: { error_details: [{ id: 'd0002', error_code: 'CBC.99000035', error_msg: 'no' }] },
  },
  {
    title: 'with the code of a partial failure',
    body: {
      error_code: 'CBC.5020',
      error_msg: 'Partial failure',
      error_details: [{ id: 'd0002', error_code: 'CBC.99000035', error_msg: 'no' }],
    },
  },
]

for (const { title, body } of IN_PART) {
  test(`what Huawei does in part, ${title}, is told one by one and cannot be overlooked`, async () => {
    const huawei = fakeHuawei(() => json(200, body))

    const outcome = await huawei.client.freezeCustomers(FREEZE)

    assert.equal(outcome.isComplete, false)
    assert.deepEqual(
      outcome.isComplete ? [] : outcome.failures.map(({ id, error_code: code }) => [id, code]),
      [['d0002', 'CBC.99000035']],
    )
  })
}

test('what Huawei does completely says so', async () => {
  const huawei = fakeHuawei(() => json(200, { error_details: [] }))

  const outcome = await huawei.client.freezeCustomers(FREEZE)

  assert.equal(outcome.isComplete, true)
})

test('what Huawei refuses completely is refused, though the status is 200', async () => {
  const huawei = fakeHuawei(() => json(200, { error_code: 'CBC.99005024', error_msg: 'wrong' }))

  const refusal = await refusalOf(huawei.client.freezeCustomers(FREEZE))

  assert.equal(refusal.code, 'PARTNER_REFUSED')
  assert.equal(refusal.facts['remoteCode'], 'CBC.99005024')
})
