// Switching scenarios, and the pages that show what goes on.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SCENARIO_NAMES, SCENARIOS } from '../../src/sandbox/scenarios.ts'
import { makeKey } from './good-answer.ts'
import { loginLink, startTestSandbox, type TestSandbox } from './start.ts'

describe('the control page of the sandbox', () => {
  let sandbox: TestSandbox
  before(async () => {
    sandbox = await startTestSandbox(await makeKey())
  })
  after(() => sandbox.stop())

  for (const name of SCENARIO_NAMES) {
    test(`switches to ${name} and says what to expect`, async () => {
      const { status, location } = await sandbox.browser.post('/sandbox/scenario', { name })

      const { text } = await sandbox.browser.get(location)

      assert.equal(status, 303)
      assert.equal(sandbox.readState().scenario, name)
      assert.match(text, new RegExp(`data-scenario="${name}"><strong>${SCENARIOS[name].title}`))
      assert.match(text, new RegExp(`value="${name}" checked`))
    })
  }

  test('knows at least the scenarios that the project promises', () => {
    const promised = [
      'normal',
      'bind',
      'wrong-acs',
      'expired-request',
      'forged-signature',
      'replayed-bind',
      'forged-bind',
      'slow-api',
      'created-but-500',
      'throttled',
    ]

    assert.deepEqual(
      promised.filter((name) => !SCENARIO_NAMES.some((known) => known === name)),
      [],
    )
  })

  for (const name of ['unknown', 'constructor', '']) {
    test(`does not switch to ${JSON.stringify(name)}`, async () => {
      sandbox.setScenario('normal')

      const { status } = await sandbox.browser.post('/sandbox/scenario', { name })

      assert.equal(status, 400)
      assert.equal(sandbox.readState().scenario, 'normal')
    })
  }

  test('every page has one heading, a title and a language', async () => {
    const paths = ['/sandbox', '/sandbox/mailbox', '/portal', '/portal/sign-in']

    const pages = await Promise.all(paths.map((path) => sandbox.browser.get(path)))

    for (const { status, text } of pages) {
      assert.equal(status, 200)
      assert.equal(text.match(/<h1>/g)?.length, 1)
      assert.match(text, /<html lang="en">/)
    }
  })

  test('a sign-in while the identity provider is away is explained', async () => {
    sandbox.idp.isAway = true

    const page = await sandbox.browser.get(loginLink(true))

    sandbox.idp.isAway = false
    assert.equal(page.status, 502)
    assert.match(page.text, /metadata cannot be read/)
    assert.match(page.text, /http:\/\/idp\.internal:3000\/saml\/metadata: it cannot be reached/)
  })

  test('the start page leads to the scenarios', async () => {
    const { status, location } = await sandbox.browser.get('/')

    assert.deepEqual([status, location], [302, '/sandbox'])
  })
})
