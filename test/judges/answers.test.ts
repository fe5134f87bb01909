// Every message that leaves us in the journeys, before judges that share no code with us: libxml2 with the
// schemas of OASIS, xmlsec1, node-saml as a second service provider, and samlify in the sandbox.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { addAccount } from '../../src/accounts/account.ts'
import { hashPassword } from '../../src/signin/password.ts'
import { requestUrl } from '../support/authn-request.ts'
import { Browser } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import { certificateOf } from '../support/fixed.ts'
import type { House } from '../support/house.ts'
import {
  readWithNodeSaml,
  schemaComplaints,
  skipWithout,
  xmlsecVerifies,
} from '../support/judges.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  answerXml,
  bindExisting,
  connected,
  enterCode,
  newCustomer,
  openHuawei,
  orderCode,
  play,
  signedIn,
  signInHere,
} from '../support/steps.ts'

type Judged = {
  readonly xml: string
  readonly accountId: string
  /** What the sandbox made of it; `undefined` for a request that it has not sent. */
  readonly verdict: string | undefined
}

type Row = {
  readonly title: string
  readonly make: (house: House) => Promise<Judged>
  readonly verdict: string | undefined
}

const PEM = (await certificateOf('house')).toString()
const STRANGER = (await certificateOf('stranger')).toString()

/** The newest answer that the sandbox has received. */
function newestAnswer(house: House): { readonly xml: string; readonly verdict: string } {
  const found = house.sandbox.readState().arrivals.find(({ kind }) => kind === 'answer')
  assert.ok(found?.xml !== undefined)
  return { xml: found.xml, verdict: found.verdict }
}

const AWKWARD = `Zoë & "Sons" <'ltd'> ]]> 客户 🚀`

const ANSWERS: readonly Row[] = [
  {
    title: 'the answer of a first sign-in',
    verdict: 'create-and-bind',
    make: async (house) => {
      const person = await newCustomer(house)
      await openHuawei(house, new Browser(), person)
      return { ...newestAnswer(house), accountId: person.accountId }
    },
  },
  {
    title: 'the answer of a second sign-in',
    verdict: 'accepted',
    make: async (house) => {
      const { person, browser } = await connected(house)
      await openHuawei(house, browser, person)
      return { ...newestAnswer(house), accountId: person.accountId }
    },
  },
  {
    title: 'the answer for somebody who connected an account they had',
    verdict: 'accepted',
    make: async (house) => {
      const person = await newCustomer(house)
      const browser = new Browser()
      await bindExisting(browser, await openHuawei(house, browser, person), 'northwind')
      await openHuawei(house, browser, person)
      return { ...newestAnswer(house), accountId: person.accountId }
    },
  },
  {
    title: 'the answer for somebody whose account was opened here',
    verdict: 'accepted',
    make: async (house) => {
      const person = await newCustomer(house)
      const browser = await signedIn(house, person)
      await orderCode(house, browser, person)
      await enterCode(house, browser, person)
      return { ...newestAnswer(house), accountId: person.accountId }
    },
  },
  {
    title: 'the answer for an account id out of every script and sign',
    verdict: 'create-and-bind',
    make: async (house) => {
      const person = { login: 'awkward', password: 'a-password-of-the-tests' }
      const passwordHash = await hashPassword(person.password)
      const account = {
        login: person.login,
        passwordHash,
        accountId: AWKWARD,
        email: "o'hara&sons@customer.example",
        mobile: '0049-1701234567',
      }
      await addAccount(account, { accounts: house.store.accounts, clock: house.clock })
      await signInHere(house, new Browser(), person, '/launch')
      return { ...newestAnswer(house), accountId: AWKWARD }
    },
  },
]

const REFUSALS: readonly Row[] = [
  {
    title: 'the status for a request that comes twice',
    verdict: 'status',
    make: async (house) => {
      const { person, browser } = await connected(house)
      play(house, 'replayed-request')
      await openHuawei(house, browser, person)
      await openHuawei(house, browser, person)
      return { ...newestAnswer(house), accountId: person.accountId }
    },
  },
  {
    title: 'the status for somebody who is disabled',
    verdict: 'status',
    make: async (house) => {
      const { person, browser } = await connected(house)
      await house.store.accounts.setEnabled(person.accountId, false)
      const { sandbox } = house
      const login = `${sandbox.url}/authui/saml/login?xAccountType=sandbox_IDP`
      await browser.settle(await browser.go(login))
      return { ...newestAnswer(house), accountId: person.accountId }
    },
  },
  {
    title: 'the status for a request that nobody may be asked about',
    verdict: undefined,
    make: async (house) => {
      const seen = await new Browser().go(requestUrl(house, { isPassive: true }))
      return { xml: answerXml(seen), accountId: '', verdict: undefined }
    },
  },
]

/** Our answer with one character of the account id changed. */
function tamper({ xml }: Judged): string {
  const tampered = xml.replace(/(Name="xAccountId".*?<saml2:AttributeValue[^>]*>)./su, '$1X')
  assert.notEqual(tampered, xml)
  return tampered
}

function nodeSaml(house: House, xml: string) {
  const { url } = house.sandbox
  const acsUrl = `${url}/authui/saml/SAMLAssertionConsumer`
  return readWithNodeSaml(xml, { audience: `${url}/`, acsUrl, certificatePem: PEM })
}

/** Walks the way to a row's message when it is asked for first; every judge gets the same one. */
function makeOnce(house: () => House): (row: Row) => Promise<Judged> {
  const made = new Map<Row, Promise<Judged>>()
  return (row) => {
    const judged = made.get(row) ?? row.make(house())
    made.set(row, judged)
    return judged
  }
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)
  const make = makeOnce(house)

  for (const row of [...ANSWERS, ...REFUSALS]) {
    const { title, verdict } = row

    test(`${title} is what samlify and the sandbox's rules expect`, async () => {
      const judged = await make(row)

      assert.equal(judged.verdict, verdict)
    })

    test(`${title} follows the schemas of OASIS`, { skip: skipWithout('xmllint') }, async () => {
      const { xml } = await make(row)

      assert.equal(await schemaComplaints(xml), '')
    })
  }

  for (const row of ANSWERS) {
    const { title } = row

    test(`xmlsec1 verifies ${title}, unless it is tampered with`, {
      skip: skipWithout('xmlsec1'),
    }, async () => {
      const judged = await make(row)

      const isGood = await xmlsecVerifies(judged.xml, 'Assertion', PEM)
      const isGoodToOthers = await xmlsecVerifies(judged.xml, 'Assertion', STRANGER)
      const isTamperedGood = await xmlsecVerifies(tamper(judged), 'Assertion', PEM)

      assert.deepEqual([isGood, isGoodToOthers, isTamperedGood], [true, false, false])
    })

    test(`node-saml accepts ${title}, unless it is tampered with`, async () => {
      const judged = await make(row)

      const profile = await nodeSaml(house(), judged.xml)
      const refused = nodeSaml(house(), tamper(judged))

      assert.equal(profile['xAccountId'], judged.accountId)
      assert.equal(profile['xUserId'], judged.accountId)
      await assert.rejects(refused, /Invalid signature/)
    })
  }

  for (const row of REFUSALS) {
    const { title } = row

    test(`xmlsec1 verifies ${title}`, { skip: skipWithout('xmlsec1') }, async () => {
      const { xml } = await make(row)

      const isGood = await xmlsecVerifies(xml, 'Response', PEM)
      const isGoodToOthers = await xmlsecVerifies(xml, 'Response', STRANGER)

      assert.deepEqual([isGood, isGoodToOthers], [true, false])
    })

    test(`node-saml finds nobody in ${title}`, async () => {
      const { xml } = await make(row)

      await assert.rejects(
        nodeSaml(house(), xml),
        /returned (Requester|Responder) error|found nobody/,
      )
    })
  }

  test('our metadata follows the schemas of OASIS', { skip: skipWithout('xmllint') }, async () => {
    const answer = await fetch(`${house().url}/saml/metadata`)

    assert.equal(await schemaComplaints(await answer.text()), '')
  })

  test('the answer to a sign-out follows the schemas of OASIS', {
    skip: skipWithout('xmllint'),
  }, async () => {
    const { person, browser } = await connected(house())
    await openHuawei(house(), browser, person)

    const seen = await browser.go(`${house().sandbox.url}/authui/saml/logout`)

    const back = seen.way.find((url) => url.includes('SAMLResponse=')) ?? ''
    const message = new URL(back).searchParams.get('SAMLResponse') ?? ''
    const xml = inflateRawSync(Buffer.from(message, 'base64')).toString('utf8')
    assert.match(xml, /<saml2p:LogoutResponse /)
    assert.equal(await schemaComplaints(xml), '')
  })
})
