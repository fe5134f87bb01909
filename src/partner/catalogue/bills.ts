// Rows of the group "Managing Partner Bill": what a month costs the partner.
// Sections are those of the European API reference.

import { z } from 'zod'
import { operation } from '../operation.ts'
import { errors } from './codes.ts'
import { billingMonth, looseAmount, looseText } from './fields.ts'

const listMonthlyBills = operation({
  title: 'Querying Monthly Bills',
  method: 'GET',
  path: '/v2/bills/partner-bills/postpaid-bill-summary',
  input: z.strictObject({
    bill_cycle: billingMonth().describe(
      'The month of the bill, which is there from noon (GMT+8) of the fifth day of the next month.',
    ),
  }),
  result: z.looseObject({
    bill_cycle: looseText().describe('The month of the bill.'),
    initial_amount_due: looseAmount().describe(
      'The amount due, which is expenditures + refunds + adjustments.',
    ),
    consume_amount: looseAmount().describe('The expenditures.'),
    refunds: looseAmount().describe('The refunds, as a negative amount.'),
    adjustments: looseAmount().describe(
      'The adjustments, such as arrears written off, with their sign.',
    ),
    // The reference calls the amount due "tax included" and this tax "not included in the amount due";
    // its example (140 - 30 - 20 = 90, tax 10) follows the second.
    tax_amount: looseAmount().describe('The output tax, which is not part of the amount due.'),
    currency: looseText().describe('The currency of the amounts: USD.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '9.2.1 Querying Monthly Bills' },
})

export const bills = { listMonthlyBills } as const
