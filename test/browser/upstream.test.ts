// Signing in at an OpenID provider in Chromium, which holds every redirect to the policies of our pages.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { oneChromium, WITHOUT_CHROMIUM } from '../support/chromium.ts'
import { startWorld } from '../support/openid.ts'
import { SQLITE } from './clicks.ts'
import { testPages } from './page-rows.ts'

testPages(
  'pages of sign-in at one’s organisation',
  [
    {
      id: 'sign-in-upstream',
      title: 'the sign-in form beside a provider and a directory',
      arrive: ({ page, house }) => page.goto(`${house.url}/sign-in`),
    },
  ],
  {
    languages: ['zh', 'de', 'es', 'fr'],
    environment: {
      OIDC_ISSUER: 'https://id.example',
      OIDC_CLIENT_ID: 'partner-idp',
      OIDC_NAME: 'North Wind',
      LDAP_URL: 'ldaps://directory.example',
      LDAP_BASE_DN: 'dc=example',
      LDAP_DN_TEMPLATE: 'uid={login},dc=example',
      SIGN_IN_METHODS: 'ldap local oidc passkey',
    },
  },
)

describe('a provider in Chromium', { skip: WITHOUT_CHROMIUM }, () => {
  const openVisitor = oneChromium()

  test('a customer signs in over there, and signing out here leads there and back', async (t) => {
    const { house, openId } = await startWorld(t, SQLITE)
    openId.claims = () => ({ preferred_username: 'annabel' })
    const { page } = await openVisitor(t)
    // The provider's pages have a font from far away, which is not there in a test.
    await page.route('https://fonts.googleapis.com/**', (route) => route.fulfill({ body: '' }))
    await page.goto(`${house.url}/sign-in`)

    await page.getByRole('link', { name: 'Sign in with North Wind' }).click()
    await page.locator('input[name=login]').fill('subject-1')
    await page.locator('input[name=password]').fill('any')
    await page.locator('button[type=submit]').click()
    // The next page has a button of the same kind: the first must not be pressed twice.
    await page.locator('input[name=login]').waitFor({ state: 'detached' })
    await page.locator('button[type=submit]').click()
    await page.getByText('annabel').first().waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${openId.issuer}/session/end**`)
    await page.locator('button[value=yes]').click()
    await page.getByRole('heading', { name: 'Signed out' }).waitFor()

    assert.equal(new URL(page.url()).pathname, '/sign-out')
  })
})
