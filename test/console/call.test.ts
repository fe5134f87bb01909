// Operators ask Huawei Cloud from a form: every operation that only reads, and nothing that writes.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { GROUPS, type NamedRow } from '../../src/partner/catalogue/groups.ts'
import { inputFields } from '../../src/partner/field.ts'
import { openStore } from '../../src/store/open.ts'
import { fakeHuawei, json, newToken, type Reply } from '../partner/fake-huawei.ts'
import { Browser } from '../support/browser.ts'
import { addOperator, operatorsBrowser, startConsole } from './start.ts'

type Example = {
  readonly request: Readonly<Record<string, unknown>>
  readonly response: object | null
}

const FOLDER = new URL('../partner/examples/', import.meta.url)

const EXAMPLES = new Map<string, Example>(
  readdirSync(FOLDER).flatMap((file) => {
    return Object.entries<Example>(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')))
  }),
)

const ALL = GROUPS.flatMap(({ rows }) => rows)
const READS = ALL.filter(({ row }) => row.effect === 'read')
const OTHERS = ALL.filter(({ row }) => row.effect !== 'read')

/** A console whose partner API answers by `reply`; IAM lends every role. */
async function start(t: TestContext, reply: Reply) {
  const store = await openStore('sqlite::memory:')
  t.after(() => store.close())
  await addOperator(store)
  const remote = fakeHuawei(
    (request) =>
      request.url.includes('/v3/auth/tokens') ? newToken('a-customers-token') : reply(request),
    { patience: 'none', platformId: 'example_IDP' },
  )
  const origin = await startConsole(t, store, remote)
  const browser = await operatorsBrowser(origin)
  const bss = () => remote.received.filter(({ url }) => url.startsWith('https://bss.'))
  return {
    origin,
    browser,
    bss,
    form: (name: string) => `${origin}/console/call/form?operation=${name}`,
  }
}

/** An example as an operator types it. */
function typed({ row }: NamedRow, request: Example['request']): Record<string, string> {
  const given = inputFields(row).flatMap(({ name, kind, isList }) => {
    const value = request[name]
    if (value === undefined) return []
    const isLines = isList && kind !== 'object' && Array.isArray(value)
    const text = isLines ? value.join('\r\n') : JSON.stringify(value)
    return [[`f.${name}`, typeof value === 'string' ? value : text]]
  })
  return { ...Object.fromEntries(given), ...(row.caller === 'customer' ? { customer: 'ann' } : {}) }
}

test('the list shows every operation that only reads, and none that writes', async (t) => {
  const { browser, origin } = await start(t, () => json(200, {}))

  const seen = await browser.go(`${origin}/console/call`)

  for (const { name } of READS) assert.ok(seen.body.includes(`>${name}</a>`), name)
  for (const { name } of OTHERS) assert.ok(!seen.body.includes(`>${name}</a>`), name)
})

test('the search finds an operation by a part of its title', async (t) => {
  const { browser, origin } = await start(t, () => json(200, {}))

  const found = await browser.go(`${origin}/console/call?q=COUPON`)
  const none = await browser.go(`${origin}/console/call?q=%3Cb%3E`)

  assert.deepEqual(found.body.match(/>\w+<\/a><\/th>/g), ['>listCoupons</a></th>'])
  assert.match(none.body, /No operation is found for “&lt;b&gt;”/)
})

for (const named of READS) {
  test(`${named.name} has a form that sends Huawei's example and shows the answer`, async (t) => {
    const example = EXAMPLES.get(named.name)
    assert.ok(example)
    const { browser, form, bss } = await start(t, () => json(200, example.response))

    const empty = await browser.go(form(named.name))
    const answered = await browser.submit(
      empty,
      '/console/call/form',
      typed(named, example.request),
    )

    assert.equal(empty.status, 200)
    for (const { name } of inputFields(named.row)) {
      assert.ok(empty.body.includes(`name="f.${name}"`), name)
    }
    assert.equal(answered.status, 200, answered.body)
    assert.match(answered.body, /<h2>Answer<\/h2>/)
    assert.equal(bss().length, 1)
    assert.doesNotMatch(answered.body, /\[object|undefined|NaN/)
  })
}

for (const { name } of [...OTHERS, { name: 'bogus' }]) {
  test(`${name} has no form, and a post of it sends nothing`, async (t) => {
    const { browser, origin, form, bss } = await start(t, () => json(200, {}))
    const list = await browser.go(form('queryCustomers'))
    const csrf = /name="csrf" value="([^"]+)"/.exec(list.body)?.[1] ?? ''

    const shown = await browser.go(form(name))
    const posted = await browser.post(form(name), { csrf }, origin)

    assert.deepEqual([shown.status, posted.status], [400, 400])
    assert.deepEqual(bss(), [])
  })
}

test('a refusal shows what it means, what to do and the id for Huawei, and keeps what was typed', async (t) => {
  const refused = { error_code: 'CBC.0151', error_msg: 'internal text' }
  const { browser, form } = await start(t, () => json(403, refused))
  const empty = await browser.go(form('queryCustomers'))

  const seen = await browser.submit(empty, '/console/call/form', { 'f.customer_id': 'd-<1>' })

  assert.equal(seen.status, 502)
  assert.match(seen.body, /PARTNER_FORBIDDEN/)
  assert.match(seen.body, /CBC\.0151/)
  assert.match(seen.body, /request-0001/)
  assert.match(seen.body, /Give the IAM user or the agency/)
  assert.match(seen.body, /value="d-&lt;1&gt;"/)
  assert.doesNotMatch(seen.body, /internal text/)
})

test('what breaks a rule is named, and nothing is sent', async (t) => {
  const { browser, form, bss } = await start(t, () => json(200, {}))
  const empty = await browser.go(form('queryCustomers'))

  const seen = await browser.submit(empty, '/console/call/form', { 'f.limit': '101' })

  assert.equal(seen.status, 400)
  assert.match(seen.body, /limit: must be a whole number from 1 to 100/)
  assert.deepEqual(bss(), [])
})

test('an operation of customers needs one', async (t) => {
  const { browser, form, bss } = await start(t, () => json(200, {}))
  const empty = await browser.go(form('queryPackages'))

  const seen = await browser.submit(empty, '/console/call/form')

  assert.equal(seen.status, 400)
  assert.match(seen.body, /PARTNER_INVALID_INPUT/)
  assert.deepEqual(bss(), [])
})

test('the next page asks for the same, and goes on where the first ended', async (t) => {
  const { browser, form, bss } = await start(t, ({ body }) => {
    const { offset = 0 } = JSON.parse(body)
    const customer_infos = offset < 2 ? [{ customer_id: `d-${offset}` }] : []
    return json(200, { count: 2, customer_infos })
  })
  const empty = await browser.go(form('queryCustomers'))
  const first = await browser.submit(empty, '/console/call/form', { 'f.label': 'gold' })

  const second = await browser.submit(first, '/console/call/form')

  assert.match(first.body, />Next page</)
  assert.match(second.body, />d-1</)
  assert.doesNotMatch(second.body, />Next page</)
  assert.deepEqual(
    bss().map(({ body }) => JSON.parse(body)),
    [{ label: 'gold' }, { label: 'gold', offset: 1 }],
  )
})

test('what Huawei answers is never markup', async (t) => {
  const evil = '<script>alert(1)</script>'
  const answer = {
    count: 1,
    customer_infos: [{ customer_id: evil, account_name: evil }],
    [evil]: evil,
  }
  const { browser, form } = await start(t, () => json(200, answer))
  const empty = await browser.go(form('queryCustomers'))

  const seen = await browser.submit(empty, '/console/call/form')

  assert.doesNotMatch(seen.body, /<script/)
  assert.match(seen.body, /&lt;script&gt;/)
})

test('without the token of the form, and without an operator, nothing is sent', async (t) => {
  const { browser, origin, form, bss } = await start(t, () => json(200, {}))

  const forged = await browser.post(form('queryCustomers'), { csrf: 'guessed' }, origin)
  const stranger = await new Browser().go(form('queryCustomers'))

  assert.equal(forged.status, 403)
  assert.match(stranger.url, /\/console\/sign-in\?next=%2Fconsole%2Fcall%2Fform/)
  assert.deepEqual(bss(), [])
})
