// Accounts and operators on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountRecord } from '../../src/store/store.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { account, addAccount, NOW, race } from './records.ts'

const CLASHES: readonly { title: string; second: Partial<AccountRecord>; taken: string }[] = [
  { title: 'the same login', second: { login: 'Ann' }, taken: 'login' },
  { title: 'the login in capitals', second: { login: 'ANN' }, taken: 'login' },
  { title: 'the same account id', second: { accountId: 'c-100' }, taken: 'account-id' },
  { title: 'the address in capitals', second: { email: 'ANN@EXAMPLE.COM' }, taken: 'email' },
]

const SEARCHES: readonly { part: string; found: readonly string[] }[] = [
  { part: 'AL', found: ['Al', 'al%a', 'al_b'] },
  { part: '%', found: ['al%a'] },
  { part: '_', found: ['al_b'] },
  { part: '\\', found: ['back\\slash'] },
  { part: 'C-4', found: ['zoe'] },
  { part: 'Mail', found: ['zoe'] },
  { part: 'nobody', found: [] },
]

forEachEngine((engine) => {
  test('an account comes back as it was added', async (t) => {
    const store = await freshStore(t, engine)
    const ann = account()

    const added = await store.accounts.add(ann)

    assert.equal(added, 'added')
    assert.deepEqual(await store.accounts.find('c-100'), ann)
    assert.deepEqual(await store.accounts.findByLogin('aNN'), ann)
    assert.equal(await store.accounts.find('C-100'), undefined, 'an account id has its case')
    assert.equal(await store.accounts.findByLogin('ann2'), undefined)
  })

  test('an account may have nothing but an id and a login', async (t) => {
    const store = await freshStore(t, engine)

    await addAccount(store, 'c-1')
    await addAccount(store, 'c-2')

    const found = await store.accounts.find('c-2')
    assert.equal(found?.email, undefined)
    assert.equal(found?.passwordHash, undefined)
  })

  for (const { title, second, taken } of CLASHES) {
    test(`a second account with ${title} is not added`, async (t) => {
      const store = await freshStore(t, engine)
      await store.accounts.add(account())
      const other = account({ accountId: 'c-200', login: 'Bob', email: undefined, ...second })

      const outcome = await store.accounts.add(other)

      assert.equal(outcome, taken)
      assert.equal((await store.accounts.list({ limit: 10 })).length, 1)
    })
  }

  test('of many who take one login at once, one gets it', async (t) => {
    const stores = await twoStores(t, engine)

    const outcomes = await race(stores, (store, turn) =>
      store.accounts.add(account({ accountId: `c-${turn}`, email: undefined })),
    )

    assert.equal(outcomes.filter((outcome) => outcome === 'added').length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === 'login').length, 9)
  })

  for (const { field, value } of [
    { field: 'login', value: 'Wanted' },
    { field: 'email', value: 'wanted@example.com' },
  ] as const) {
    test(`of many who change to one ${field} at once, one gets it and the others are told`, async (t) => {
      const stores = await twoStores(t, engine)
      for (let turn = 0; turn < 10; turn += 1) await addAccount(stores[0], `c-${turn}`)

      const outcomes = await race(stores, (store, turn) =>
        store.accounts.change(`c-${turn}`, { [field]: value }),
      )

      assert.deepEqual(outcomes.toSorted(), [...Array(9).fill(field), 'updated'].toSorted())
    })
  }

  test('a list goes on after the last login of the page before', async (t) => {
    const store = await freshStore(t, engine)
    for (const login of ['b', 'a-2', 'A1', 'C', 'a_3']) await addAccount(store, login)

    const first = await store.accounts.list({ limit: 3 })
    const second = await store.accounts.list({ limit: 3, after: 'A_3' })

    assert.deepEqual(logins(first), ['a-2', 'A1', 'a_3'])
    assert.deepEqual(logins(second), ['b', 'C'])
  })

  test('a search finds the part that was typed, wildcards included', async (t) => {
    const store = await freshStore(t, engine)
    for (const login of ['Al', 'al%a', 'al_b', 'back\\slash']) await addAccount(store, login)
    await store.accounts.add(account({ accountId: 'c-400', login: 'zoe', email: 'zoe@mail.test' }))

    for (const { part, found } of SEARCHES) {
      const page = await store.accounts.list({ limit: 10, matching: part })

      assert.deepEqual(logins(page), found, `searching for ${part}`)
    }
  })

  test('disabling and a new password change the one account that is named', async (t) => {
    const store = await freshStore(t, engine)
    await store.accounts.add(account())
    await addAccount(store, 'c-200')

    const answers = [
      await store.accounts.setEnabled('c-100', false),
      await store.accounts.setPassword('c-100', 'new hash'),
      await store.accounts.setEnabled('c-999', false),
      await store.accounts.setPassword('c-999', 'new hash'),
    ]

    assert.deepEqual(answers, [true, true, false, false])
    const changed = account({ isEnabled: false, passwordHash: 'new hash' })
    assert.deepEqual(await store.accounts.find('c-100'), changed)
    assert.equal((await store.accounts.find('c-200'))?.isEnabled, true)
  })

  test('an operator is added once, whatever the case of the login', async (t) => {
    const store = await freshStore(t, engine)
    const root = { login: 'Root', passwordHash: 'hash', isEnabled: true, createdAt: NOW }

    const answers = [
      await store.operators.add(root),
      await store.operators.add({ ...root, login: 'ROOT' }),
      await store.operators.add({ ...root, login: 'admin' }),
    ]

    assert.deepEqual(answers, [true, false, true])
    assert.deepEqual(await store.operators.find('root'), { ...root, role: 'editor' })
    assert.equal(await store.operators.find('nobody'), undefined)
    assert.equal(await store.operators.setPassword('ROOT', 'new-hash'), true)
    assert.equal(await store.operators.setPassword('nobody', 'new-hash'), false)
    assert.equal((await store.operators.find('root'))?.passwordHash, 'new-hash')
    assert.deepEqual(
      (await store.operators.list()).map(({ login }) => login),
      ['admin', 'Root'],
    )
  })
})

function logins(accounts: readonly AccountRecord[]): readonly string[] {
  return accounts.map(({ login }) => login)
}
