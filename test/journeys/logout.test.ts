// Signing out everywhere: from here to every site of the sign-in, and from one site to the others.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { nameIn, startSecondSite } from '../support/second-site.ts'
import { secondProcess, sharedHouse } from '../support/shared-house.ts'
import {
  codeOf,
  connected,
  openHuawei,
  type Person,
  play,
  signedIn,
  statusesOf,
  titleOf,
  verdictOf,
} from '../support/steps.ts'

const PARTLY = 'Signed out here, but not everywhere'

/** Huawei Cloud is opened once more, a minute later: its newest answer is the one that counts. */
async function openAgain(house: House, browser: Browser, person: Person) {
  house.clock.advance(1)
  return openHuawei(house, browser, person)
}

/** Signs out with the button here, as far as the page that leaves for the first site. */
async function signOut(house: House, browser: Browser) {
  return browser.submit(await browser.go(`${house.url}/sign-out`), '/sign-out')
}

function hrefOf(body: string, text: string): string {
  const href = new RegExp(`<a[^>]*href="([^"]+)"[^>]*>${text}<`).exec(body)?.[1]
  assert.ok(href !== undefined, `no link "${text}": ${body}`)
  return href.replaceAll('&amp;', '&')
}

async function isSignedIn(house: House, browser: Browser): Promise<boolean> {
  return titleOf(await browser.go(`${house.url}/`)) === 'Your Huawei Cloud'
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  describe('signing out here', () => {
    test('signs out of Huawei Cloud as well, which finds the request right [S41]', async () => {
      const { browser, person } = await connected(house())
      await openAgain(house(), browser, person)

      const end = await browser.settle(await signOut(house(), browser))
      const console = await browser.go(`${house().sandbox.url}/authui/saml/logout`)

      assert.equal(titleOf(end), 'Signed out')
      assert.ok(end.body.includes(`<strong>${new URL(house().sandbox.url).host}</strong>`))
      const [arrival] = house().sandbox.readState().arrivals
      assert.deepEqual([arrival?.verdict, arrival?.broken], ['accepted', []])
      assert.equal(titleOf(console), 'You are not signed in to Huawei Cloud')
    })

    test('ends here before any site is told', async () => {
      const { browser, person } = await connected(house())
      await openAgain(house(), browser, person)

      const leaving = await signOut(house(), browser)

      assert.equal(titleOf(leaving), 'One moment, please')
      assert.equal(await isSignedIn(house(), browser), false)
    })

    for (const binding of ['redirect', 'post'] as const) {
      test(`tells every site of the sign-in, a second one by ${binding} [S41]`, async (t) => {
        const site = await startSecondSite(t, house(), { binding, status: 'Success' })
        const { browser, person } = await connected(house())
        await openAgain(house(), browser, person)
        await site.signIn(browser)

        const end = await browser.settle(await signOut(house(), browser))

        assert.equal(titleOf(end), 'Signed out')
        assert.ok(end.body.includes(`<strong>${site.host}</strong>: you are signed out.`))
        assert.deepEqual(site.requests().map(nameIn), [site.newestName()])
      })
    }

    test('says which site could not be told, because it has no single logout', async (t) => {
      const site = await startSecondSite(t, house(), { binding: 'none', status: 'Success' })
      const { browser } = await connected(house())
      await site.signIn(browser)

      const end = await browser.settle(await signOut(house(), browser))

      assert.equal(titleOf(end), PARTLY)
      assert.ok(end.body.includes(`<strong>${site.host}</strong>: it cannot be told from here.`))
      assert.equal(site.requests().length, 0)
    })

    test('goes on without a site that keeps silent, and says so', async (t) => {
      const site = await startSecondSite(t, house(), { binding: 'redirect', status: 'silent' })
      const { browser } = await connected(house())
      await site.signIn(browser)
      const leaving = await signOut(house(), browser)

      const stuck = await browser.settle(leaving)
      const next = hrefOf(leaving.body, 'Continue without it')
      const end = await browser.settle(await browser.go(new URL(next, house().url).href))

      assert.equal(titleOf(stuck), 'the second site keeps silent')
      assert.equal(titleOf(end), PARTLY)
      assert.ok(end.body.includes(`<strong>${site.host}</strong>: it did not answer.`))
    })

    test('in another browser, and after ten minutes, the way has ended', async () => {
      const { browser, person } = await connected(house())
      await openAgain(house(), browser, person)
      const leaving = await signOut(house(), browser)
      const next = new URL(hrefOf(leaving.body, 'Continue without it'), house().url).href

      const foreign = await new Browser().go(next)
      house().clock.advance(11)
      const late = await browser.go(next)

      assert.deepEqual([foreign, late].map(codeOf), ['SAML_LOGOUT_GONE', 'SAML_LOGOUT_GONE'])
    })

    test('another process, or a restarted one, goes on where the first one was', async (t) => {
      const { browser, person } = await connected(house())
      await openAgain(house(), browser, person)
      const leaving = await signOut(house(), browser)
      const other = await secondProcess(t, house())

      const next = hrefOf(leaving.body, 'Continue without it')
      const end = await browser.settle(await browser.go(new URL(next, other).href))

      assert.equal(titleOf(end), PARTLY)
      assert.match(end.body, /it did not answer/)
    })
  })

  describe('a site that signs somebody out', () => {
    test('is told that everybody has signed out, when all the others have', async (t) => {
      const site = await startSecondSite(t, house(), { binding: 'redirect', status: 'Success' })
      const { browser, person } = await connected(house())
      await openAgain(house(), browser, person)
      await site.signIn(browser)

      const start = await browser.go(`${house().sandbox.url}/authui/saml/logout`)
      const end = await browser.settle(start)

      assert.equal(verdictOf(end), 'accepted')
      assert.equal(titleOf(end), 'You are signed out of Huawei Cloud')
      assert.deepEqual(site.requests().map(nameIn), [site.newestName()])
      assert.equal(await isSignedIn(house(), browser), false)
    })

    test('is told that it was only partly possible, when Huawei Cloud refuses [S40]', async (t) => {
      const site = await startSecondSite(t, house(), { binding: 'redirect', status: 'Success' })
      const { browser, person } = await connected(house())
      await openAgain(house(), browser, person)
      await site.signIn(browser)
      play(house(), 'refused-logout')

      await browser.settle(await browser.go(site.logoutUrl(site.newestName())))

      const [answer = ''] = site.requests()
      assert.deepEqual(statusesOf(answer), ['Success', 'PartialLogout'])
    })

    test('ends no sign-in that is another site’s', async (t) => {
      const site = await startSecondSite(t, house(), { binding: 'redirect', status: 'Success' })
      const { browser, person } = await connected(house())
      await site.signIn(browser)
      await openAgain(house(), browser, person)
      const [answer] = await house().store.requests.listAnswers(person.accountId, 1)
      assert.ok(answer !== undefined && answer.issuer !== site.entityId)

      await browser.settle(await browser.go(site.logoutUrl(answer)))

      const [status = ''] = site.requests()
      assert.deepEqual(statusesOf(status), ['Requester', 'UnknownPrincipal'])
      assert.equal(await isSignedIn(house(), browser), true)
    })

    test('is refused on a page when its metadata names no single logout', async (t) => {
      const site = await startSecondSite(t, house(), { binding: 'none', status: 'Success' })
      const { browser } = await connected(house())
      await site.signIn(browser)

      const seen = await browser.go(site.logoutUrl(site.newestName()))

      assert.equal(codeOf(seen), 'SAML_NO_LOGOUT')
      assert.equal(await isSignedIn(house(), browser), true)
    })

    test('can end a sign-in from a browser that is not signed in here', async (t) => {
      const site = await startSecondSite(t, house(), { binding: 'redirect', status: 'Success' })
      const { browser, person } = await connected(house())
      const other = await signedIn(house(), person)
      await site.signIn(browser)

      await new Browser().go(site.logoutUrl(site.newestName()))

      assert.equal(await isSignedIn(house(), browser), false)
      assert.equal(await isSignedIn(house(), other), true)
    })
  })
})
