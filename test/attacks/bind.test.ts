// Every attack on a bind notification is refused with its own code, and its untampered twin is applied.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser, type Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { atHuawei, huaweiNoticeSigning, noticeForm } from '../support/notice.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { newCustomer, outcomeOf, type Person } from '../support/steps.ts'
import { applyTamperings, type Tampering } from '../support/tamper.ts'
import {
  NOTICE_CHANGES,
  NOTICE_SIGNING_CHANGES,
  NOTICE_WIRE_CHANGES,
} from '../support/tamper-notice.ts'
import { NOTICE_ARRIVALS } from './notice-arrivals.ts'
import { expectedRefusal, readAttacks } from './rows.ts'

function factsOf({ accountId, name }: Person) {
  return {
    domainName: `cloud-of-${name}`,
    domainId: `d-${name}`,
    xUserId: accountId,
    bindAction: 1,
  }
}

/** The form that Huawei Cloud has the browser post for a person. */
async function buildBody(
  house: House,
  facts: ReturnType<typeof factsOf>,
  tamperings: readonly Tampering[],
): Promise<string> {
  const json = Buffer.from(JSON.stringify(facts))
  const notice = await applyTamperings(json, 'notice', NOTICE_CHANGES, tamperings)
  const signing = await applyTamperings(
    huaweiNoticeSigning(house),
    'signing',
    NOTICE_SIGNING_CHANGES,
    tamperings,
  )
  const body = new URLSearchParams(noticeForm(notice.toString('base64'), signing)).toString()
  return applyTamperings(body, 'wire', NOTICE_WIRE_CHANGES, tamperings)
}

/** A customer who was sent to Huawei Cloud just now. */
async function askedCustomer(house: House): Promise<Person> {
  const person = await newCustomer(house)
  await house.store.bindings.ask(person.accountId, house.clock.now())
  atHuawei(house, factsOf(person))
  return person
}

function bring(house: House, body: string): Promise<Seen> {
  return new Browser().post(`${house.url}/bind`, body, house.sandbox.url)
}

async function stateOf(house: House, { accountId }: Person): Promise<string> {
  return (await house.store.bindings.find(accountId)).state
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  for (const row of readAttacks('bind.json')) {
    test(`${row.id} ${row.title}`, async () => {
      const [person, target] = [await askedCustomer(house()), await askedCustomer(house())]
      const good = await buildBody(house(), factsOf(person), [])

      const twin = await bring(house(), good)
      const { facts } = await applyTamperings(
        { house: house(), person: target, facts: factsOf(target) },
        'arrival',
        NOTICE_ARRIVALS,
        row.tamper,
      )
      const seen = await bring(house(), await buildBody(house(), facts, row.tamper))

      assert.equal(outcomeOf(house(), twin).code, 'accepted')
      assert.equal(await stateOf(house(), person), 'bound', 'the twin must pass')
      const { code, problem } = outcomeOf(house(), seen)
      const outcome = row.problem === undefined ? { code } : { code, problem }
      assert.deepEqual(outcome, expectedRefusal(row))
      const isAccepted = row.refuse === undefined
      assert.equal(await stateOf(house(), target), row.state ?? (isAccepted ? 'bound' : 'asked'))
    })
  }

  test('a refused notification leaves no trace that could be applied later', async () => {
    const person = await askedCustomer(house())
    const forged = await buildBody(house(), factsOf(person), [['signing', 'key', 'stranger']])

    await bring(house(), forged)

    const kept = await house().store.notices.list({ limit: 10, matching: person.accountId })
    assert.deepEqual(kept, [])
  })

  test('a body that is no form is refused', async () => {
    const answer = await fetch(`${house().url}/bind`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: '{"bindRequest":"e30="}',
    })

    assert.equal(answer.status, 400)
    const { error } = (await answer.json()) as { error: { code: string } }
    assert.equal(error.code, 'BAD_PARAMETERS')
  })
})

forEachEngine((engine) => {
  const house = sharedHouse(engine, { environment: { BIND_SIGNED_BYTES: 'json' } })

  const CHOICES = [
    { title: 'the JSON', tamper: [['signing', 'over-json']], code: 'accepted' },
    { title: 'the Base64 text', tamper: [], code: 'BIND_BAD_SIGNATURE' },
  ] as const satisfies readonly { title: string; tamper: Tampering[]; code: string }[]

  for (const { title, tamper, code } of CHOICES) {
    test(`with BIND_SIGNED_BYTES=json a signature over ${title} ends with ${code}`, async () => {
      const person = await askedCustomer(house())

      const seen = await bring(house(), await buildBody(house(), factsOf(person), tamper))

      assert.equal(outcomeOf(house(), seen).code, code)
    })
  }
})
