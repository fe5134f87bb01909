// What a customer may still spend: the budget that the partner set, less what the book says.

import { Big } from 'big.js'
import type { State } from '../state.ts'
import { costOf, entriesUntil } from './book.ts'
import { beijingMonth } from './time.ts'

/** The budget, in dollars, of a customer for whom the partner has set none. */
export const STARTING_BUDGET = { amount: '1000', type: 'MONTHLY' } as const

/** What all customers of the partner together may cost in a month, in dollars. */
export const CONSUMPTION_QUOTA = '100000'

/** What is left of that quota at a point of time. */
export function quotaLeft({ accounts, world }: Pick<State, 'accounts' | 'world'>, at: Date): Big {
  const entries = entriesUntil(world, at)
  const month = beijingMonth(at)
  return accounts
    .filter(({ xAccountId }) => xAccountId !== undefined)
    .map(({ domainId }) => costOf(entries, domainId, month))
    .reduce((left, cost) => left.minus(cost), new Big(CONSUMPTION_QUOTA))
}

/** What is left of a budget at a point of time; less than nothing when the use of servers ran ahead of it. */
export function budgetLeft(
  { accounts, world }: Pick<State, 'accounts' | 'world'>,
  customerId: string,
  at: Date,
): Big {
  const account = accounts.find((one) => one.domainId === customerId)
  const { amount, type } = account?.budget ?? STARTING_BUDGET
  const month = type === 'MONTHLY' ? beijingMonth(at) : undefined
  return new Big(amount).minus(costOf(entriesUntil(world, at), customerId, month))
}
