// Rows of the group "Managing Customers' Budgets": how much a customer may spend at the partner's
// expense, who changed it when, and the older query that Huawei is taking away.

import { z } from 'zod'
import { operation } from '../operation.ts'
import { errors } from './codes.ts'
import {
  amount,
  limit,
  looseAmount,
  looseCode,
  looseList,
  looseNumber,
  looseText,
  looseTime,
  offset,
  oneOf,
  oneOfNumbers,
  text,
} from './fields.ts'

const BUDGET_TYPES = { MONTHLY: 'begins anew each month', PACKAGE: 'is used once' } as const
const OPERATION_TYPES = {
  SETTING: 'the budget was set',
  DELETE: 'the customer is associated no more',
} as const
const CURRENCY_UNITS = { '1': 'US dollar' } as const
const LARGEST = 2_147_483_647

const customerId = () => text(64).describe('The Huawei Cloud account id of the customer.')

const resellerId = () =>
  text(64).optional().describe("The reseller's id. Needed when the customer is that of a reseller.")

const showBudget = operation({
  title: 'Querying Customer Budgets',
  method: 'GET',
  path: '/v2/partners/sub-customers/budget',
  input: z.strictObject({ customer_id: customerId(), indirect_partner_id: resellerId() }),
  result: z.looseObject({
    budget_amount: looseAmount().describe('The budget.'),
    used_amount: looseAmount().describe('How much of it is used; not exact, and late.'),
    measure_id: looseCode(CURRENCY_UNITS).describe('The unit of the amounts.'),
    currency: looseText().describe('The currency of the amounts, such as USD.'),
    budget_type: looseCode(BUDGET_TYPES).describe('How long the budget lasts.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  errors: errors('CBC.0100', 'CBC.99000037', 'CBC.99005024', 'CBC.0151', 'CBC.0150', 'CBC.0999'),
  source: { section: '8.1.1 Querying Customer Budgets' },
})

// The example of the reference sends cancel_partner_frozen as a number, and misses a comma. The table
// says text, and so does Huawei's SDK.
const setBudget = operation({
  title: 'Setting Customer Budgets',
  method: 'POST',
  path: '/v2/partners/sub-customers/budget',
  input: z.strictObject({
    customer_id: customerId(),
    budget_amount: amount(2)
      .refine((value) => value.gt(0) && value.lte(LARGEST), {
        error: `must be more than 0 and at most ${LARGEST}`,
      })
      .describe('The new budget in US dollars, with two decimal places at most.'),
    cancel_partner_frozen: oneOf({ '0': 'no', '1': 'yes' })
      .optional()
      .describe('Whether the account is unfrozen, too (0 if absent); a text, not a number.'),
    indirect_partner_id: resellerId(),
    budget_type: oneOf(BUDGET_TYPES)
      .optional()
      .describe('How long the budget lasts (MONTHLY if absent).'),
    // Only Huawei's SDK has it.
    frozen_operate_type: oneOfNumbers({ 0: 'a person freezes it', 1: 'Huawei freezes it' })
      .optional()
      .describe('Who freezes the account once the budget is used up (as before if absent).'),
  }),
  result: z.void(),
  caller: 'partner',
  succeeds: 204,
  effect: 'money',
  retry: 'never', // A late repeat would undo what somebody else set meanwhile.
  confirm:
    "This sets how much the customer may spend at the partner's expense. A budget below what is used stops purchases, and the account may be unfrozen or frozen by it.",
  errors: errors(
    'CBC.0100',
    'CBC.50000030',
    'CBC.50000033',
    'CBC.99000037',
    'CBC.99005024',
    'CBC.0151',
    'CBC.0150',
    'CBC.0999',
  ),
  source: { section: '8.1.2 Setting Customer Budgets' },
})

const listBudgetRecords = operation({
  title: 'Querying Customer Budget Adjustment Records',
  method: 'GET',
  path: '/v2/partners/sub-customers/budget/records',
  input: z.strictObject({
    customer_id: customerId(),
    indirect_partner_id: resellerId(),
    operation_type: oneOf(OPERATION_TYPES).optional().describe('Only records of this kind.'),
    budget_type: oneOf(BUDGET_TYPES).optional().describe('Only records of budgets of this type.'),
    offset: offset(),
    limit: limit(100),
  }),
  result: z.looseObject({
    total_count: looseNumber().describe('How many records fit, on all pages.'),
    measure_id: looseCode(CURRENCY_UNITS).describe('The unit of the amounts.'),
    currency: looseText().describe('The currency of the amounts, such as USD.'),
    record_list: looseList(
      z.looseObject({
        budget_amount: looseAmount().describe('The budget.'),
        operation_type: looseCode(OPERATION_TYPES).describe('What was done.'),
        operation_time: looseTime().describe('When it was done.'),
        operator: looseText().describe('Who did it: a person, or the system.'),
        budget_type: looseCode(BUDGET_TYPES).describe('How long the budget lasts.'),
        partner_corp_name: looseText().describe(
          'The name of the partner, or of the reseller who set the budget.',
        ),
        partner_account_name: looseText().describe(
          'The account name of the partner, or of the reseller who set the budget.',
        ),
      }),
    ).describe('The records of this page.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  // A record has no id; these fields are equal only if the same was done twice in a second.
  paging: {
    list: 'record_list',
    total: 'total_count',
    most: 100,
    identity: ['operation_time', 'operation_type', 'operator', 'budget_type', 'budget_amount'],
  },
  errors: errors(
    'CBC.0100',
    'CBC.99000000',
    'CBC.99000037',
    'CBC.99005024',
    'CBC.0151',
    'CBC.0150',
    'CBC.0999',
  ),
  source: { section: 'Querying Customer Budget Adjustment Records (international reference)' },
})

const showCredit = operation({
  title: "Querying Customers' Budgets (v1.0)",
  method: 'GET',
  path: '/v1.0/{partner_id}/partner/account-mgr/credit',
  input: z.strictObject({
    partner_id: text(64).describe('The id of the partner account.'),
    customer_id: customerId(),
  }),
  result: z.looseObject({
    creditAmount: looseAmount().describe('The budget.'),
    usedAmount: looseAmount().describe('How much of it is used; not exact, and late.'),
    measureId: looseCode(CURRENCY_UNITS).describe('The unit of the amounts.'),
    currency: looseText().describe('The currency of the amounts, such as USD.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  deprecated: 'Huawei is taking it offline; showBudget replaces it.',
  // The printed table puts each of the last four descriptions a row too high; these are the meanings
  // that the codes have everywhere else.
  errors: errors('CBC.0100', 'CBC.0150', 'CBC.0151', 'CBC.0999', { code: 'CBC.5024', http: 500 }),
  source: { section: "Querying Customers' Budgets (v1.0, international reference of 2023)" },
})

export const budgets = { showBudget, setBudget, listBudgetRecords, showCredit } as const
