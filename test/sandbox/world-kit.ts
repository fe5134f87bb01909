// The commercial world without a network: a state in memory, a clock that can be moved, and calls that
// hold both what goes in and what comes out against the rows of the catalogue.

import type { z } from 'zod'
import { CATALOGUE, type Catalogue } from '../../src/partner/catalogue/index.ts'
import { FRESH_STATE } from '../../src/sandbox/accounts.ts'
import type { ApiCall, ApiCaller } from '../../src/sandbox/api/behaviour.ts'
import type { ApiAnswer } from '../../src/sandbox/api-answer.ts'
import type { State } from '../../src/sandbox/state.ts'
import { worldBehaviours } from '../../src/sandbox/world/index.ts'
import { liveWorld } from '../../src/sandbox/world/live.ts'
import { buildPurchase, saveOrder, type Wish } from '../../src/sandbox/world/order-book.ts'
import { FIRST_SERVER } from '../../src/sandbox/world/price-list.ts'
import { countingRandom } from '../support/fixed.ts'

export const ADA = 'a'.repeat(32)
export const BOB = 'b'.repeat(32)
export const NOW = new Date('2026-03-20T10:30:00Z')
export const PARTNER: ApiCaller = { kind: 'partner' }
export const AS_ADA: ApiCaller = { kind: 'customer', domainId: ADA }
export const AS_BOB: ApiCaller = { kind: 'customer', domainId: BOB }

type Name = keyof typeof worldBehaviours
type Result<Of extends Name> = z.output<Catalogue[Of]['result']>

/** A world with two customers, who have just come. */
export function createWorld() {
  let current: State = {
    ...FRESH_STATE,
    accounts: [
      { domainId: ADA, domainName: 'ada', xAccountId: 'c-1', associatedAt: NOW.toISOString() },
      { domainId: BOB, domainName: 'bob', xAccountId: 'c-2', associatedAt: NOW.toISOString() },
    ],
  }
  const time = { now: NOW }
  const state = {
    read: () => current,
    change: (parts: Partial<State>) => {
      current = { ...current, ...parts }
    },
    record: () => undefined,
  }
  const deps = { state, clock: { now: () => time.now }, random: countingRandom() }

  const callOf = (caller: ApiCaller): ApiCall => ({ deps, caller, now: time.now })
  /** The raw answer to a call whose fields the row accepts. */
  const answer = (name: Name, input: unknown, caller: ApiCaller): ApiAnswer => {
    // The cast holds because each behaviour takes what the schema of its own row makes.
    const behave = worldBehaviours[name] as (input: unknown, call: ApiCall) => ApiAnswer
    return behave(CATALOGUE[name].input.parse(input), callOf(caller))
  }
  return {
    deps,
    time,
    state,
    callOf,
    /** The result as a client reads it. Throws when it is an error. */
    ask: <Of extends Name>(name: Of, input: unknown, caller: ApiCaller): Result<Of> => {
      const { status, body } = answer(name, input, caller)
      if (status >= 300) throw new Error(JSON.stringify(body))
      const sent: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body))
      // The cast holds because the schema is the one of the row.
      return CATALOGUE[name].result.parse(sent) as Result<Of>
    },
    /** The error code of an answer, or `done`. */
    outcome: (name: Name, input: unknown, caller: ApiCaller): string => {
      const { status, body } = answer(name, input, caller)
      if (status < 300) return 'done'
      return String(typeof body === 'object' && body && 'error_code' in body && body.error_code)
    },
    answer,
    /** Places an order as the form does; gives its id. */
    order: (wish: Partial<Wish> = {}): string => {
      const world = liveWorld(deps, time.now)
      const whole = { customerId: ADA, productId: FIRST_SERVER, periodType: 2, periodNum: 1 }
      const moment = { now: time.now, random: deps.random }
      const order = buildPurchase({ ...whole, number: 1, ...wish }, moment)
      state.change({ world: saveOrder(world, order) })
      return order.orderId
    },
    world: () => liveWorld(deps, time.now),
    freeze: (
      domainId: string,
      frozen: 'ACCOUNT' | 'ACCOUNT_AND_RESOURCE' = 'ACCOUNT_AND_RESOURCE',
    ) => {
      const accounts = current.accounts.map((account) =>
        account.domainId === domainId ? { ...account, frozen } : account,
      )
      state.change({ accounts })
    },
    setBudget: (domainId: string, amount: string) => {
      const budget = { amount, type: 'MONTHLY' as const }
      const accounts = current.accounts.map((account) =>
        account.domainId === domainId ? { ...account, budget } : account,
      )
      state.change({ accounts })
    },
  }
}

export type TestWorld = ReturnType<typeof createWorld>

/** Paying without coupon and discount. */
export const PLAIN = { use_coupon: 'NO', use_discount: 'NO' }

export const DISCOUNT = {
  use_coupon: 'NO',
  use_discount: 'YES',
  discount_infos: [{ id: 'sandbox-discount-10', type: 3 }],
}

/** A moment so many days after the customers came. */
export function daysLater(days: number): Date {
  return new Date(NOW.getTime() + days * 24 * 60 * 60 * 1000)
}
