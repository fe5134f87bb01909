// What Huawei Cloud may demand of a sign-in at an OpenID provider, and how this service proves its name there.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK, exportPKCS8, generateKeyPair, type JWTPayload } from 'jose'
import { requestUrl } from '../support/authn-request.ts'
import { Browser } from '../support/browser.ts'
import { ENGINES, type TestEngine } from '../support/engines.ts'
import { comeBack, refusalIn, resigned, signInBy, startWorld } from '../support/openid.ts'
import { answerXml, statusesOf } from '../support/steps.ts'

const [SQLITE] = ENGINES as readonly [TestEngine, ...TestEngine[]]

const MFA = 'https://refeds.org/profile/mfa'

const DEMANDS: readonly {
  readonly title: string
  readonly environment: Readonly<Record<string, string>>
  readonly claims: JWTPayload
  readonly wanted: string
  /** The class or the second status of the answer; where the browser ended without one. */
  readonly answered: string
}[] = [
  {
    title: 'a password, where there is only the provider',
    environment: { SIGN_IN_METHODS: 'oidc' },
    claims: { amr: ['pwd'] },
    wanted: 'Password',
    answered: 'NoAuthnContext',
  },
  {
    title: 'two factors, which the provider has seen',
    environment: { SIGN_IN_METHODS: 'oidc', OIDC_MFA_AMR: 'mfa,otp' },
    claims: { amr: ['pwd', 'otp'] },
    wanted: MFA,
    answered: MFA,
  },
  {
    title: 'two factors, and the provider says so by acr',
    environment: { SIGN_IN_METHODS: 'oidc', OIDC_MFA_ACR: MFA },
    claims: { acr: MFA },
    wanted: MFA,
    answered: MFA,
  },
  {
    title: 'two factors, and the provider has seen one',
    environment: { SIGN_IN_METHODS: 'oidc', OIDC_MFA_AMR: 'mfa,otp' },
    claims: { amr: ['pwd'] },
    wanted: MFA,
    answered: 'NoAuthnContext',
  },
  {
    title: 'two factors, and nobody agreed on what amr means',
    environment: { SIGN_IN_METHODS: 'oidc' },
    claims: { amr: ['mfa'] },
    wanted: MFA,
    answered: 'NoAuthnContext',
  },
]

for (const { title, environment, claims, wanted, answered } of DEMANDS) {
  test(`Huawei Cloud asks for ${title}: ${answered}`, async (t) => {
    const world = await startWorld(t, SQLITE, environment)
    const { house, openId } = world
    openId.bend = (token) => resigned((own) => ({ ...own, ...claims }))(token, openId)

    for (const isKnown of [false, true]) {
      const browser = new Browser()
      if (isKnown) await signInBy(world, browser, 'subject-1')
      house.clock.advance(1)
      const start = await browser.go(requestUrl(house, { context: ['exact', wanted] }))
      const end = await comeBack(browser, start, 'subject-1')

      const xml = answerXml(end)
      const [, name] = /AuthnContextClassRef>([^<]*)</.exec(xml) ?? []
      assert.equal(name ?? statusesOf(xml).at(-1), answered)
    }
  })
}

test('where there are passwords too, the provider’s word leads to the page and not in a circle', async (t) => {
  const world = await startWorld(t, SQLITE)
  const { house } = world
  const browser = new Browser()
  await signInBy(world, browser, 'subject-1')
  const { accountId } = (await house.store.identities.find({
    issuer: world.openId.issuer,
    subject: 'subject-1',
  })) ?? { accountId: '' }
  await house.store.accounts.setPassword(accountId, 'of some password')
  house.clock.advance(1)

  const page = await browser.go(requestUrl(house, { context: ['exact', 'Password'] }))

  assert.equal(new URL(page.url).pathname, '/sign-in')
  assert.equal(page.status, 200)
})

test('a key takes the place of the secret', async (t) => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const environment = {
    OIDC_CLIENT_SECRET: '',
    OIDC_CLIENT_KEY: await exportPKCS8(privateKey),
    OIDC_CLIENT_KEY_ID: 'ours-1',
  }
  const world = await startWorld(t, SQLITE, environment)
  const signInWith = async (kid: string) => {
    world.openId.clientKey = { ...(await exportJWK(publicKey)), kid }
    await world.openId.changeKey()
    world.house.clock.advance(6)
    return signInBy(world, new Browser(), 'subject-1')
  }

  const known = await signInWith('ours-1')
  const unknown = await signInWith('another')

  assert.deepEqual([known, unknown].map(refusalIn), [undefined, 'UPSTREAM_BAD_ANSWER'])
})
