// The portal and its customers, over HTTP on both engines: keys, fields, pages, repeats.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import { secondProcess, sharedHouse } from '../support/shared-house.ts'
import { codeOf, newCustomer, signedIn, titleOf } from '../support/steps.ts'
import { openPortal } from './client.ts'

let customers = 0

function newOne() {
  customers += 1
  const name = `buyer-${customers}`
  return { accountId: `B-${customers}`, login: name, email: `${name}@shop.example`, name }
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('a customer is added, looked at, changed and replaced', async () => {
    const portal = await openPortal(house())
    const body = newOne()
    const params = { accountId: body.accountId }

    const added = await portal.call('createCustomer', { body })
    const changed = await portal.call('changeCustomer', { params, body: { email: null } })
    const seen = await portal.call('getCustomer', { params })
    const replaced = await portal.call('putCustomer', { params, body: { login: body.login } })

    assert.deepEqual([added.status, added.body['email']], [201, body.email])
    assert.deepEqual([changed.body['email'], changed.body['name']], [null, body.name])
    assert.deepEqual(seen.body, changed.body)
    assert.deepEqual([replaced.status, replaced.body['name']], [200, null])
    assert.deepEqual(added.body['huaweiCloud'], {
      state: 'none',
      domainId: null,
      domainName: null,
      boundAt: null,
    })
  })

  test('PUT adds whoever is not known yet, under an account id of any kind', async () => {
    const portal = await openPortal(house())
    const accountId = 'a/b c?ü%2F'

    const made = await portal.call('putCustomer', {
      params: { accountId },
      body: { login: 'odd-one' },
    })

    assert.deepEqual([made.status, made.body['accountId']], [201, accountId])
  })

  const TAKEN = [
    ['accountId', 'accountId'],
    ['login', 'login'],
    ['email', 'email'],
  ] as const

  for (const [name, field] of TAKEN) {
    test(`the ${name} of another customer is refused by its name`, async () => {
      const portal = await openPortal(house())
      const first = newOne()
      await portal.call('createCustomer', { body: first })

      const second = await portal.call('createCustomer', {
        body: { ...newOne(), [field]: first[field] },
      })

      assert.equal(second.code, 'ACCOUNT_EXISTS')
      assert.deepEqual((second.body['error'] as { fields: unknown }).fields, [
        { field: name, problem: 'belongs to another account' },
      ])
    })
  }

  test('pages lead through all customers, each once', async () => {
    const portal = await openPortal(house())
    for (let n = 0; n < 3; n += 1) await portal.call('createCustomer', { body: newOne() })

    const seen: string[] = []
    let query = '?limit=2'
    for (let turn = 0; turn < 50 && query !== ''; turn += 1) {
      const { body } = await portal.call('listCustomers', { query })
      for (const { accountId } of body['items'] as { accountId: string }[]) seen.push(accountId)
      const cursor = body['nextCursor']
      query = typeof cursor === 'string' ? `?limit=2&cursor=${cursor}` : ''
    }

    const all = await house().store.accounts.list({ limit: 1000 })
    assert.deepEqual(seen.toSorted(), all.map(({ accountId }) => accountId).toSorted())
  })

  test('somebody who is disabled is out at once, and may come back when enabled', async () => {
    const portal = await openPortal(house())
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)
    const params = { accountId: person.accountId }

    const disabled = await portal.call('disableCustomer', { params })
    const out = await browser.go(`${house().url}/`)
    await portal.call('enableCustomer', { params })
    const back = await (await signedIn(house(), person)).go(`${house().url}/`)

    assert.equal(disabled.body['enabled'], false)
    assert.equal(codeOf(out), 'ACCOUNT_DISABLED')
    assert.equal(titleOf(back), 'Your Huawei Cloud')
  })

  test('what the portal changes is on record under the name of its key, without personal data', async () => {
    const portal = await openPortal(house())
    const body = newOne()
    await portal.call('createCustomer', { body })

    const [record] = await house().store.audit.list({ subject: body.accountId, limit: 1 })

    assert.equal(record?.action, 'portal.changed')
    assert.deepEqual(record?.actor, { kind: 'portal', id: portal.name })
    assert.ok(!JSON.stringify(record).includes(body.email))
  })

  test('somebody who was erased is not known any more, and their id is not given again', async () => {
    const portal = await openPortal(house())
    const body = newOne()
    await portal.call('createCustomer', { body })
    await house().store.accounts.erase(body.accountId, `gone-${body.login}`, house().clock.now())

    const seen = await portal.call('getCustomer', { params: { accountId: body.accountId } })
    const again = await portal.call('createCustomer', { body })

    assert.deepEqual([seen.code, again.code], ['ACCOUNT_NOT_FOUND', 'ACCOUNT_EXISTS'])
  })

  test('a repeated request is done once and answered alike, by another process too', async (t) => {
    const portal = await openPortal(house())
    const { key } = portal
    const other = await secondProcess(t, house())
    const body = newOne()
    const headers = { 'idempotency-key': 'order-1' }

    const first = await portal.call('createCustomer', { body, headers })
    const again = await fetch(`${other}/api/v1/customers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    const another = await portal.call('createCustomer', { body: newOne(), headers })

    assert.equal(again.headers.get('idempotency-replayed'), 'true')
    assert.deepEqual([again.status, await again.json()], [201, first.body])
    assert.equal(another.code, 'IDEMPOTENCY_MISMATCH')
    const records = await house().store.audit.list({ subject: body.accountId, limit: 10 })
    assert.equal(records.length, 1)
  })

  test('of many equal requests at one moment one does the work; nobody is told anything else', async () => {
    const portal = await openPortal(house())
    const body = newOne()
    const headers = { 'idempotency-key': 'order-2' }

    const answers = await Promise.all(
      Array.from({ length: 6 }, () => portal.call('createCustomer', { body, headers })),
    )

    const others = answers.filter(({ status }) => status !== 201)
    assert.ok(answers.some(({ status }) => status === 201))
    assert.ok(others.every(({ code }) => code === 'IDEMPOTENCY_UNDER_WAY'))
    assert.equal((await house().store.audit.list({ subject: body.accountId, limit: 10 })).length, 1)
  })

  test('a refusal is repeated like an answer, with the reference of the first', async () => {
    const portal = await openPortal(house())
    const params = { accountId: 'nobody' }
    const headers = { 'idempotency-key': 'order-3' }

    const first = await portal.call('enableCustomer', { params, headers })
    const again = await portal.call('enableCustomer', { params, headers })

    assert.equal(first.code, 'ACCOUNT_NOT_FOUND')
    assert.deepEqual(again.body, first.body)
  })

  test('what is kept for repeats can be read by nobody but the caller', async () => {
    const portal = await openPortal(house())
    const body = newOne()
    const request = { keyId: /_(\w{16})_/.exec(portal.key)?.[1] ?? '', idempotencyKey: 'order-4' }
    await portal.call('createCustomer', { body, headers: { 'idempotency-key': 'order-4' } })

    const now = house().clock.now()
    const begun = await house().store.idempotency.begin({
      ...request,
      requestHash: 'guess',
      holder: 'thief',
      now,
      heldUntil: now,
      expiresAt: now,
    })

    assert.equal(begun.kind, 'mismatch')
  })

  const BAD = [
    ['a body that is no JSON', { body: '{' }, 'API_BAD_REQUEST'],
    ['a name that comes twice', { body: '{"login":"a","login":"b"}' }, 'API_BAD_REQUEST'],
    ['a field that is not known', { body: { login: 'x', admin: true } }, 'API_BAD_REQUEST'],
    ['a field of another type', { body: { login: 7 } }, 'API_BAD_REQUEST'],
    ['a parameter that is not known', { body: { login: 'x' }, query: '?a=1' }, 'API_BAD_REQUEST'],
    ['a body that is too large', { body: `"${'x'.repeat(103_000)}"` }, 'BODY_TOO_LARGE'],
    [
      'a form',
      { body: 'login=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      'API_CONTENT_TYPE',
    ],
    [
      'a key for repeats with a space in it',
      { body: { login: 'x' }, headers: { 'idempotency-key': 'a b' } },
      'API_BAD_REQUEST',
    ],
  ] as const

  for (const [what, asked, code] of BAD) {
    test(`${what} is refused in JSON, and nobody is added`, async () => {
      const portal = await openPortal(house())
      const params = { accountId: 'bad-one' }

      const answer = await portal.call('putCustomer', { params, ...asked })

      assert.equal(answer.code, code)
      assert.equal(await house().store.accounts.find('bad-one'), undefined)
    })
  }

  test('what is wrong with a field is said without repeating what was sent', async () => {
    const portal = await openPortal(house())
    const params = { accountId: 'bad-two' }

    const { body } = await portal.call('putCustomer', {
      params,
      body: { login: 'secret value', email: 'secret value' },
    })

    const { fields } = body['error'] as { fields: { field: string; problem: string }[] }
    assert.deepEqual(fields.map(({ field }) => field).toSorted(), ['email', 'login'])
    assert.ok(fields.every(({ problem }) => problem.startsWith('must be')))
    assert.ok(!JSON.stringify(body).includes('secret value'))
  })

  test('a cookie opens nothing here and is not asked for: only a key does', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)
    const cookie = `idp=${browser.cookies('localhost').get('idp')}`
    const url = `${house().url}/api/v1/customers`

    const withCookie = await fetch(url, { headers: { cookie, accept: 'text/html' } })
    const portal = await openPortal(house())
    const withKey = await portal.call('createCustomer', { body: newOne() })

    assert.equal(withCookie.status, 401)
    assert.match(withCookie.headers.get('content-type') ?? '', /^application\/json/)
    assert.deepEqual(withCookie.headers.getSetCookie(), [])
    assert.equal(withKey.status, 201)
    assert.deepEqual(withKey.headers.getSetCookie(), [])
  })

  test('an address that does not exist, or not with this method, is refused in JSON', async () => {
    const portal = await openPortal(house())
    const headers = { authorization: `Bearer ${portal.key}`, accept: 'text/html' }

    const unknown = await fetch(`${house().url}/api/v2/anything`, { headers })
    const method = await fetch(`${house().url}/api/v1/bindings`, { method: 'DELETE', headers })

    const codes = [unknown, method].map(async (answer) => {
      const { error } = (await answer.json()) as { error: { code: string } }
      return error.code
    })
    assert.deepEqual(await Promise.all(codes), ['NOT_FOUND', 'METHOD_NOT_ALLOWED'])
    assert.equal(method.headers.get('allow'), 'GET')
  })

  test('a page of ours still refuses a post without its form', async () => {
    const refused = await new Browser().post(`${house().url}/sign-out`, {}, house().url)

    assert.equal(codeOf(refused), 'FORM_EXPIRED')
  })
})
