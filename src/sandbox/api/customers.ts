// Customers of the partner: names and addresses are checked, accounts made and found.

import { SANDBOX } from '../../base/sandbox-names.ts'
import { createBound, findBound, isEmailTaken, isNameTaken } from '../accounts.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import type { LedgerDeps } from '../deps.ts'
import type { Account } from '../state.ts'
import { sendCode, takeCode } from '../verification-codes.ts'
import type { ApiCall, InputOf } from './behaviour.ts'
import { refuseReseller } from './resellers.ts'

/** `POST /v2/partners/sub-customers/users/check-identity`. */
export function checkIdentity(input: InputOf<'checkIdentity'>, { deps }: ApiCall): ApiAnswer {
  const isTaken = {
    name: isNameTaken,
    email: isEmailTaken,
    mobile: () => false, // The European site has no accounts by mobile number.
  }[input.search_type](deps.state.read(), input.search_value)
  const check_result = isTaken ? 'used_by_user' : 'available'
  return { status: 200, body: { error_code: 'CBC.0000', error_msg: 'success', check_result } }
}

/** `POST /v2/bases/verificationcode/send`; the codes are in the sandbox's mailbox. */
export function sendVerificationCode(
  input: InputOf<'sendVerificationCode'>,
  { deps }: ApiCall,
): ApiAnswer {
  return sendCode(input.email, input.timeout, deps) ?? { status: 204 }
}

/** `POST /v2/partners/sub-customers`. The account has no agency, as at Huawei since 2024-10-14. */
export function createCustomer(input: InputOf<'createCustomer'>, { deps }: ApiCall): ApiAnswer {
  const hindrance = hindranceToCreate(input, deps)
  if (hindrance !== undefined) return hindrance
  const account = createBound(
    {
      xAccountId: input.xaccount_id,
      domainName: input.domain_name,
      email: input.email,
      indirectPartnerId: input.indirect_partner_id,
      hasAgency: false,
    },
    deps,
  )
  return { status: 200, body: { domain_id: account.domainId, domain_name: account.domainName } }
}

// The code comes last, because a right one is used up.
function hindranceToCreate(
  input: InputOf<'createCustomer'>,
  deps: LedgerDeps,
): ApiAnswer | undefined {
  const state = deps.state.read()
  const { email, domain_name: name, verification_code: code } = input
  if (input.xaccount_type !== SANDBOX.platformId) {
    return bssError(400, 'CBC.0101', 'Invalid parameter. xaccount_type')
  }
  const refused = refuseReseller(input.indirect_partner_id)
  if (refused !== undefined) return refused
  if (findBound(state, input.xaccount_id) !== undefined) {
    return bssError(400, 'CBC.99000039', 'Duplicate xAccountId.')
  }
  if (name !== undefined && isNameTaken(state, name)) {
    return bssError(400, 'CBC.99000038', 'The account name already exists.')
  }
  if (email === undefined) return undefined
  if (isEmailTaken(state, email)) {
    return bssError(400, 'CBC.99000028', 'The email address already exists.')
  }
  return takeCode(email, code ?? '', deps)
}

/** `POST /v2/partners/sub-customers/query`. */
export function queryCustomers(input: InputOf<'queryCustomers'>, { deps }: ApiCall): ApiAnswer {
  const refused = refuseReseller(input.indirect_partner_id)
  if (refused !== undefined) return refused
  const found = deps.state.read().accounts.filter((account) => isAsked(account, input))
  const offset = input.offset ?? 0
  const page = found.slice(offset, offset + (input.limit ?? 10))
  return { status: 200, body: { count: found.length, customer_infos: page.map(customerInfo) } }
}

function isAsked(account: Account, asked: InputOf<'queryCustomers'>): boolean {
  const { associatedAt, xAccountId } = account
  if (xAccountId === undefined || associatedAt === undefined) return false
  const answers = [
    asked.customer_id === undefined || asked.customer_id === account.domainId,
    account.domainName.includes(asked.account_name ?? ''),
    asked.associated_on_begin === undefined || associatedAt >= asked.associated_on_begin,
    asked.associated_on_end === undefined || associatedAt <= asked.associated_on_end,
    asked.indirect_partner_id === undefined ||
      asked.indirect_partner_id === account.indirectPartnerId,
    asked.association_type !== '1',
    // Nobody here has a verified real name or a tag.
    asked.customer === undefined && asked.label === undefined,
  ]
  return answers.every(Boolean)
}

const FROZEN = { ACCOUNT: 1, ACCOUNT_AND_RESOURCE: 2 } as const

function customerInfo(account: Account) {
  return {
    customer_id: account.domainId,
    account_name: account.domainName,
    customer: '',
    email: account.email ?? '',
    associated_on: account.associatedAt,
    association_type: '3',
    verified_status: '-1',
    customer_type: -1,
    is_frozen: account.frozen === undefined ? 0 : FROZEN[account.frozen],
    xaccount_id: account.xAccountId,
    xaccount_type: SANDBOX.platformId,
    customer_level: 'V0',
  }
}
