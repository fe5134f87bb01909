// A dispute: somebody shows an assertion, and the partner wants to know whether it is theirs.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { forEachEngine } from '../support/engines.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { answerXml, connected } from '../support/steps.ts'

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('the assertion of a sign-in is found by its ID, with its person, request and text', async () => {
    const { browser, person } = await connected(house())
    const xml = answerXml(await browser.go(`${house().url}/launch`))
    const [assertion = ''] = /<saml2:Assertion .*<\/saml2:Assertion>/s.exec(xml) ?? []
    const [, id = ''] = /<saml2:Assertion [^>]*\bID="([^"]+)"/.exec(assertion) ?? []

    const entry = await house().store.ledger.find(id)
    const { broken, last } = await house().store.ledger.verify()

    assert.equal(entry?.accountId, person.accountId)
    assert.equal(entry?.digest, createHash('sha256').update(assertion, 'utf8').digest('hex'))
    assert.ok(assertion.includes(`SessionIndex="${entry?.sessionIndex}"`))
    assert.ok(assertion.includes(`InResponseTo="${entry?.requestId}"`))
    assert.ok(assertion.includes(`<saml2:Audience>${entry?.issuer}</saml2:Audience>`))
    assert.equal(broken, undefined)
    assert.equal(last?.assertionId, id)
  })

  test('a refused sign-in leaves nothing in the ledger', async () => {
    const { browser } = await connected(house())
    const request = (await browser.go(`${house().url}/launch`)).way.find((url) =>
      url.startsWith(`${house().url}/saml/sso?`),
    )
    const before = await house().store.ledger.head()

    await browser.go(request ?? '')

    assert.notEqual(request, undefined)
    assert.deepEqual(await house().store.ledger.head(), before)
  })

  test('tidying up leaves a ledger that is kept for ever alone', async () => {
    await connected(house())
    const before = await house().store.ledger.verify()
    house().clock.advance(60 * 24 * 400)

    await house().app.tidy()

    assert.ok(before.count > 0)
    assert.deepEqual(await house().store.ledger.verify(), before)
  })
})
