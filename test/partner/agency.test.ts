// Calls for customers: what IAM is asked for, what the call is sent with, and what becomes of it when
// the customer has let nobody act for them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { createLog, logRefusal } from '../../src/base/log.ts'
import type { AgencyCustomer } from '../../src/partner/acting.ts'
import { ACCESS_KEY, json, PASSWORD } from './fake-huawei.ts'
import { type FakeIam, fakeIam, PLATFORM, REQUEST, SECRET } from './fake-iam.ts'

const ACME = { kind: 'agency', domainId: 'd0001' } as const satisfies AgencyCustomer

const identity = (assume_role: object) => ({ methods: ['assume_role'], assume_role })

const ASKED = [
  {
    title: 'by account id, with the agency that is called like the platform',
    customer: ACME,
    auth: {
      identity: identity({ domain_id: 'd0001', agency_name: PLATFORM }),
      scope: { domain: { id: 'd0001' } },
    },
  },
  {
    title: 'by account name, with an agency of the customer’s own',
    customer: { kind: 'agency', domainName: 'acme_cloud', agency: 'for_our_partner' },
    auth: {
      identity: identity({ domain_name: 'acme_cloud', agency_name: 'for_our_partner' }),
      scope: { domain: { name: 'acme_cloud' } },
    },
  },
  {
    title: 'for one project',
    customer: { ...ACME, project: 'eu-west-101' },
    auth: {
      identity: identity({ domain_id: 'd0001', agency_name: PLATFORM }),
      scope: { project: { name: 'eu-west-101' } },
    },
  },
  {
    title: 'by account id when the name, which may change, is given too',
    customer: { ...ACME, domainName: 'acme_cloud' },
    auth: {
      identity: identity({ domain_id: 'd0001', agency_name: PLATFORM }),
      scope: { domain: { id: 'd0001' } },
    },
  },
] as const satisfies readonly { title: string; customer: AgencyCustomer; auth: object }[]

for (const { title, customer, auth } of ASKED) {
  test(`a customer's token is asked for ${title}`, async () => {
    const iam = fakeIam()

    const { headers } = await iam.credentials(REQUEST, customer)

    const [, asked] = iam.asked
    assert.equal(asked?.url, 'https://iam.example.com/v3/auth/tokens?nocatalog=true')
    assert.equal(asked.headers.get('x-auth-token'), 'password-1')
    assert.deepEqual(JSON.parse(asked.body), { auth })
    assert.deepEqual(headers, { 'X-Auth-Token': 'token-2' })
  })
}

test('a temporary key is asked for an hour, and signs the call with its security token', async () => {
  const iam = fakeIam()

  const { headers } = await iam.credentials(REQUEST, { ...ACME, by: 'key' })

  const [, asked] = iam.asked
  assert.equal(asked?.url, 'https://iam.example.com/v3.0/OS-CREDENTIAL/securitytokens')
  assert.deepEqual(JSON.parse(asked.body), {
    auth: {
      identity: identity({
        domain_id: 'd0001',
        agency_name: PLATFORM,
        duration_seconds: 3600,
      }),
    },
  })
  assert.equal(headers['X-Security-Token'], 'key-2-token')
  assert.match(
    headers['Authorization'] ?? '',
    /Access=key-2, SignedHeaders=host;x-language;x-sdk-date;x-security-token, /,
  )
})

test('a partner with an access key signs the request for a token of the customer', async () => {
  const iam = fakeIam({ key: ACCESS_KEY })

  const { headers } = await iam.credentials(REQUEST, ACME)

  const [asked] = iam.asked
  assert.match(asked?.headers.get('authorization') ?? '', /Access=TESTACCESSKEY, SignedHeaders=/)
  assert.equal(asked?.headers.get('x-auth-token'), null)
  assert.deepEqual(headers, { 'X-Auth-Token': 'token-1' })
})

const KEPT = [
  { what: 'token', by: 'token', minutes: 23 * 60 + 29, isKept: true },
  { what: 'token', by: 'token', minutes: 23 * 60 + 30, isKept: false },
  { what: 'temporary key', by: 'key', minutes: 49, isKept: true },
  { what: 'temporary key', by: 'key', minutes: 50, isKept: false },
] as const

for (const { what, by, minutes, isKept } of KEPT) {
  test(`a customer's ${what} is ${isKept ? 'used again' : 'renewed'} after ${minutes} minutes`, async () => {
    const iam = fakeIam({ key: ACCESS_KEY })
    await iam.credentials(REQUEST, { ...ACME, by })

    iam.wait(minutes)
    await iam.credentials(REQUEST, { ...ACME, by })

    assert.equal(iam.asked.length, isKept ? 1 : 2)
  })
}

test('calls of one moment share what is asked for, each customer, project and agency for itself', async () => {
  const iam = fakeIam()
  const customers: readonly AgencyCustomer[] = [
    ACME,
    { ...ACME, domainId: 'd0002' },
    { ...ACME, project: 'eu-west-101' },
    { ...ACME, agency: 'for_our_partner' },
    { ...ACME, by: 'key' },
  ]

  const calls = [...customers, ...customers].map((one) => iam.credentials(REQUEST, one))
  const sent = (await Promise.all(calls)).map(({ headers }) => proofIn(headers))

  assert.equal(kinds(iam).filter((kind) => kind === 'password').length, 1)
  assert.equal(iam.asked.length, 1 + customers.length)
  assert.deepEqual(sent.slice(0, 5), sent.slice(5))
  assert.equal(new Set(sent).size, customers.length)
})

for (const by of ['token', 'key'] as const) {
  test(`a customer's ${by} that Huawei refuses is asked for again, once`, async () => {
    const iam = fakeIam({ key: ACCESS_KEY })
    const first = await iam.credentials(REQUEST, { ...ACME, by })

    first.discard?.()
    first.discard?.()
    const [second, third] = await Promise.all([
      iam.credentials(REQUEST, { ...ACME, by }),
      iam.credentials(REQUEST, { ...ACME, by }),
    ])

    assert.deepEqual(kinds(iam), [by, by])
    assert.notEqual(proofIn(second.headers), proofIn(first.headers))
    assert.equal(proofIn(third.headers), proofIn(second.headers))
  })
}

test('of a thousand customers none is asked for twice; the one called least lately makes room', async () => {
  const iam = fakeIam({ key: ACCESS_KEY })
  const call = (number: number) =>
    iam.credentials(REQUEST, { kind: 'agency', domainId: `d${number}` })
  for (let number = 0; number < 1000; number += 1) await call(number)
  await call(0)
  assert.equal(iam.asked.length, 1000)

  await call(1000)
  await call(0)
  const keptThen = iam.asked.length
  await call(1)

  assert.equal(keptThen, 1001, 'the customer called lately is still known')
  assert.equal(iam.asked.length, 1002, 'the one called least lately is asked for again')
})

const denied = (status: number, message: string) => () =>
  json(status, { error: { code: status, message, title: 'as IAM writes it' } })

const NO_AGENCY = [
  { title: 'no such agency', status: 404, message: 'Could not find agency: example_IDP.' },
  { title: 'no permission', status: 403, message: 'You have no right to do this action.' },
] as const

for (const { title, status, message } of NO_AGENCY) {
  for (const by of ['token', 'key'] as const) {
    test(`IAM saying ${title} (${status}) for a ${by} is explained, not a fault`, async () => {
      const iam = fakeIam({ key: ACCESS_KEY, reply: denied(status, message) })

      const refusal = await refusalOf(iam.credentials(REQUEST, { ...ACME, by }))

      assert.equal(refusal.code, 'PARTNER_NO_AGENCY')
      assert.deepEqual(refusal.facts, {
        operation: by === 'token' ? 'createCustomerToken' : 'createTemporaryKey',
        status,
        requestId: 'request-0001',
        remoteCode: String(status),
        remoteText: message,
        customer: 'd0001',
        agency: PLATFORM,
      })
      assert.equal(iam.asked.length, 1)
    })
  }
}

test('a customer who creates the agency is served by the next call', async () => {
  let hasAgency = false
  const iam = fakeIam({
    key: ACCESS_KEY,
    reply: () => (hasAgency ? undefined : denied(404, 'Could not find agency.')()),
  })
  await refusalOf(iam.credentials(REQUEST, ACME))

  hasAgency = true
  const { headers } = await iam.credentials(REQUEST, ACME)

  assert.deepEqual(headers, { 'X-Auth-Token': 'token-2' })
})

const OTHER_ENDINGS = [
  { title: 'IAM being away', reply: denied(503, 'maintenance'), code: 'PARTNER_UNREACHABLE' },
  { title: 'a wrong request', reply: denied(400, 'wrong'), code: 'PARTNER_REFUSED' },
  { title: 'a wrong access key', reply: denied(401, 'wrong'), code: 'PARTNER_UNAUTHORIZED' },
  { title: 'an answer of another shape', reply: () => json(201, {}), code: 'PARTNER_BAD_ANSWER' },
] as const

for (const { title, reply, code } of OTHER_ENDINGS) {
  for (const by of ['token', 'key'] as const) {
    test(`${title} is not taken for a missing agency when a ${by} is asked for`, async () => {
      const iam = fakeIam({ key: ACCESS_KEY, reply })

      const refusal = await refusalOf(iam.credentials(REQUEST, { ...ACME, by }))

      assert.equal(refusal.code, code)
      assert.equal(iam.asked.length, 1)
    })
  }
}

test('a partner’s token that IAM refuses is renewed once, and the customer is served', async () => {
  const iam = fakeIam({
    reply: ({ headers }) =>
      headers.get('x-auth-token') === 'password-1' ? denied(401, 'expired')() : undefined,
  })

  const { headers } = await iam.credentials(REQUEST, ACME)

  assert.deepEqual(kinds(iam), ['password', 'token', 'password', 'token'])
  assert.deepEqual(headers, { 'X-Auth-Token': 'token-4' })
})

test('a partner’s token that IAM keeps refusing ends the call', async () => {
  const iam = fakeIam({
    reply: ({ headers }) => (headers.has('x-auth-token') ? denied(401, 'expired')() : undefined),
  })

  const refusal = await refusalOf(iam.credentials(REQUEST, ACME))

  assert.equal(refusal.code, 'PARTNER_UNAUTHORIZED')
  assert.deepEqual(kinds(iam), ['password', 'token', 'password', 'token'])
})

const INCOMPLETE = [
  {
    title: 'without an account',
    customer: { kind: 'agency' },
    platformId: PLATFORM,
    field: 'as',
  },
  { title: 'without an agency', customer: ACME, platformId: undefined, field: 'as.agency' },
] as const

for (const { title, customer, platformId, field } of INCOMPLETE) {
  test(`a customer ${title} is refused before IAM is asked`, async () => {
    const iam = fakeIam({ platformId })

    const refusal = await refusalOf(iam.credentials(REQUEST, customer))

    assert.equal(refusal.code, 'PARTNER_INVALID_INPUT')
    const problems = refusal.facts['problems']
    assert.ok(Array.isArray(problems))
    assert.equal(problems[0].field, field)
    assert.equal(iam.asked.length, 0)
  })
}

test('neither the log nor a refusal holds a password, a token or a secret', async () => {
  const leaky = ({ headers, body }: { headers: Headers; body: string }) =>
    body.includes('assume_role') && headers.get('x-auth-token') === 'password-1'
      ? json(403, { error: { code: 403, message: `${[...headers].join()} ${body}` } })
      : undefined
  const iam = fakeIam({ reply: leaky })
  const refusal = await refusalOf(iam.credentials(REQUEST, ACME))
  const keyed = fakeIam({ key: ACCESS_KEY })
  await keyed.credentials(REQUEST, { ...ACME, by: 'key' })

  const written: string[] = []
  logRefusal(createLog('debug', { write: (line) => written.push(line) }), refusal, 'reference')

  const log = iam.logText() + keyed.logText() + written.join('')
  assert.match(log, /createCustomerToken/)
  assert.match(log, /createTemporaryKey/)
  const secrets = [PASSWORD.password, 'password-1', ACCESS_KEY.secretKey, SECRET, 'key-1-token']
  for (const secret of secrets) assert.ok(!log.includes(secret), `the log holds ${secret}`)
})

function kinds({ asked }: FakeIam) {
  return asked.map(({ kind }) => kind)
}

// The token, or the access key of a signature: what tells two credentials apart.
function proofIn(headers: Readonly<Record<string, string>>): string {
  return headers['X-Auth-Token'] ?? headers['X-Security-Token'] ?? 'no proof'
}

async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => 'no refusal',
    (error: unknown) => error,
  )
  assert.ok(outcome instanceof Refusal, `expected a refusal, got ${outcome}`)
  return outcome
}
