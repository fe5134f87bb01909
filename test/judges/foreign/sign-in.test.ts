// Signed sign-ins at service providers that are not ours and share no code with us, each a Debian package
// that runs on this machine: from their page to us, through our sign-in, and back.

import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { addAccount } from '../../../src/accounts/account.ts'
import { hashPassword } from '../../../src/signin/password.ts'
import { Browser, type Seen } from '../../support/browser.ts'
import { ENGINES, freshDatabase } from '../../support/engines.ts'
import { CUSTOMER, type House, startHouse } from '../../support/house.ts'
import { leavingForm, signInAtPortal, signInHere } from '../../support/steps.ts'
import { mellon } from './mellon.ts'
import { findPlace } from './place.ts'
import { pysaml2 } from './pysaml2.ts'
import { PAGE, requirePackage, type ServiceProvider, skipWithout } from './service-provider.ts'
import { simplesamlphp } from './simplesamlphp.ts'
import { REMADE, TAMPERINGS } from './tamperings.ts'

const JUDGES: readonly ServiceProvider[] = [mellon, simplesamlphp, pysaml2]

type Meeting = { readonly house: House; readonly url: string }

/** The judge's site and our house, trusting each other; gone after the tests around. */
function meet(judge: ServiceProvider): () => Meeting {
  const ends: (() => Promise<void>)[] = []
  const lifetime = { after: (end: () => Promise<void>) => void ends.unshift(end) }
  let meeting: Meeting | undefined
  before(async () => {
    requirePackage(judge)
    const place = await findPlace(lifetime)
    const metadataDir = join(place.folder, 'parties')
    await mkdir(metadataDir)
    await writeFile(join(metadataDir, 'site.xml'), await judge.prepare(place, lifetime))
    const { options = {} } = judge
    await writeFile(join(metadataDir, 'site.json'), JSON.stringify(options))
    const [engine] = ENGINES
    assert.ok(engine !== undefined)
    const house = await startHouse(lifetime, {
      databaseUrl: await freshDatabase(lifetime, engine),
      environment: { METADATA_DIR: metadataDir },
    })
    const metadata = await (await fetch(`${house.url}/saml/metadata`)).text()
    await judge.start(place, { entityId: house.config.entityId, metadata }, lifetime)
    meeting = { house, url: `${place.url}${PAGE}` }
  })
  after(async () => {
    for (const end of ends) await end()
  })
  return () => {
    assert.ok(meeting !== undefined, 'the site is there within a test only')
    return meeting
  }
}

/** Our page that carries an answer to the site; the person is signed in here before. */
async function answerFor(browser: Browser, { house, url }: Meeting): Promise<Seen> {
  await signInHere(house, browser, CUSTOMER)
  return browser.go(url)
}

/** The page brings another message than it was given. */
function bring(browser: Browser, seen: Seen, xml: string): Promise<Seen> {
  const { action, fields } = leavingForm(seen)
  const SAMLResponse = Buffer.from(xml, 'utf8').toString('base64')
  return browser.post(action, { ...fields, SAMLResponse }, seen.url)
}

function messageOf(seen: Seen): string {
  return Buffer.from(leavingForm(seen).fields['SAMLResponse'] ?? '', 'base64').toString('utf8')
}

for (const judge of JUDGES) {
  describe(judge.name, { skip: skipWithout(judge) }, () => {
    const meeting = meet(judge)

    test('signs a person in by HTTP-Redirect, with a signed request', async () => {
      const browser = new Browser()

      const asked = await browser.go(meeting().url)
      const seen = await signInAtPortal(browser, asked, CUSTOMER)

      const request = asked.way.find((url) => url.startsWith(`${meeting().house.url}/saml/sso?`))
      assert.match(request ?? '', /[?&]SigAlg=[^&]+rsa-sha256&Signature=./)
      assert.ok(seen.body.includes(`xUserId=${CUSTOMER.accountId}`), seen.body)
    })

    test('reads an account id out of every script as it was', async () => {
      const { house, url } = meeting()
      const person = { login: 'zoe', password: 'a-password-of-the-tests' }
      const passwordHash = await hashPassword(person.password)
      const account = { login: person.login, passwordHash, accountId: 'Zoë & Söhne <客户> 🚀' }
      await addAccount(account, { accounts: house.store.accounts, clock: house.clock })
      const browser = new Browser()
      await signInHere(house, browser, person)

      const seen = await browser.settle(await browser.go(url))

      assert.ok(seen.body.includes('xUserId=Zoë &amp; Söhne &lt;客户&gt; 🚀'), seen.body)
    })

    test('has nothing against a second answer that is right, so what follows is refused for its fault', async () => {
      const browser = new Browser()
      const leaving = await answerFor(browser, meeting())

      const seen = await bring(browser, leaving, await REMADE(messageOf(leaving), meeting().house))

      assert.ok(seen.body.includes('xUserId=customer-0001'), seen.body)
    })

    for (const { title, tamper } of TAMPERINGS) {
      test(`refuses an answer ${title}, and accepts the untouched one`, async () => {
        const browser = new Browser()
        const leaving = await answerFor(browser, meeting())
        const tampered = await tamper(messageOf(leaving), meeting().house)

        const refused = await bring(browser, leaving, tampered)
        const again = await browser.go(meeting().url)
        const accepted = await browser.settle(again)

        assert.equal(refused.url, leavingForm(leaving).action, 'the site lets nobody go on')
        assert.ok(!refused.body.includes('xUserId='))
        assert.ok(again.body.includes('id="leave"'), 'nobody is signed in at the site')
        assert.ok(accepted.body.includes(`xUserId=${CUSTOMER.accountId}`), accepted.body)
      })
    }

    if (judge.canPost) {
      test('signs a person in by HTTP-POST, with a signed request', async () => {
        const { house, url } = meeting()
        const browser = new Browser()
        await signInHere(house, browser, CUSTOMER)

        const asking = await browser.go(`${url}?binding=post`)
        const seen = await browser.settle(await browser.submit(asking, '/saml/sso'))

        const request = /name="SAMLRequest" value="([^"]+)"/.exec(asking.body)?.[1] ?? ''
        assert.match(Buffer.from(request, 'base64').toString('utf8'), /<[\w:]*SignatureValue>/)
        assert.ok(seen.body.includes(`xUserId=${CUSTOMER.accountId}`), seen.body)
      })
    }
  })
}
