// What a month costs the partner: the sums of the very rows that the bill file of the month lists.

import { Big } from 'big.js'
import type { ApiCall, Behaviours, InputOf } from '../api/behaviour.ts'
import type { ApiAnswer } from '../api-answer.ts'
import { done, visible, worldOf } from './answers.ts'
import { type Entry, entriesUntil, isRefund } from './book.ts'

/** The behaviours of the group "Managing Partner Bill". */
export const bills: Behaviours<'listMonthlyBills'> = { listMonthlyBills }

/**
 * A month that still runs is billed as far as it is; Huawei gives its bill on the fifth day of the next
 * month only.
 */
function listMonthlyBills(input: InputOf<'listMonthlyBills'>, call: ApiCall): ApiAnswer {
  const entries = visible(entriesUntil(worldOf(call), call.now), call).filter(
    ({ month }) => month === input.bill_cycle,
  )
  const refunds = sumDue(entries.filter(isRefund))
  const consumed = sumDue(entries.filter((entry) => !isRefund(entry)))
  return done({
    bill_cycle: input.bill_cycle,
    initial_amount_due: consumed.plus(refunds),
    consume_amount: consumed,
    refunds,
    adjustments: new Big(0),
    tax_amount: new Big(0),
    currency: 'USD',
  })
}

function sumDue(entries: readonly Entry[]): Big {
  return entries.reduce((sum, { due }) => sum.plus(due), new Big(0))
}
