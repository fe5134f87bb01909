// What a process has told survives its sudden death, on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStore } from '../../src/store/open.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import { killAtFirstWord, startProcess } from './processes.ts'

forEachEngine((engine) => {
  test('what was told before kill -9 is there afterwards', async (t) => {
    const url = await freshDatabase(t, engine)

    const word = await killAtFirstWord(startProcess([url, 'keep', 'name', 'kept value']))

    assert.equal(word, 'told\n')
    const store = await openStore(url)
    assert.equal(await store.settings.find('name'), 'kept value')
    await store.close()
  })
})
