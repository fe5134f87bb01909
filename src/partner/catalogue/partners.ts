// Rows of the groups "Managing Huawei Cloud Resellers" and "Managing Credits": the partner's own
// resellers, and how much its customers may still use.

import { z } from 'zod'
import { operation } from '../operation.ts'
import { errors } from './codes.ts'
import {
  limit,
  looseAmount,
  looseCode,
  looseList,
  looseNumber,
  looseText,
  looseTime,
  offset,
  text,
  time,
} from './fields.ts'

const queryResellers = operation({
  title: 'Querying the List of Huawei Cloud Resellers',
  method: 'POST',
  path: '/v2/partners/indirect-partners/query',
  input: z.strictObject({
    account_name: text(64).optional().describe('The account name of a reseller.'),
    associated_on_begin: time().optional().describe('Associated at this time (UTC) or later.'),
    associated_on_end: time().optional().describe('Associated at this time (UTC) or earlier.'),
    indirect_partner_id: text(64).optional().describe('The id of one reseller.'),
    offset: offset(40_000_000),
    limit: limit(100),
  }),
  result: z.looseObject({
    count: looseNumber().describe('How many resellers fit, on all pages.'),
    indirect_partners: looseList(
      z.looseObject({
        indirect_partner_id: looseText().describe('The id of the reseller.'),
        account_name: looseText().describe('The account name.'),
        name: looseText().describe('The name.'),
        mobile_phone: looseText().describe('The mobile number.'),
        email: looseText().describe('The e-mail address.'),
        associated_on: looseTime().describe('When the reseller was associated.'),
        account_manager_id: looseText().describe('The account name of the account manager.'),
        account_manager_name: looseText().describe('The name of the account manager.'),
      }),
    ).describe('The resellers of this page.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: {
    list: 'indirect_partners',
    total: 'count',
    most: 100,
    identity: ['indirect_partner_id'],
  },
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '6.1.1 Querying the List of Huawei Cloud Resellers' },
})

const showConsumptionQuota = operation({
  title: 'Querying Consumption Quota',
  method: 'GET',
  path: '/v2/partners/credit/consumption-quota',
  input: z.strictObject({}),
  result: z.looseObject({
    consumption_quota: looseAmount().describe('How much may be used.'),
    used_consumption_quota: looseAmount().describe(
      'How much is used: due_amount + unbilled_amount - amount - coupon_amount. Below 0 when the balances are larger than what was spent.',
    ),
    amount: looseAmount().describe('The balance of the account.'),
    coupon_amount: looseAmount().describe('The balance of the cash coupons.'),
    due_amount: looseAmount().describe('What is billed and not paid.'),
    unbilled_amount: looseAmount().describe(
      'What was spent and is not billed yet, as an estimate.',
    ),
    currency: looseText().describe('The currency of the amounts, such as USD.'),
    measure_id: looseCode({ '1': 'US dollar' }).describe('The unit of the amounts.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '7.1 Querying Consumption Quota' },
})

export const partners = { queryResellers, showConsumptionQuota } as const
