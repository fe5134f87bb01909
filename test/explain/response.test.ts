// An answer of ours, and everything that can be wrong with it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMinutes } from '../../src/base/clock.ts'
import { explainResponse } from '../../src/explain/response.ts'
import { buildAnswer } from '../../src/saml/response.ts'
import { ADDRESSEE, answer, answerDeps, PERSON, refusal } from '../support/answers.ts'
import { SITE, trustedParties } from '../support/build.ts'
import { certificateOf, type KeyName, NOW } from '../support/fixed.ts'
import { startExplainHouse } from './house.ts'

const house = { ...(await startExplainHouse()), parties: await trustedParties() }

async function explain(xml: string, changes: { now?: Date; key?: KeyName } = {}) {
  const keys = [(await certificateOf(changes.key ?? 'house')).publicKey]
  const message = { binding: 'post', xml, relayState: undefined, detached: undefined } as const
  return explainResponse(() => message, { ...house, now: changes.now ?? NOW }, keys)
}

test('an answer as it leaves us passes every check', async () => {
  const { response } = await answer()

  const { verdict, checks, isProven, requestId } = await explain(response)

  assert.equal(verdict, 'accepted')
  assert.ok(checks.every((check) => check.verdict === 'passed'))
  assert.equal(isProven, true)
  assert.equal(requestId, SITE.requestId)
})

const REFUSED: readonly {
  readonly title: string
  readonly xml: () => Promise<string>
  readonly now?: Date
  readonly key?: KeyName
  readonly fails: string
  readonly code: string
}[] = [
  {
    title: 'that is no Response',
    xml: async () => '<x/>',
    fails: 'decode',
    code: 'ANSWER_UNREADABLE',
  },
  {
    title: 'that says no',
    xml: () => refusal(),
    fails: 'status',
    code: 'ANSWER_REFUSAL',
  },
  {
    title: 'that was changed on its way',
    xml: async () => (await answer()).response.replace('ada@', 'eve@'),
    fails: 'signature',
    code: 'ANSWER_NOT_OURS',
  },
  {
    title: 'that an older key signed',
    xml: async () => (await answer()).response,
    key: 'other',
    fails: 'signature',
    code: 'ANSWER_NOT_OURS',
  },
  {
    title: 'in the name of another service',
    xml: async () => {
      const deps = { ...(await answerDeps()), entityId: 'https://other.example/' }
      return (await buildAnswer(ADDRESSEE, PERSON, deps)).response
    },
    fails: 'issuer',
    code: 'ANSWER_NOT_OURS',
  },
  {
    title: 'for a site that nobody trusts',
    xml: async () => {
      const to = { ...ADDRESSEE, issuer: 'https://other.example/' }
      return (await buildAnswer(to, PERSON, await answerDeps())).response
    },
    fails: 'audience',
    code: 'ANSWER_MISADDRESSED',
  },
  {
    title: 'for an address that is not registered',
    xml: async () => {
      const to = { ...ADDRESSEE, acsUrl: 'https://other.example/' }
      return (await buildAnswer(to, PERSON, await answerDeps())).response
    },
    fails: 'recipient',
    code: 'ANSWER_MISADDRESSED',
  },
  {
    title: 'whose time is over',
    xml: async () => (await answer()).response,
    now: addMinutes(NOW, 5),
    fails: 'conditions',
    code: 'ANSWER_EXPIRED',
  },
  {
    title: 'without the partner id',
    xml: async () => (await answer({ attributes: PERSON.attributes.slice(0, 2) })).response,
    fails: 'attributes',
    code: 'ANSWER_INCOMPLETE',
  },
]

for (const { title, xml, fails, code, ...changes } of REFUSED) {
  test(`an answer ${title}: ${code}`, async () => {
    const { verdict, checks } = await explain(await xml(), changes)

    assert.equal(verdict, code)
    assert.equal(checks.find((check) => check.verdict === 'failed')?.id, fails)
  })
}

test('an encrypted answer says that its addressee alone can read it', async () => {
  const { response } = await answer()
  const sealed = response.replace(
    /<saml2:Assertion.*<\/saml2:Assertion>/,
    '<saml2:EncryptedAssertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"/>',
  )

  const { verdict, say, isProven, checks } = await explain(sealed)

  assert.equal(verdict, 'accepted')
  assert.match(say, /encrypted/)
  assert.equal(isProven, false)
  assert.equal(checks.find(({ id }) => id === 'signature')?.verdict, 'skipped')
})
