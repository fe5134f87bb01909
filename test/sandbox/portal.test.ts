// The example portal: whom it lets in, what its token says, and where it sends people.

import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import { IDP, makeKey, NOW } from './good-answer.ts'
import { ADA, createBrowser, field, startTestSandbox, type TestSandbox } from './start.ts'

const HAND_OFF = `${IDP}/sign-in/handoff`

describe('the example portal', () => {
  let sandbox: TestSandbox
  let browser: ReturnType<typeof createBrowser>
  before(async () => {
    sandbox = await startTestSandbox(await makeKey())
  })
  beforeEach(() => {
    browser = createBrowser(sandbox.url)
  })
  after(() => sandbox.stop())

  const signIn = (returnTo?: string, password = ADA.password) =>
    browser.post('/portal/sign-in', {
      login: ADA.login,
      password,
      ...(returnTo === undefined ? {} : { return_to: returnTo }),
    })
  const signInPath = (returnTo: string) =>
    `/portal/sign-in?${new URLSearchParams({ return_to: returnTo })}`

  test('vouches for a customer with a token that its published key verifies', async () => {
    const page = await signIn(`${HAND_OFF}?state=abc`)
    const jwks = JSON.parse((await browser.get('/portal/jwks.json')).text)

    const { payload, protectedHeader } = await jwtVerify(
      field(page.text, 'token'),
      createLocalJWKSet(jwks),
      { currentDate: NOW, issuer: `${sandbox.url}/portal`, audience: IDP },
    )

    assert.match(page.text, /action="http:\/\/localhost:3000\/sign-in\/handoff\?state=abc"/)
    assert.equal(protectedHeader.alg, 'ES256')
    assert.equal(protectedHeader.kid, jwks.keys[0].kid)
    assert.equal(payload.sub, 'customer-1')
    assert.equal(payload.iat, NOW.getTime() / 1000)
    assert.equal(payload.exp, NOW.getTime() / 1000 + 60)
    assert.match(payload.jti ?? '', /^[\w-]{43}$/)
  })

  test('tells who signs out by a logout token of its session, and says when nobody takes it', async () => {
    const handedOff = decodeJwt(field((await signIn(HAND_OFF)).text, 'token'))
    const jwks = JSON.parse((await browser.get('/portal/jwks.json')).text)

    // The identity provider of these tests takes no token.
    const page = await browser.post('/portal/sign-out', {})

    const told = sandbox.calls.filter(({ url }) => url.endsWith('/sign-out/portal'))
    const tokens = told.map(({ body }) => new URLSearchParams(body).get('logout_token') ?? '')
    const { payload, protectedHeader } = await jwtVerify(tokens[0] ?? '', createLocalJWKSet(jwks), {
      currentDate: NOW,
      issuer: `${sandbox.url}/portal`,
      audience: IDP,
      typ: 'logout+jwt',
    })
    assert.equal(protectedHeader.alg, 'ES256')
    assert.deepEqual([payload.sub, payload['sid']], ['customer-1', handedOff['sid']])
    assert.deepEqual(payload['events'], {
      'http://schemas.openid.net/event/backchannel-logout': {},
    })
    assert.equal(new Set(tokens).size, 2, 'it is tried again, with a token of its own')
    assert.equal(page.status, 502)
    assert.match(page.text, /could\s+not be ended/)
    assert.match((await browser.get('/portal')).text, /href="\/portal\/sign-in"/)
  })

  test('publishes no private key', async () => {
    const { text } = await browser.get('/portal/jwks.json')

    assert.deepEqual(Object.keys(JSON.parse(text).keys[0]).sort(), [
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
      'y',
    ])
  })

  test('gives a new token at once while the customer is signed in', async () => {
    const first = field((await signIn(HAND_OFF)).text, 'token')

    const second = field((await browser.get(signInPath(HAND_OFF))).text, 'token')

    assert.notEqual(second, '')
    assert.notEqual(second, first)
  })

  test('asks for the password again after signing out', async () => {
    await signIn()
    await browser.post('/portal/sign-out', {})

    const page = await browser.get(signInPath(HAND_OFF))

    assert.match(page.text, /Sign in to the partner portal/)
    assert.equal(field(page.text, 'token'), '')
  })

  test('shows who is signed in and the ways to Huawei Cloud', async () => {
    const landing = await signIn()

    const { text } = await browser.get(landing.location)

    assert.equal(landing.location, '/portal')
    assert.match(text, /Ada Lovelace/)
    assert.match(text, /href="http:\/\/localhost:3000\/launch"/)
    assert.match(text, /href="http:\/\/localhost:3000\/"/)
  })

  const WRONG = [
    { title: 'a wrong password', fields: { login: ADA.login, password: 'guess' } },
    { title: 'an unknown name', fields: { login: 'eve', password: ADA.password } },
  ]
  for (const { title, fields } of WRONG) {
    test(`lets nobody in with ${title}`, async () => {
      const page = await browser.post('/portal/sign-in', { ...fields, return_to: HAND_OFF })

      assert.equal(page.status, 401)
      assert.match(page.text, /not right/)
      assert.equal(field(page.text, 'token'), '')
      assert.equal(field(page.text, 'return_to'), HAND_OFF)
    })
  }

  const STRANGE = [
    'https://attacker.example/sign-in/handoff',
    'http://localhost:3000.attacker.example/sign-in/handoff',
    'http://localhost:3000@attacker.example/sign-in/handoff',
    'http://localhost:30001/sign-in/handoff',
    'https://localhost:3000/sign-in/handoff',
    'HTTP://localhost:3000/sign-in/handoff',
    '//attacker.example/sign-in/handoff',
    '/sign-in/handoff',
    `${IDP}/sign-in/handoff/`,
    `${IDP}/sign-in/handoff.attacker`,
    `${IDP}/sign-in/handoff#fragment`,
    `${IDP}/sign-in/handoff/../elsewhere`,
    `${IDP}/sign-in/handoff?a=1;form-action *`,
    `${IDP}/elsewhere`,
    'javascript:alert(1)',
    '',
  ]
  for (const returnTo of STRANGE) {
    test(`sends no token to ${JSON.stringify(returnTo)}`, async () => {
      await signIn()

      const byLink = await browser.get(signInPath(returnTo))
      const byForm = await signIn(returnTo)

      assert.deepEqual([byLink.status, byForm.status], [400, 400])
      assert.equal(field(byLink.text + byForm.text, 'token'), '')
    })
  }
})
