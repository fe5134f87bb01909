// When and for whom a good notification comes: duplicate, replayed, foreign, late and contradictory.

import { Browser } from '../support/browser.ts'
import type { House } from '../support/house.ts'
import { atHuawei, bringNotice, type NoticeFacts } from '../support/notice.ts'
import { newCustomer, type Person } from '../support/steps.ts'
import type { Changes } from '../support/tamper.ts'

/** A customer who was asked, and what Huawei says of them. */
export type Arrival = {
  readonly house: House
  readonly person: Person
  readonly facts: NoticeFacts & { readonly domainName: string; readonly bindAction: number }
}

/** What is done before the notification comes, and whom it is about then. */
export const NOTICE_ARRIVALS: Changes<Arrival> = {
  again: async (arrival) => {
    await bring(arrival)
    return { ...arrival }
  },
  'after-release': async (arrival) => {
    const { house, person } = arrival
    await bring(arrival)
    await house.store.bindings.release(person.accountId, {
      actor: { kind: 'operator', id: 'ann' },
      evidence: { note: 'the customer has left' },
      now: house.clock.now(),
    })
    return { ...arrival }
  },
  late: (arrival) => {
    const { house } = arrival
    house.clock.advance(house.config.bindHours * 60 + 1)
    return { ...arrival }
  },
  'of-another-customer': async (arrival) => {
    const { house, facts } = arrival
    const owner = await newCustomer(house)
    const theirs = { domainId: `d-${owner.name}`, domainName: `cloud-of-${owner.name}` }
    atHuawei(house, { ...facts, ...theirs, xUserId: owner.accountId })
    return { ...arrival, facts: { ...facts, ...theirs } }
  },
  'of-another-partner': (arrival) => {
    const { facts } = arrival
    const theirs = {
      domainId: `foreign-${facts.domainId}`,
      domainName: `foreign-${facts.domainName}`,
    }
    return { ...arrival, facts: { ...facts, ...theirs } }
  },
  'of-another-platform': (arrival) => {
    const { house, facts } = arrival
    const theirs = { domainId: `other-${facts.domainId}`, domainName: `other-${facts.domainName}` }
    // Huawei has the number under another customer of the partner.
    atHuawei(house, { ...facts, ...theirs, xUserId: `platform-2-${facts.xUserId}` })
    return { ...arrival, facts: { ...facts, ...theirs } }
  },
  'second-account': async (arrival) => {
    const { house, facts } = arrival
    await bring(arrival)
    const second = {
      domainId: `second-${facts.domainId}`,
      domainName: `second-${facts.domainName}`,
    }
    return { ...arrival, facts: atHuawei(house, { ...facts, ...second }) }
  },
  'taken-account': async (arrival) => {
    const { house, facts } = arrival
    const owner = await newCustomer(house)
    await house.store.bindings.ask(owner.accountId, house.clock.now())
    const theirs = { domainId: `d-${owner.name}`, domainName: `cloud-of-${owner.name}` }
    const owned = atHuawei(house, { ...facts, ...theirs, xUserId: owner.accountId })
    await bring({ ...arrival, facts: owned })
    return { ...arrival, facts: { ...facts, ...theirs } }
  },
}

async function bring({ house, facts }: Arrival): Promise<void> {
  await bringNotice(house, new Browser(), facts)
}
