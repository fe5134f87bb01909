// What the tests of opening an account have in common: a customer, and a Huawei that is a function.

import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { ActivationDeps } from '../../src/accounts/journey/move.ts'
import type { AuditEvent } from '../../src/base/audit.ts'
import { Refusal } from '../../src/base/errors.ts'
import { createLog } from '../../src/base/log.ts'
import type { CallOptions } from '../../src/partner/acting.ts'
import type { ActivationRecord, ActivationStep } from '../../src/store/activation-records.ts'
import type { Store } from '../../src/store/store.ts'
import { account, activation, addAccount } from '../store/records.ts'
import { freshStore, type TestEngine } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'

export const ADA = account({ accountId: 'c-100' })
export const WISH = { domainName: 'ada-cloud', email: 'ada@customer.example', area: 'IE' }

/** A store in which the customer is known, and another one. */
export async function storeWithAda(t: TestContext, engine: TestEngine): Promise<Store> {
  const store = await freshStore(t, engine)
  for (const accountId of ['c-100', 'c-200']) await addAccount(store, accountId)
  return store
}

export type Partner = ActivationDeps['partner']

/** What query customers says of the account that Huawei has made for the customer. */
export const ADAS = {
  customer_id: 'd-1',
  account_name: 'ada-cloud',
  xaccount_id: 'c-100',
  xaccount_type: 'example_IDP',
}

/** A Huawei where everything goes well, unless told otherwise. */
export function depsOf(store: Store, answers: Partial<Partner> = {}, minutes = 0) {
  const asked: string[] = []
  const events: AuditEvent[] = []
  const ask = (name: string, answer: () => unknown) => async (_: unknown, how?: CallOptions) => {
    asked.push(name)
    how?.onAnswer?.({ status: 200, requestId: `request-${asked.length}` })
    return answer()
  }
  const partner = {
    checkIdentity: ask('check', () => ({ check_result: 'available' })),
    sendVerificationCode: ask('code', () => undefined),
    createCustomer: ask('create', () => ({ domain_id: 'd-1', domain_name: 'ada-cloud' })),
    queryCustomers: ask('query', () => {
      const isThere = asked.includes('create')
      return { count: isThere ? 1 : 0, customer_infos: isThere ? [ADAS] : [] }
    }),
    ...answers,
  } as unknown as Partner // The answers hold the fields that are read.
  const now = new Date(NOW.getTime() + minutes * 60_000)
  const deps: ActivationDeps = {
    store,
    partner,
    clock: { now: () => now },
    log: createLog('silent'),
    platformId: 'example_IDP',
    record: async (event) => {
      events.push(event)
    },
  }
  return { deps, asked, events }
}

export const OPERATOR = { kind: 'operator', id: 'olivia' } as const
export const ADA_HERSELF = { kind: 'customer', id: 'c-100' } as const

/** Puts an activation into the store as an earlier process has left it. */
export async function leave(store: Store, changes: Partial<ActivationRecord>): Promise<void> {
  await store.activations.move(undefined, activation(changes), { outcome: 'done' })
}

/** The steps in the journal, with how each was reached. */
export async function journeyOf(store: Store): Promise<readonly string[]> {
  const journal = await store.activations.listJournal('c-100', 50)
  return journal.map(({ step, outcome }) => `${step} ${outcome}`)
}

export async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error === undefined) return 'done'
  assert.ok(error instanceof Refusal)
  return error.code
}

export async function stepOf(store: Store): Promise<ActivationStep | undefined> {
  return (await store.activations.find('c-100'))?.step
}
