// What operators see: the records of the store, escaped, in pages, with what to do next.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '../../src/store/store.ts'
import {
  account,
  activation,
  addAccount,
  answer,
  at,
  NOW,
  notice,
  parkedRequest,
} from '../store/records.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { addOperator, operatorsBrowser, startConsole } from './start.ts'

const EVIL = '<script>alert(1)</script>'
const DETAIL = `/console/customers/detail?account=${encodeURIComponent(`c-${EVIL}`)}`

// Every text that comes from outside tries to be markup.
async function addEvilRecords(store: Store): Promise<void> {
  const accountId = `c-${EVIL}`
  await store.accounts.add(account({ accountId, login: 'eve', name: `name-${EVIL}` }))
  const domain = { domainId: `d-${EVIL}`, domainName: `domain-${EVIL}` }
  const now = NOW
  await store.bindings.bind({ ...domain, accountId, source: 'created', isConfirmed: false, now })
  const claimed = { domainId: `other-${EVIL}`, domainName: `claimed-${EVIL}` }
  await store.bindings.flag({ accountId, ...claimed }, { actor: { kind: 'job', id: 'test' }, now })
  const json = `{"xUserId":"c","note":"json-${EVIL}"}`
  const bindRequest = Buffer.from(json).toString('base64')
  await store.notices.save(notice({ ...domain, xUserId: accountId, bindRequest }))
  const asked = { step: 'unknown', domainName: `wish-${EVIL}`, email: `mail-${EVIL}` } as const
  const record = activation({ ...asked, accountId })
  await store.activations.move(undefined, record, { outcome: 'unknown' })
  const request = parkedRequest()
  await store.requests.park(request)
  await store.requests.finish(request.id, answer({ accountId, issuer: `site-${EVIL}` }), NOW)
}

const SHOWN = [
  { path: '/console', shows: ['c-', 'd-', 'other-', 'claimed-', 'domain-', 'wish-', 'json-'] },
  { path: '/console/customers', shows: ['c-', 'name-'] },
  { path: `/console/customers?q=${encodeURIComponent(EVIL)}`, shows: ['c-', 'Found for “'] },
  {
    path: DETAIL,
    shows: ['c-', 'name-', 'd-', 'domain-', 'other-', 'claimed-', 'wish-', 'mail-', 'site-'],
  },
  { path: '/console/bindings?state=conflict', shows: ['c-', 'd-', 'domain-', 'other-'] },
  { path: '/console/notices', shows: ['c-', 'd-', 'domain-', 'json-'] },
  { path: '/console/activations', shows: ['c-', 'wish-', 'mail-'] },
]

const REFUSED = [
  { path: `/console/customers?q=${'x'.repeat(129)}`, status: 400 },
  { path: '/console/customers?q=%00', status: 400 },
  { path: '/console/customers?q=a&q=b', status: 400 },
  { path: '/console/customers?after=a%0Ab', status: 400 },
  { path: '/console/customers/detail?account=nobody', status: 404 },
  { path: '/console/customers/detail', status: 404 },
  { path: '/console/bindings?state=bogus', status: 400 },
  { path: '/console/bindings?unconfirmed=maybe', status: 400 },
]

forEachEngine((engine) => {
  for (const { path, shows } of SHOWN) {
    test(`${path} shows what is stored, and never as markup`, async (t) => {
      const store = await freshStore(t, engine)
      await addOperator(store)
      await addEvilRecords(store)
      const origin = await startConsole(t, store)
      const browser = await operatorsBrowser(origin)

      const seen = await browser.go(origin + path)

      assert.equal(seen.status, 200)
      assert.equal(seen.headers.get('cache-control'), 'no-store')
      assert.ok(!seen.body.includes('<script'), 'markup from outside')
      for (const text of shows) {
        assert.ok(seen.body.includes(`${text}&lt;script&gt;`), `${text} is missing`)
      }
    })
  }

  for (const { path, status } of REFUSED) {
    test(`${path.slice(0, 60)} is refused with ${status}`, async (t) => {
      const store = await freshStore(t, engine)
      await addOperator(store)
      const origin = await startConsole(t, store)
      const browser = await operatorsBrowser(origin)

      const seen = await browser.go(origin + path)

      assert.equal(seen.status, status)
    })
  }

  test('an installation without customers says so on every screen', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store)
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    const overview = await browser.go(`${origin}/console`)
    const customers = await browser.go(`${origin}/console/customers`)

    assert.match(overview.body, /No conflicts\./)
    assert.match(overview.body, /No notice has come yet\./)
    assert.match(customers.body, /There are no customers yet\./)
  })

  test('the search finds a part of an e-mail address and nobody else', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store)
    await store.accounts.add(account({ accountId: 'c-1', login: 'ann', email: 'a@north.example' }))
    await store.accounts.add(account({ accountId: 'c-2', login: 'bob', email: 'b@south.example' }))
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    const seen = await browser.go(`${origin}/console/customers?q=NORTH`)

    assert.match(seen.body, />c-1</)
    assert.doesNotMatch(seen.body, />c-2</)
  })

  const LISTS = [
    { path: '/console/customers', what: 'customer' },
    { path: '/console/bindings?state=bound&unconfirmed=1', what: 'binding' },
    { path: '/console/notices', what: 'notice' },
  ]
  for (const { path, what } of LISTS) {
    test(`the next page of ${path} goes on where the first ended, once for each ${what}`, async (t) => {
      const store = await freshStore(t, engine)
      await addOperator(store)
      await addMany(store, 60)
      const origin = await startConsole(t, store)
      const browser = await operatorsBrowser(origin)

      const first = await browser.go(origin + path)
      const href = /<a href="([^"]+)" rel="next">/.exec(first.body)?.[1] ?? 'no next page'
      const second = await browser.go(new URL(href.replaceAll('&amp;', '&'), origin).href)

      const found = [first, second].map(({ body }) => body.match(/">m-\d\d</g) ?? [])
      assert.deepEqual(
        found.map((page) => page.length),
        [50, 10],
      )
      assert.equal(new Set(found.flat()).size, 60)
      assert.doesNotMatch(second.body, /rel="next"/)
    })
  }

  test('times are shown in UTC, and repeats of a notice are counted', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store)
    await store.notices.save(notice())
    await store.notices.save(notice({ id: 'notice-2', lastReceivedAt: at(60) }))
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    const seen = await browser.go(`${origin}/console/notices`)

    assert.match(seen.body, />2026-03-02 10:00:00 UTC<\/time><\/th>/)
    assert.match(seen.body, /<td>2, last <time[^>]*>2026-03-02 10:01:00 UTC/)
  })

  test('no screen shows what would let a person send a notice again', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store)
    const { signature, bindRequest } = notice()
    await store.notices.save(notice())
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    const seen = await browser.go(`${origin}/console/notices`)

    assert.ok(seen.body.includes('{&quot;domainId&quot;:&quot;d-1&quot;}'), 'decoded')
    assert.ok(!seen.body.includes(signature) && !seen.body.includes(bindRequest))
  })
})

async function addMany(store: Store, count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    const accountId = `m-${String(turn + 10)}`
    const domainId = `d-${turn}`
    await addAccount(store, accountId)
    const claim = { accountId, domainId, domainName: undefined, isConfirmed: false, now: NOW }
    await store.bindings.bind({ ...claim, source: 'created' })
    const numbers = { id: `n-${turn}`, digest: `digest-${turn}` }
    await store.notices.save(notice({ ...numbers, xUserId: accountId, domainId }))
  }
}
