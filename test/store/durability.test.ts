// What a process has told survives its sudden death, on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStore } from '../../src/store/open.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import { killAfterLines, killAtFirstWord, startProcess } from './processes.ts'
import { addAccount } from './records.ts'

forEachEngine((engine) => {
  test('what was told before kill -9 is there afterwards', async (t) => {
    const url = await freshDatabase(t, engine)

    const word = await killAtFirstWord(startProcess([url, 'keep', 'name', 'kept value']))

    assert.equal(word, 'told\n')
    const store = await openStore(url)
    assert.equal(await store.settings.find('name'), 'kept value')
    await store.close()
  })

  test('assertions that left before kill -9 are in the ledger, and its chain is whole', async (t) => {
    const url = await freshDatabase(t, engine)
    const first = await openStore(url)
    await addAccount(first, 'c-100')
    await first.close()

    const told = await killAfterLines(startProcess([url, 'issue']), 20)

    const store = await openStore(url)
    const found = await Promise.all(told.map((id) => store.ledger.find(id)))
    const { broken, count } = await store.ledger.verify()
    await store.close()
    assert.ok(told.length >= 20)
    assert.deepEqual(
      found.map((entry) => entry?.assertionId),
      told,
    )
    assert.equal(broken, undefined)
    assert.ok(count >= told.length)
  })
})
