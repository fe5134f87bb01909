// An operator looks after the addresses that webhooks go to.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '../../src/store/store.ts'
import { at, NOW } from '../store/records.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { fixedClock } from '../support/fixed.ts'
import { addOperator, OPERATOR, operatorsBrowser, startConsole } from './start.ts'

const PATH = '/console/webhooks'
const TURN = { holder: 'test', now: NOW, heldUntil: at(60), limit: 9 }

/** An address whose only message was given up. */
async function arrange(t: Parameters<typeof startConsole>[0], store: Store) {
  await addOperator(store)
  const url = 'https://portal.example/hook?token=of-the-portal'
  await store.webhooks.set({ name: 'main', id: 'id', url, kinds: ['bound'], createdAt: NOW })
  const event = { eventId: 'evt_1', kind: 'bound', body: '{}', now: NOW } as const
  await store.deliveries.enqueue({ ...event, expiresAt: at(9999) })
  for (const delivery of await store.deliveries.take(TURN)) {
    const failed = { kind: 'failed', now: NOW, problem: 'status 500', nextAt: undefined } as const
    await store.deliveries.settle(delivery, 'test', failed)
  }
  const origin = await startConsole(t, store)
  const browser = await operatorsBrowser(origin)
  return { browser, page: await browser.go(`${origin}${PATH}`) }
}

async function recorded(store: Store) {
  const events = await store.audit.list({ limit: 99, action: 'webhook.changed' })
  return events.map(({ actor, subject, after }) => [actor.id, subject, after?.['state']])
}

forEachEngine((engine) => {
  test('what was given up and why is there to be seen; the query of the address is not', async (t) => {
    const store = await freshStore(t, engine)

    const { page } = await arrange(t, store)

    assert.match(page.body, /https:\/\/portal\.example\/hook</)
    assert.match(page.body, /status 500/)
    assert.match(page.body, /failing/)
    assert.doesNotMatch(page.body, /of-the-portal/)
  })

  test('an address is tried again: what was given up is on its way, and that is on record', async (t) => {
    const store = await freshStore(t, engine)
    const { browser, page } = await arrange(t, store)

    const seen = await browser.submit(page, PATH, { webhook: 'main', do: 'retry' })

    assert.equal(seen.status, 200)
    assert.deepEqual(await store.deliveries.count('main'), { waiting: 1, dead: 0 })
    assert.deepEqual(await recorded(store), [[OPERATOR.login, 'main', 'tried-again']])
  })

  test('an address is stopped after a second look, and that is on record', async (t) => {
    const store = await freshStore(t, engine)
    const { browser, page } = await arrange(t, store)

    const asked = await browser.submit(page, PATH, { webhook: 'main', do: 'stop' })
    const before = await store.webhooks.find('main')
    await browser.submit(asked, PATH)

    assert.match(asked.body, /Stop this address\?/)
    assert.equal(before?.endedAt, undefined)
    assert.deepEqual((await store.webhooks.find('main'))?.endedAt, fixedClock.now())
    assert.deepEqual(await recorded(store), [[OPERATOR.login, 'main', 'stopped']])
  })

  for (const { title, form, code } of [
    {
      title: 'an unknown address',
      form: { webhook: 'other', do: 'retry' },
      code: 'WEBHOOK_NOT_FOUND',
    },
    { title: 'an unknown wish', form: { webhook: 'main', do: 'remove' }, code: 'BAD_PARAMETERS' },
  ]) {
    test(`${title} changes nothing`, async (t) => {
      const store = await freshStore(t, engine)
      const { browser, page } = await arrange(t, store)
      const before = await store.webhooks.find('main')

      const seen = await browser.submit(page, PATH, form)

      assert.match(seen.body, new RegExp(code))
      assert.deepEqual(await store.webhooks.find('main'), before)
      assert.deepEqual(await recorded(store), [])
    })
  }

  test('a viewer sees the addresses and can change none', async (t) => {
    const store = await freshStore(t, engine)
    const { browser, page } = await arrange(t, store)
    await store.operators.setRole(OPERATOR.login, 'viewer')

    const shown = await browser.go(page.url)
    const seen = await browser.submit(page, PATH, { webhook: 'main', do: 'retry' })

    assert.doesNotMatch(shown.body, /Try again/)
    assert.match(seen.body, /OPERATOR_MAY_NOT/)
    assert.deepEqual(await store.deliveries.count('main'), { waiting: 0, dead: 1 })
  })
})
