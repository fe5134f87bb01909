// A portal does the whole of it: adds a customer, sends their browser to Huawei Cloud by a link, and is told
// when they are connected; and opens an account for another.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { listen } from '../../src/web/listen.ts'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  cloudAccounts,
  codeOf,
  createAndBind,
  goToConnect,
  mailedCode,
  newCustomer,
  titleOf,
} from '../support/steps.ts'
import { openPortal, type Portal } from './client.ts'
import { createReceiver, type Received } from './sample.ts'

// What docs/api.md gives to portals, on a free port.
async function startReceiver(t: TestContext, house: House, portal: Portal) {
  const told: Received[] = []
  const known = { secret: '' }
  const now = () => house.clock.now().getTime()
  const onEvent = (event: Received) => void told.push(event)
  const server = createReceiver({ secret: () => known.secret, onEvent, now })
  const free = { host: '127.0.0.1', port: 0 }
  const front = await listen((...pair) => server.emit('request', ...pair), free)
  t.after(() => front.drain(1))
  const url = `http://127.0.0.1:${front.port}/hook`
  const body = { url, kinds: ['bound', 'created', 'conflict'] }
  const made = await portal.call('setWebhook', { params: { name: 'main' }, body })
  known.secret = String(made.body['secret'])
  return told
}

async function openLink(url: string) {
  const answer = await fetch(url, { redirect: 'manual', headers: { accept: 'text/html' } })
  const { status, headers } = answer
  return { url, body: await answer.text(), status, headers, way: [url] }
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('a portal opens Huawei Cloud for a customer and is told that they are connected', async (t) => {
    const portal = await openPortal(house())
    const told = await startReceiver(t, house(), portal)
    const person = await newCustomer(house())
    const params = { accountId: person.accountId }
    const browser = new Browser()

    const link = await portal.call('makeLaunchLink', { params, body: {} })
    const arrived = await browser.settle(await browser.go(String(link.body['url'])))
    const atHuawei = await goToConnect(browser, arrived)
    const done = await createAndBind(browser, atHuawei, 'portal-made')
    await house().app.tidy()
    const customer = await portal.call('getCustomer', { params })
    const webhooks = await portal.call('listWebhooks')
    await portal.call('removeWebhook', { params: { name: 'main' } })

    assert.equal(titleOf(done), 'Connected to Huawei Cloud')
    const { state, domainId } = customer.body['huaweiCloud'] as { state: string; domainId: string }
    assert.equal(state, 'bound')
    const ours = told.filter(({ data }) => data['accountId'] === person.accountId)
    const facts = ours.map(({ type, data }) => [type, data['domainId']])
    assert.deepEqual(facts, [['bound', domainId]])
    const [webhook] = webhooks.body['items'] as Record<string, unknown>[]
    assert.deepEqual([webhook?.['state'], webhook?.['waiting']], ['fine', 0])
    assert.equal(webhook?.['secret'], undefined)
  })

  test('a launch link works once, within a minute, while the customer is enabled', async () => {
    const portal = await openPortal(house())
    const person = await newCustomer(house())
    const params = { accountId: person.accountId }
    const make = async () => {
      const { body } = await portal.call('makeLaunchLink', { params, body: {} })
      return String(body['url'])
    }
    const [first, late, disabled] = [await make(), await make(), await make()]

    const opened = await openLink(first)
    const again = await openLink(first)
    await portal.call('disableCustomer', { params })
    const whileDisabled = await openLink(disabled)
    const refused = await portal.call('makeLaunchLink', { params, body: {} })
    await portal.call('enableCustomer', { params })
    house().clock.advance(1)
    const tooLate = await openLink(late)

    assert.deepEqual([opened.status, opened.headers.get('location')], [303, '/launch'])
    assert.equal(opened.headers.get('referrer-policy'), 'no-referrer')
    assert.deepEqual([codeOf(again), codeOf(tooLate)], ['HANDOFF_REPLAYED', 'HANDOFF_REPLAYED'])
    const codes = [codeOf(whileDisabled), refused.code]
    assert.deepEqual(codes, ['ACCOUNT_DISABLED', 'ACCOUNT_DISABLED'])
  })

  test('a launch link leads to a page of the console and nowhere else', async () => {
    const portal = await openPortal(house())
    const person = await newCustomer(house())
    const params = { accountId: person.accountId }
    const service = `${house().config.huawei.consoleUrl}/ecm/`
    const evil = { service: 'https://evil.example/' }

    const good = await portal.call('makeLaunchLink', { params, body: { service } })
    const bad = await portal.call('makeLaunchLink', { params, body: evil })
    const way = await openLink(String(good.body['url']))
    const seen = await new Browser().go(String(bad.body['url']))

    assert.equal(way.headers.get('location'), `/launch?service=${encodeURIComponent(service)}`)
    assert.equal(codeOf(seen), 'LAUNCH_BAD_SERVICE')
  })

  test('a portal opens an account for a customer; a repeat neither mails nor creates again', async (t) => {
    const portal = await openPortal(house())
    const told = await startReceiver(t, house(), portal)
    const person = await newCustomer(house())
    const params = { accountId: person.accountId }
    const wish = { name: `by-${person.name}`, email: person.email, area: 'IE', agreed: true }
    const start = { params, body: wish, headers: { 'idempotency-key': `start-${person.name}` } }

    const started = await portal.call('startActivation', start)
    const again = await portal.call('startActivation', start)
    const code = mailedCode(house(), person.email)
    const wrong = await portal.call('enterActivationCode', { params, body: { code: '000000' } })
    const enter = { params, body: { code }, headers: { 'idempotency-key': `code-${person.name}` } }
    const created = await portal.call('enterActivationCode', enter)
    const repeated = await portal.call('enterActivationCode', enter)
    const seen = await portal.call('getActivation', { params })
    await house().app.tidy()
    await portal.call('removeWebhook', { params: { name: 'main' } })

    assert.equal(started.body['step'], 'code-sent')
    assert.deepEqual(again.body, started.body)
    assert.equal(wrong.code, 'PARTNER_WRONG_CODE')
    assert.ok(['created', 'associated', 'bound'].includes(String(created.body['step'])))
    assert.deepEqual(repeated.body, created.body)
    assert.equal(seen.body['name'], wish.name)
    const kinds = told.map(({ type }) => type).toSorted()
    assert.deepEqual(kinds, ['bound', 'created'])
    assert.equal(cloudAccounts(house(), person).length, 1)
  })

  test('an attempt that died after the code was mailed is taken over without another mail', async () => {
    const portal = await openPortal(house())
    const person = await newCustomer(house())
    const params = { accountId: person.accountId }
    const body = { name: `of-${person.name}`, email: person.email, area: 'IE', agreed: true }
    const asked = { params, body, headers: { 'idempotency-key': `dead-${person.name}` } }
    const { idempotency } = house().store
    const { finish } = idempotency

    // The work is done, and its answer is lost.
    Object.assign(idempotency, { finish: () => Promise.reject(new Error('killed')) })
    const died = await portal.call('startActivation', asked)
    Object.assign(idempotency, { finish })
    const before = mailedCode(house(), person.email)
    const taken = await portal.call('startActivation', asked)

    assert.equal(died.code, 'FAULT')
    assert.equal(taken.body['step'], 'code-sent')
    assert.equal(mailedCode(house(), person.email), before, 'the first code is still the last one')
  })

  test('a customer must have accepted the agreements before an account is opened', async () => {
    const portal = await openPortal(house())
    const person = await newCustomer(house())
    const params = { accountId: person.accountId }
    const body = { name: person.name, email: person.email, area: 'XX', agreed: false }

    const refused = await portal.call('startActivation', { params, body })

    const { fields } = refused.body['error'] as { fields: { field: string }[] }
    assert.deepEqual(fields.map(({ field }) => field).toSorted(), ['agreed', 'area'])
  })

  test('connections are listed by their state', async () => {
    const portal = await openPortal(house())
    const { accountId } = await newCustomer(house())
    const person = new Browser()
    const link = await portal.call('makeLaunchLink', { params: { accountId }, body: {} })
    await goToConnect(person, await person.settle(await person.go(String(link.body['url']))))

    const asked = await portal.call('listBindings', { query: '?state=asked&limit=100' })
    const bound = await portal.call('listBindings', { query: '?state=bound&limit=100' })
    const wrong = await portal.call('listBindings', { query: '?state=odd' })

    const has = (items: unknown) =>
      (items as { accountId: string }[]).some((each) => each.accountId === accountId)
    assert.deepEqual([has(asked.body['items']), has(bound.body['items'])], [true, false])
    assert.equal(wrong.code, 'API_BAD_REQUEST')
  })

  test('a webhook is set, given a new secret and removed; secrets are shown once', async () => {
    const portal = await openPortal(house())
    const params = { name: 'second' }
    const body = { url: 'https://portal.example/hook', kinds: ['bound'] }

    const made = await portal.call('setWebhook', { params, body })
    const changed = await portal.call('setWebhook', { params, body })
    const renewed = await portal.call('changeWebhookSecret', { params })
    const removed = await portal.call('removeWebhook', { params })
    const again = await portal.call('removeWebhook', { params })

    assert.deepEqual([made.status, changed.status], [201, 200])
    assert.match(String(made.body['secret']), /^whsec_/)
    assert.equal(changed.body['secret'], undefined)
    assert.notEqual(renewed.body['secret'], made.body['secret'])
    assert.deepEqual([removed.status, again.code], [204, 'WEBHOOK_NOT_FOUND'])
  })

  test('a webhook to where nobody may send is refused with the reason', async () => {
    const portal = await openPortal(house())
    const body = { url: 'http://169.254.169.254/', kinds: ['bound'] }

    const refused = await portal.call('setWebhook', { params: { name: 'bad' }, body })

    assert.equal(refused.code, 'WEBHOOK_BAD_URL')
    assert.equal((refused.body['error'] as { fields: unknown[] }).fields.length, 1)
  })
})
