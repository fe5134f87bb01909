// The console's page of fetched metadata: it shows what waits, never as markup, and changes nothing.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'
import { addOperator, operatorsBrowser, startConsole } from './start.ts'

const EVIL = '<script>alert(1)</script>'
const NAMED = { name: `eu-${EVIL}`, url: `https://eu.example/${EVIL}` }

async function addWaiting(store: Store): Promise<void> {
  await store.metadata.claim(NAMED, { now: NOW, until: NOW, isForced: false })
  const pending = { xml: '<md/>', changes: [`key-${EVIL} is new`, 'another is gone'], at: NOW }
  const problem = `problem-${EVIL}`
  await store.metadata.change(NAMED, { xml: '<old/>', takenAt: NOW, problem, pending })
}

forEachEngine((engine) => {
  test('what waits is shown with the command that accepts it', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store)
    await addWaiting(store)
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    const seen = await browser.go(`${origin}/console/metadata`)

    assert.equal(seen.status, 200)
    assert.ok(!seen.body.includes('<script'), 'markup from outside')
    for (const text of ['eu-', 'https://eu.example/', 'key-', 'problem-']) {
      assert.ok(seen.body.includes(`${text}&lt;script&gt;`), `${text} is missing`)
    }
    assert.match(seen.body, /partner-idp metadata accept eu-/)
    assert.match(seen.body, /a change waits/)
    assert.match(seen.body, /<li>another is gone<\/li>/)
  })

  test('without a site that has a URL the page says so', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store)
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    const seen = await browser.go(`${origin}/console/metadata`)

    assert.match(seen.body, /No site has a URL/)
  })
})
