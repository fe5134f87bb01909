// Sessions, settings and relying parties on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { at, NOW, race } from './records.ts'

forEachEngine((engine) => {
  test('a session is found until its end, and not at it', async (t) => {
    const store = await freshStore(t, engine)

    await store.sessions.save('hash', 'body', at(60))

    assert.equal(await store.sessions.find('hash', at(59)), 'body')
    assert.equal(await store.sessions.find('hash', at(60)), undefined)
    assert.equal(await store.sessions.find('other', NOW), undefined)
  })

  test('saving a session again replaces its body and its end', async (t) => {
    const store = await freshStore(t, engine)
    await store.sessions.save('hash', 'first', at(60))

    await store.sessions.save('hash', 'second', at(120))

    assert.equal(await store.sessions.find('hash', at(90)), 'second')
  })

  test('a session that is there can be extended', async (t) => {
    const store = await freshStore(t, engine)
    await store.sessions.save('hash', 'body', at(60))

    await store.sessions.extend('hash', 'body', at(120))

    assert.equal(await store.sessions.find('hash', at(90)), 'body')
  })

  test('extending does not bring back a session that was signed out', async (t) => {
    const store = await freshStore(t, engine)
    await store.sessions.save('hash', 'body', at(60))
    await store.sessions.remove('hash')

    await store.sessions.extend('hash', 'body', at(120))

    assert.equal(await store.sessions.find('hash', NOW), undefined)
  })

  test('of many values written first under one name, all callers get the same', async (t) => {
    const stores = await twoStores(t, engine)

    const values = await race(stores, (store, turn) =>
      store.settings.keepFirst('cookie-key', `value ${turn}`),
    )

    assert.equal(new Set(values).size, 1)
    assert.equal(await stores[0].settings.find('cookie-key'), values[0])
    assert.equal(await stores[0].settings.find('other'), undefined)
  })

  test('a relying party’s newer metadata replaces the older', async (t) => {
    const store = await freshStore(t, engine)
    await store.parties.save('https://b.example', '<b/>', NOW)
    await store.parties.save('https://a.example', '<a/>', NOW)

    await store.parties.save('https://b.example', '<b2/>', at(1))

    assert.deepEqual(await store.parties.list(), [
      { entityId: 'https://a.example', xml: '<a/>' },
      { entityId: 'https://b.example', xml: '<b2/>' },
    ])
  })
})
