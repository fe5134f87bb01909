// Sessions, sign-ins, settings and relying parties on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignInRecord } from '../../src/store/session-records.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { addAccount, at, NOW, person, race, session } from './records.ts'

forEachEngine((engine) => {
  test('a session is found until its end, and not at it', async (t) => {
    const store = await freshStore(t, engine)

    await store.sessions.save('hash', session({ body: 'body', expiresAt: at(60) }))

    assert.equal(await store.sessions.find('hash', at(59)), 'body')
    assert.equal(await store.sessions.find('hash', at(60)), undefined)
    assert.equal(await store.sessions.find('other', NOW), undefined)
  })

  test('saving a session again replaces its body and its end', async (t) => {
    const store = await freshStore(t, engine)
    await store.sessions.save('hash', session({ body: 'first', expiresAt: at(60) }))

    await store.sessions.save('hash', session({ body: 'second', expiresAt: at(120) }))

    assert.equal(await store.sessions.find('hash', at(90)), 'second')
  })

  test('a session that is there can be extended', async (t) => {
    const store = await freshStore(t, engine)
    await store.sessions.save('hash', session({ body: 'body', expiresAt: at(60) }))

    await store.sessions.extend('hash', session({ body: 'body', expiresAt: at(120) }))

    assert.equal(await store.sessions.find('hash', at(90)), 'body')
  })

  test('extending does not bring back a session that was signed out', async (t) => {
    const store = await freshStore(t, engine)
    await store.sessions.save('hash', session({ body: 'body', expiresAt: at(60) }))
    await store.sessions.remove('hash')

    await store.sessions.extend('hash', session({ body: 'body', expiresAt: at(120) }))

    assert.equal(await store.sessions.find('hash', NOW), undefined)
  })

  test('who is signed in is found by account, newest first, until the session ends', async (t) => {
    const store = await freshStore(t, engine)
    const [old, recent] = [person({ startedAt: at(-60) }), person({ method: 'portal' })]
    await store.sessions.save('old', session({ people: [old], seenAt: at(5) }))
    await store.sessions.save('recent', session({ people: [recent] }))
    await store.sessions.save('other', session({ people: [person({ id: 'c-200' })] }))
    await store.sessions.save('olivia', session({ people: [person({ role: 'operator' })] }))

    const found = await store.sessions.listOf('c-100', NOW)

    assert.deepEqual(found, [
      { ...recent, idHash: 'recent', lastSeenAt: NOW },
      { ...old, idHash: 'old', lastSeenAt: at(5) },
    ])
    assert.equal((await store.sessions.listOf('c-100', NOW, 'operator')).length, 1)
    assert.deepEqual(await store.sessions.listOf('c-100', at(60)), [])
  })

  test('a session that was removed takes with it who was signed in', async (t) => {
    const store = await freshStore(t, engine)
    await store.sessions.save('hash', session({ people: [person()] }))

    await store.sessions.remove('hash')
    await store.sessions.save('hash', session())

    assert.deepEqual(await store.sessions.listOf('c-100', NOW), [])
  })

  test('a session that was ended does not come back by a request under way', async (t) => {
    const store = await freshStore(t, engine)
    const kept = session({ people: [person()] })
    await store.sessions.save('hash', kept)

    const isEnded = await store.sessions.end('hash')
    await store.sessions.replace('hash', kept)
    await store.sessions.extend('hash', kept)

    assert.equal(isEnded, true)
    assert.equal(await store.sessions.end('hash'), false)
    assert.equal(await store.sessions.find('hash', NOW), undefined)
    assert.deepEqual(await store.sessions.listOf('c-100', NOW), [])
  })

  test('somebody who signs out beside another is no longer listed', async (t) => {
    const store = await freshStore(t, engine)
    const operator = person({ role: 'operator', id: 'olivia' })
    await store.sessions.save('hash', session({ people: [person(), operator] }))

    await store.sessions.replace('hash', session({ people: [operator] }))

    assert.deepEqual(await store.sessions.listOf('c-100', NOW), [])
    assert.equal((await store.sessions.listOf('olivia', NOW, 'operator')).length, 1)
  })

  test('all sessions of an account end but the one that is kept', async (t) => {
    const store = await freshStore(t, engine)
    for (const hash of ['a', 'b', 'c']) {
      await store.sessions.save(hash, session({ people: [person()] }))
    }
    await store.sessions.save('other', session({ people: [person({ id: 'c-200' })] }))

    const others = await store.sessions.endAll('c-100', 'b')
    const left = await store.sessions.listOf('c-100', NOW)
    const last = await store.sessions.endAll('c-100')

    assert.deepEqual([others, last], [2, 1])
    assert.deepEqual(
      left.map(({ idHash }) => idHash),
      ['b'],
    )
    assert.equal((await store.sessions.listOf('c-200', NOW)).length, 1)
  })

  test('who is disabled is signed out everywhere at once', async (t) => {
    const store = await freshStore(t, engine)
    await addAccount(store, 'c-100')
    await store.operators.add({
      login: 'Olivia',
      passwordHash: 'h',
      isEnabled: true,
      createdAt: NOW,
    })
    const operator = person({ role: 'operator', id: 'Olivia' })
    await store.sessions.save('customer', session({ people: [person()] }))
    await store.sessions.save('operator', session({ people: [operator] }))

    await store.accounts.setEnabled('c-100', false)
    await store.operators.setEnabled('olivia', false)
    const whileDisabled = await store.sessions.listOf('c-100', NOW)
    await store.accounts.setEnabled('c-100', true)
    await store.operators.setEnabled('olivia', true)

    assert.deepEqual(whileDisabled, [])
    assert.equal(await store.sessions.find('customer', NOW), undefined)
    assert.equal(await store.sessions.find('operator', NOW), undefined)
  })

  test('the newest 50 attempts of a person are kept, and nobody else’s are touched', async (t) => {
    const store = await freshStore(t, engine)
    const attempt = (second: number, id = 'c-100'): SignInRecord => ({
      role: 'customer',
      id,
      at: at(second),
      method: 'password',
      refusal: second % 2 === 0 ? undefined : 'SIGN_IN_FAILED',
      network: '192.0.2.1',
      agent: undefined,
    })
    await store.signIns.add(attempt(0, 'c-200'))

    for (let second = 1; second <= 53; second += 1) await store.signIns.add(attempt(second))

    const kept = await store.signIns.list('c-100')
    assert.equal(kept.length, 50)
    assert.deepEqual([kept[0], kept.at(-1)], [attempt(53), attempt(4)])
    assert.deepEqual(await store.signIns.list('c-200'), [attempt(0, 'c-200')])
    assert.deepEqual(await store.signIns.list('c-100', 'operator'), [])
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
