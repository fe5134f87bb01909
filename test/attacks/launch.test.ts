// Every link that leads elsewhere than to the console is refused, signed in or not; the good link works.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { codeOf, newCustomer, outcomeOf, signedIn } from '../support/steps.ts'
import { applyTamperings, type Tampering } from '../support/tamper.ts'
import { FORM_CHANGES } from '../support/tamper-form.ts'
import { expectedRefusal, readAttacks } from './rows.ts'

/** The address of a launch. Rows name the parts of the console's address, which is another each time. */
async function buildUrl(house: House, tamperings: readonly Tampering[]): Promise<string> {
  const { origin, protocol, host, hostname } = new URL(house.config.huawei.consoleUrl)
  const scheme = protocol.slice(0, -1)
  const good = `service=${encodeURIComponent(`${origin}/iam/`)}`
  const query = await applyTamperings(good, 'wire', FORM_CHANGES, tamperings)
  const filled = query
    .replaceAll('{console}', encodeURIComponent(origin))
    .replaceAll('{tabbed}', encodeURIComponent(origin.replace('t', '\tt')))
    .replaceAll('{scheme}', scheme)
    .replaceAll('{hostname}', hostname)
    .replaceAll('{host}', encodeURIComponent(host))
  return `${house.url}/launch?chosen=yes&${filled}`
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  for (const row of readAttacks('launch.json')) {
    test(`${row.id} ${row.title}`, async () => {
      const browser = await signedIn(house(), await newCustomer(house()))
      const good = await buildUrl(house(), [])
      const tampered = await buildUrl(house(), row.tamper)

      const twin = await browser.go(good)
      const seen = await browser.go(tampered)
      const signedOut = await new Browser().go(tampered)

      assert.equal(codeOf(twin), undefined)
      assert.ok(
        twin.way.some((url) => url.startsWith(`${house().sandbox.url}/authui/saml/login`)),
        'the twin must pass, or this proves nothing',
      )
      assert.deepEqual({ code: outcomeOf(house(), seen).code }, expectedRefusal(row))
      assert.equal(codeOf(seen), row.refuse)
      assert.equal(codeOf(signedOut), row.refuse, 'before anybody is asked to sign in')
    })
  }
})
