// China, International, Europe and a sandbox at once: each opens with its own login link, and is told its
// own partner id by an answer that only it can use.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sitesFolder } from '../metadata/sites.ts'
import { newRequestId } from '../support/authn-request.ts'
import { Browser } from '../support/browser.ts'
import { authnRequest, HOUSE, SITE, smallMetadata } from '../support/build.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import type { KeyName } from '../support/fixed.ts'
import { CUSTOMER, type House, startHouse } from '../support/house.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery } from '../support/send.ts'
import { answerXml, connected, leavingForm, signedIn, signInAtPortal } from '../support/steps.ts'

type FakeSite = {
  readonly name: string
  readonly auth: string
  readonly console: string
  readonly key: KeyName
  readonly options: Readonly<Record<string, string>>
  readonly platformId: string
  readonly partnerId: string
}

const SITES: readonly FakeSite[] = [
  {
    name: 'huawei-cn',
    auth: 'https://auth.huaweicloud.com',
    console: 'https://console.huaweicloud.com',
    key: 'site',
    options: { platformId: 'cn_IDP', partnerId: 'partner-cn' },
    platformId: 'cn_IDP',
    partnerId: 'partner-cn',
  },
  {
    name: 'huawei-intl',
    auth: 'https://auth-intl.huaweicloud.com',
    console: 'https://console-intl.huaweicloud.com',
    key: 'site-next',
    options: { platformId: 'intl_IDP', partnerId: 'partner-intl' },
    platformId: 'intl_IDP',
    partnerId: 'partner-intl',
  },
  {
    name: 'huawei-eu',
    auth: 'https://auth.eu.huaweicloud.com',
    console: 'https://console.eu.huaweicloud.com',
    key: 'other',
    options: {},
    platformId: 'house_IDP',
    partnerId: 'house-partner',
  },
  {
    name: 'private-cloud',
    auth: 'https://auth.cloud.example',
    console: 'https://console.cloud.example',
    key: 'stranger',
    options: { consoleUrl: 'https://console.cloud.example', partnerId: 'partner-private' },
    platformId: 'house_IDP',
    partnerId: 'partner-private',
  },
]

const ENVIRONMENT = { HUAWEI_PLATFORM_ID: 'house_IDP', HUAWEI_PARTNER_ID: 'house-partner' }

const addressesOf = ({ auth }: FakeSite) => ({
  entityId: `${auth}/`,
  acsUrl: `${auth}/authui/saml/SAMLAssertionConsumer`,
})

function requestOf(house: House, site: FakeSite): string {
  const xml = authnRequest(addressesOf(site))
    .replace(HOUSE.ssoUrl, `${house.url}/saml/sso`)
    .replace(SITE.requestId, newRequestId())
    .replace('2026-01-15T09:59:58.446Z', house.clock.now().toISOString())
  const query = redirectQuery('SAMLRequest', deflate(xml), { ...HUAWEI_SIGNING, key: site.key })
  return `${house.url}/saml/sso?${query}`
}

/** Where a link of ours leads, without going there: these sites are real. */
async function leadsTo(house: House, browser: Browser, path: string): Promise<URL> {
  const cookie = [...browser.cookies('localhost')].map((pair) => pair.join('=')).join('; ')
  const answer = await fetch(`${house.url}${path}`, { redirect: 'manual', headers: { cookie } })
  assert.equal(answer.status, 302, await answer.text())
  return new URL(answer.headers.get('location') ?? '')
}

forEachEngine((engine) => {
  describe('four sites', () => {
    test('each has its own login link, and its own answer', async (t) => {
      const folder = await sitesFolder(t)
      for (const site of SITES) {
        await folder.write(
          `${site.name}.xml`,
          await smallMetadata(addressesOf(site), site.key, true),
        )
        await folder.write(`${site.name}.json`, site.options)
      }
      const databaseUrl = await freshDatabase(t, engine)
      const environment = { ...ENVIRONMENT, METADATA_DIR: folder.path }
      const house = await startHouse(t, { databaseUrl, environment })
      const browser = await signedIn(house, CUSTOMER)

      for (const site of SITES) {
        const service = `${site.console}/ecm/?region=x`
        const query = `site=${site.name}&service=${encodeURIComponent(service)}`
        const link = await leadsTo(house, browser, `/launch?chosen=yes&${query}`)
        const short = await leadsTo(house, browser, `/launch?chosen=yes&site=${site.name}`)
        const seen = await browser.go(requestOf(house, site))

        assert.equal(`${link.origin}${link.pathname}`, `${site.auth}/authui/saml/login`)
        assert.equal(link.searchParams.get('xAccountType'), site.platformId)
        assert.equal(link.searchParams.get('service'), service)
        assert.equal(short.searchParams.get('service'), `${site.console}/iam/`)
        assert.equal(leavingForm(seen).action, addressesOf(site).acsUrl)
        const xml = answerXml(seen)
        assert.match(xml, new RegExp(`Name="bpId"[^>]*>[^>]*>${site.partnerId}<`))
        assert.match(xml, new RegExp(`<saml2:Audience>${site.auth}/</saml2:Audience>`))
        assert.ok(seen.headers.get('content-security-policy')?.includes(site.console))
      }
    })

    const REFUSED = [
      { query: 'site=nowhere', code: 'LAUNCH_UNKNOWN_SITE' },
      { query: 'site=__proto__', code: 'LAUNCH_UNKNOWN_SITE' },
      {
        query: `site=huawei-eu&service=${encodeURIComponent('https://console.huaweicloud.com/')}`,
        code: 'LAUNCH_BAD_SERVICE',
      },
      {
        query: `service=${encodeURIComponent('https://console.eu.huaweicloud.com/')}`,
        code: 'LAUNCH_BAD_SERVICE',
      },
      { query: 'site=huawei-eu&site=huawei-cn', code: 'BAD_PARAMETERS' },
    ]
    test("a link to no site of ours, or to another site's console, is refused", async (t) => {
      const folder = await sitesFolder(t)
      const [china, , europe] = SITES
      for (const site of [china, europe]) {
        assert.ok(site !== undefined)
        await folder.write(
          `${site.name}.xml`,
          await smallMetadata(addressesOf(site), site.key, true),
        )
      }
      const databaseUrl = await freshDatabase(t, engine)
      const house = await startHouse(t, { databaseUrl, environment: { METADATA_DIR: folder.path } })

      for (const { query, code } of REFUSED) {
        const answer = await fetch(`${house.url}/launch?${query}`, { redirect: 'manual' })

        assert.match(await answer.text(), new RegExp(`Code <code>${code}</code>`), query)
      }
    })

    test('a person who has to sign in first comes back to the site of the link', async (t) => {
      const house = await startHouse(t, { databaseUrl: await freshDatabase(t, engine) })
      const { person } = await connected(house)
      const service = `${house.config.huawei.consoleUrl}/a?b=c`
      const link = `/launch?site=sandbox&service=${encodeURIComponent(service)}`
      const browser = new Browser()

      const form = await browser.settle(await browser.go(house.url + link))
      const back = await signInAtPortal(browser, form, person)

      assert.match(form.url, /\/portal\/sign-in/)
      assert.ok(back.body.includes(service), 'Huawei Cloud goes on to the page of the link')
    })
  })
})
