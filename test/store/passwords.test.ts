// Passwords, links and known browsers on both engines: what rests on an old password goes with it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PasswordOwner } from '../../src/store/password-records.ts'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { account, at, NOW, race } from './records.ts'

const ANN: PasswordOwner = { role: 'customer', id: 'c-100' }
const OLIVIA: PasswordOwner = { role: 'operator', id: 'Olivia' }
const LINK = { tokenHash: 'link', accountId: 'c-100', expiresAt: at(60) }

async function withPeople(store: Store): Promise<Store> {
  await store.accounts.add(account())
  const operator = { passwordHash: 'before', isEnabled: true, createdAt: NOW }
  await store.operators.add({ ...operator, login: 'Olivia' })
  return store
}

async function openSession(store: Store, idHash: string, { role, id }: PasswordOwner) {
  const nothing = { network: undefined, agent: undefined, upstream: undefined }
  const person = { role, id, method: 'password', startedAt: NOW, upstreamSession: undefined }
  const people = [{ ...person, ...nothing }]
  await store.sessions.save(idHash, { body: 'body', seenAt: NOW, expiresAt: at(600), people })
}

const isOpen = async (store: Store, idHash: string) => {
  return (await store.sessions.find(idHash, NOW)) !== undefined
}

const mark = (tokenHash: string, owner: PasswordOwner, before?: string) => {
  return { tokenHash, before, owner, expiresAt: at(60) }
}

forEachEngine((engine) => {
  for (const owner of [ANN, OLIVIA]) {
    test(`a new password of a ${owner.role} ends what rested on the old one, but here`, async (t) => {
      const store = await withPeople(await freshStore(t, engine))
      for (const name of ['here', 'elsewhere']) {
        await openSession(store, name, owner)
        await store.devices.remember(mark(name, owner))
      }
      await store.passwords.saveLink(LINK)
      const kept = { sessionHash: 'here', deviceHash: 'here' }

      const isChanged = await store.passwords.change(owner, 'after', kept)

      const left = {
        sessions: [await isOpen(store, 'here'), await isOpen(store, 'elsewhere')],
        devices: [
          await store.devices.isKnown('here', owner, NOW),
          await store.devices.isKnown('elsewhere', owner, NOW),
        ],
      }
      assert.equal(isChanged, true)
      assert.deepEqual(left, { sessions: [true, false], devices: [true, false] })
      const isCustomer = owner.role === 'customer'
      const link = await store.passwords.findLink('link', NOW)
      assert.equal(link, isCustomer ? undefined : 'c-100', 'an operator’s change is no customer’s')
      const found = isCustomer
        ? await store.accounts.find('c-100')
        : await store.operators.find('olivia')
      assert.equal(found?.passwordHash, 'after')
    })
  }

  test('a sign-in that waits for its second factor ends with the password', async (t) => {
    const store = await withPeople(await freshStore(t, engine))
    const waiting = { idHash: 'id', browserHash: 'b', method: 'password', next: '/' } as const
    await store.factors.startSignIn({ ...waiting, owner: ANN, expiresAt: at(60) })

    await store.passwords.change(ANN, 'after')

    assert.equal(await store.factors.findSignIn('id', 'b', NOW), undefined)
  })

  test('whoever does not exist gets no password', async (t) => {
    const store = await freshStore(t, engine)

    assert.equal(await store.passwords.change(ANN, 'after'), false)
    assert.equal(await store.passwords.change(OLIVIA, 'after'), false)
  })

  test('a better hash does not undo a password that was changed meanwhile', async (t) => {
    const store = await withPeople(await freshStore(t, engine))

    const first = await store.passwords.rehash(OLIVIA, 'before', 'better')
    const late = await store.passwords.rehash(OLIVIA, 'before', 'too late')

    assert.deepEqual([first, late], [true, false])
    assert.equal((await store.operators.find('Olivia'))?.passwordHash, 'better')
  })

  test('of many uses of one link at once, one sets the password', async (t) => {
    const stores = await twoStores(t, engine)
    await withPeople(stores[0])
    await stores[0].passwords.saveLink(LINK)
    await openSession(stores[0], 'elsewhere', ANN)

    const used = await race(stores, (store) => store.passwords.useLink('link', 'after', NOW))

    assert.deepEqual(
      used.filter((id) => id !== undefined),
      ['c-100'],
    )
    assert.equal((await stores[0].accounts.find('c-100'))?.passwordHash, 'after')
    assert.equal(await isOpen(stores[0], 'elsewhere'), false)
  })

  test('a link runs out, and a newer one takes its place', async (t) => {
    const store = await withPeople(await freshStore(t, engine))
    await store.passwords.saveLink(LINK)
    const inTime = await store.passwords.findLink('link', at(59))
    const late = await store.passwords.useLink('link', 'after', at(60))
    await store.passwords.saveLink({ ...LINK, tokenHash: 'newer' })

    const older = await store.passwords.useLink('link', 'after', NOW)
    const newer = await store.passwords.findLink('newer', NOW)

    assert.deepEqual([inTime, late, older, newer], ['c-100', undefined, undefined, 'c-100'])
    assert.equal((await store.accounts.find('c-100'))?.passwordHash, account().passwordHash)
  })

  test('a browser is known to those who were marked, in their role, until it runs out', async (t) => {
    const store = await freshStore(t, engine)
    await store.devices.remember(mark('browser', ANN))
    const asOperator: PasswordOwner = { role: 'operator', id: ANN.id }

    const known = [
      await store.devices.isKnown('browser', ANN, at(59)),
      await store.devices.isKnown('browser', ANN, at(60)),
      await store.devices.isKnown('browser', asOperator, NOW),
      await store.devices.isKnown('another', ANN, NOW),
    ]

    assert.deepEqual(known, [true, false, false, false])
  })

  test('a planted token is worth nothing after a sign-in, and nobody’s mark is lost', async (t) => {
    const store = await freshStore(t, engine)
    await store.devices.remember(mark('planted', OLIVIA))

    await store.devices.remember(mark('fresh', ANN, 'planted'))

    const isKnown = (token: string, owner: PasswordOwner) => {
      return store.devices.isKnown(token, owner, NOW)
    }
    const old = [await isKnown('planted', ANN), await isKnown('planted', OLIVIA)]
    const fresh = [await isKnown('fresh', ANN), await isKnown('fresh', OLIVIA)]
    assert.deepEqual({ old, fresh }, { old: [false, false], fresh: [true, true] })
  })

  test('the browsers of one person can be forgotten', async (t) => {
    const store = await freshStore(t, engine)
    await store.devices.remember(mark('one', ANN))
    await store.devices.remember(mark('two', ANN))
    await store.devices.remember(mark('one', OLIVIA))

    const forgotten = await store.devices.forget(ANN)

    assert.equal(forgotten, 2)
    assert.equal(await store.devices.isKnown('one', ANN, NOW), false)
    assert.equal(await store.devices.isKnown('one', OLIVIA, NOW), true)
  })

  test('links and marks are swept when they have run out, and erased with the person', async (t) => {
    const store = await withPeople(await freshStore(t, engine))
    await store.passwords.saveLink(LINK)
    await store.devices.remember(mark('browser', ANN))
    await store.sweep(at(59))
    const before = await store.passwords.findLink('link', NOW)
    await store.sweep(at(60))
    const swept = await store.passwords.findLink('link', NOW)
    await store.passwords.saveLink(LINK)
    await store.devices.remember(mark('browser', ANN))

    await store.accounts.erase('c-100', 'erased-1', NOW)

    assert.deepEqual([before, swept], ['c-100', undefined])
    assert.equal(await store.passwords.findLink('link', NOW), undefined)
    assert.equal(await store.devices.isKnown('browser', ANN, NOW), false)
  })
})
