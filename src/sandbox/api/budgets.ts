// Budgets of customers: set by the partner, eaten by what the customers buy and use. Reads the money
// that was spent from the world and changes the accounts.

import { Big } from 'big.js'
import { SANDBOX } from '../../base/sandbox-names.ts'
import { changeAccount, toSeconds } from '../accounts.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import { IAM_USER } from '../iam-api.ts'
import type { Account, BudgetRecord } from '../state.ts'
import { CONSUMPTION_QUOTA, STARTING_BUDGET } from '../world/funds.ts'
import { beijingMonth } from '../world/time.ts'
import { usedAmount } from '../world/used-amount.ts'
import type { ApiCall, InputOf } from './behaviour.ts'
import { findCustomer, findReseller, refuseReseller } from './resellers.ts'

const DOLLARS = { measure_id: 1, currency: 'USD' } as const
const PARTNER_NAME = 'Example Partner Ltd'
const MOST_RECORDS = 1000

type Asked = { readonly customer_id: string; readonly indirect_partner_id?: string | undefined }

/** `GET /v2/partners/sub-customers/budget`. */
export function showBudget(input: InputOf<'showBudget'>, call: ApiCall): ApiAnswer {
  const found = getCustomer(input, call)
  if ('refused' in found) return found.refused
  const { type, ...budget } = readBudget(found.account, call)
  const body = {
    budget_amount: budget.amount,
    used_amount: budget.used,
    ...DOLLARS,
    budget_type: type,
  }
  return { status: 200, body }
}

/** `GET /v1.0/{partner_id}/partner/account-mgr/credit`, the same in the words of before. */
export function showCredit(input: InputOf<'showCredit'>, call: ApiCall): ApiAnswer {
  if (input.partner_id !== SANDBOX.partnerId) {
    return bssError(403, 'CBC.0151', 'Access denied. partner_id')
  }
  const found = getCustomer(input, call)
  if ('refused' in found) return found.refused
  const { amount, used } = readBudget(found.account, call)
  const body = { creditAmount: amount, usedAmount: used, measureId: 1, currency: 'USD' }
  return { status: 200, body }
}

/** `POST /v2/partners/sub-customers/budget`. */
export function setBudget(input: InputOf<'setBudget'>, call: ApiCall): ApiAnswer {
  const found = getCustomer(input, call)
  if ('refused' in found) return found.refused
  const { deps, now } = call
  const { domainId, indirectPartnerId } = found.account
  const budget = { amount: input.budget_amount.toFixed(2), type: input.budget_type ?? 'MONTHLY' }
  const thawed = input.cancel_partner_frozen === '1' ? { frozen: undefined } : {}
  changeAccount(domainId, { budget, ...thawed }, deps)

  const owner = indirectPartnerId === undefined ? {} : { indirectPartnerId }
  const record: BudgetRecord = { domainId, ...owner, at: toSeconds(now), ...budget }
  const { budgetRecords } = deps.state.read()
  deps.state.change({ budgetRecords: [record, ...budgetRecords].slice(0, MOST_RECORDS) })
  return { status: 204 }
}

/** `GET /v2/partners/sub-customers/budget/records`, newest first. */
export function listBudgetRecords(input: InputOf<'listBudgetRecords'>, call: ApiCall): ApiAnswer {
  const found = getCustomer(input, call)
  if ('refused' in found) return found.refused
  const records = call.deps.state
    .read()
    .budgetRecords.filter(({ domainId }) => domainId === input.customer_id)
    .filter(({ type }) => input.budget_type === undefined || input.budget_type === type)
    // No customer has ever left.
    .filter(() => input.operation_type !== 'DELETE')
  const offset = input.offset ?? 0
  const page = records.slice(offset, offset + (input.limit ?? 10)).map(recordInfo)
  return { status: 200, body: { total_count: records.length, ...DOLLARS, record_list: page } }
}

/** `GET /v2/partners/credit/consumption-quota`: all customers together. */
export function showConsumptionQuota(_input: unknown, { deps, now }: ApiCall): ApiAnswer {
  const unbilled = deps.state
    .read()
    .accounts.filter(({ xAccountId }) => xAccountId !== undefined)
    .map(({ domainId }) => usedAmount(deps, domainId, beijingMonth(now)))
    .reduce((sum, used) => sum.plus(used), new Big(0))
    .toFixed(2)
  // This API writes its amounts as texts.
  const body = {
    consumption_quota: CONSUMPTION_QUOTA,
    amount: '0.00',
    coupon_amount: '0.00',
    due_amount: '0.00',
    unbilled_amount: unbilled,
    used_consumption_quota: unbilled,
    ...DOLLARS,
  }
  return { status: 200, body }
}

function getCustomer(
  { customer_id, indirect_partner_id }: Asked,
  { deps }: ApiCall,
): { readonly account: Account } | { readonly refused: ApiAnswer } {
  const refused = refuseReseller(indirect_partner_id)
  if (refused !== undefined) return { refused }
  const account = findCustomer(deps.state.read(), customer_id, indirect_partner_id)
  if (account !== undefined) return { account }
  return { refused: bssError(403, 'CBC.0150', 'Invalid operation.') }
}

function readBudget(account: Account, { deps, now }: ApiCall) {
  const { amount, type } = account.budget ?? STARTING_BUDGET
  const month = type === 'MONTHLY' ? beijingMonth(now) : undefined
  const used = usedAmount(deps, account.domainId, month)
  return { amount: new Big(amount), used: used.round(2), type }
}

function recordInfo({ indirectPartnerId, at, amount, type }: BudgetRecord) {
  const reseller = findReseller(indirectPartnerId)
  return {
    budget_amount: new Big(amount),
    operation_type: 'SETTING',
    operation_time: at,
    operator: IAM_USER.user,
    budget_type: type,
    partner_corp_name: reseller?.name ?? PARTNER_NAME,
    partner_account_name: reseller?.account_name ?? IAM_USER.domain,
  }
}
