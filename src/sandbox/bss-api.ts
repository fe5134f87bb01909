// The partner API of the sandbox: what each row of the catalogue does to the accounts. The rows give
// paths and fields; what is right and what is wrong is decided here, by Huawei's documents.

import type { z } from 'zod'
import { SANDBOX } from '../base/sandbox-names.ts'
import { CATALOGUE, type Catalogue, type OperationName } from '../partner/catalogue/index.ts'
import { createBound, findBound, isEmailTaken, isNameTaken } from './accounts.ts'
import { type ApiAnswer, bssError } from './api-answer.ts'
import type { LedgerDeps } from './deps.ts'
import type { Account } from './state.ts'
import { sendCode, takeCode } from './verification-codes.ts'

type Body<Name extends OperationName> = z.output<Catalogue[Name]['body']>

const BEHAVIOURS: {
  readonly [Name in OperationName]: (body: Body<Name>, deps: LedgerDeps) => ApiAnswer
} = {
  checkIdentity,
  sendVerificationCode,
  createCustomer,
  queryCustomers,
}

// Fields that Huawei documents an error of their own for; everything else is CBC.0100.
const FIELD_ERRORS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  'createCustomer.domain_name': ['CBC.99000031', 'Invalid account name.'],
  'createCustomer.email': ['CBC.5016', 'Invalid email address format.'],
  'createCustomer.password': ['CBC.99000036', 'Invalid password.'],
  'createCustomer.verification_code': ['CBC.99004008', 'Invalid verification code.'],
  'sendVerificationCode.email': ['CBC.99004004', 'Empty email address or invalid format.'],
}

/** Answers one call, whose caller has been verified. `body` is the parsed JSON, or anything. */
export function answerCall<Name extends OperationName>(
  name: Name,
  body: unknown,
  deps: LedgerDeps,
): ApiAnswer {
  const checked = CATALOGUE[name].body.safeParse(body)
  if (!checked.success) return fieldError(name, checked.error)
  // The cast holds because the schema that read the body is the one of the same row.
  return BEHAVIOURS[name](checked.data as Body<Name>, deps)
}

function fieldError(name: OperationName, error: z.ZodError): ApiAnswer {
  const [issue] = error.issues
  const field = String(issue?.path[0] ?? '')
  const [code, message] = FIELD_ERRORS[`${name}.${field}`] ?? ['CBC.0100', 'Parameter error.']
  return bssError(400, code, `${message} ${field}: ${issue?.message ?? ''}`)
}

function checkIdentity(body: Body<'checkIdentity'>, { state }: LedgerDeps): ApiAnswer {
  const isTaken = {
    name: isNameTaken,
    email: isEmailTaken,
    mobile: () => false, // The European site has no accounts by mobile number.
  }[body.search_type](state.read(), body.search_value)
  const check_result = isTaken ? 'used_by_user' : 'available'
  return { status: 200, body: { error_code: 'CBC.0000', error_msg: 'success', check_result } }
}

function sendVerificationCode(body: Body<'sendVerificationCode'>, deps: LedgerDeps): ApiAnswer {
  return sendCode(body.email, body.timeout, deps) ?? { status: 204 }
}

function createCustomer(body: Body<'createCustomer'>, deps: LedgerDeps): ApiAnswer {
  const hindrance = hindranceToCreate(body, deps)
  if (hindrance !== undefined) return hindrance
  const account = createBound(
    { xAccountId: body.xaccount_id, domainName: body.domain_name, email: body.email },
    deps,
  )
  return { status: 200, body: { domain_id: account.domainId, domain_name: account.domainName } }
}

// The code comes last, because a right one is used up.
function hindranceToCreate(body: Body<'createCustomer'>, deps: LedgerDeps): ApiAnswer | undefined {
  const state = deps.state.read()
  const { email, domain_name: name, verification_code: code } = body
  if (body.xaccount_type !== SANDBOX.platformId) {
    return bssError(400, 'CBC.0101', 'Invalid parameter. xaccount_type')
  }
  if (body.indirect_partner_id !== undefined) {
    return bssError(400, 'CBC.99000037', 'You do not have the permission to operate this reseller.')
  }
  if (findBound(state, body.xaccount_id) !== undefined) {
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

function queryCustomers(body: Body<'queryCustomers'>, { state }: LedgerDeps): ApiAnswer {
  if (body.indirect_partner_id !== undefined) {
    return bssError(400, 'CBC.99000037', 'You do not have the permission to operate this reseller.')
  }
  const found = state.read().accounts.filter((account) => isAsked(account, body))
  const offset = body.offset ?? 0
  const page = found.slice(offset, offset + (body.limit ?? 10))
  return { status: 200, body: { count: found.length, customer_infos: page.map(customerInfo) } }
}

function isAsked(account: Account, asked: Body<'queryCustomers'>): boolean {
  const { associatedAt, xAccountId } = account
  if (xAccountId === undefined || associatedAt === undefined) return false
  const answers = [
    asked.customer_id === undefined || asked.customer_id === account.domainId,
    account.domainName.includes(asked.account_name ?? ''),
    asked.associated_on_begin === undefined || associatedAt >= asked.associated_on_begin,
    asked.associated_on_end === undefined || associatedAt <= asked.associated_on_end,
    asked.association_type !== '1',
    // Nobody here has a verified real name or a tag.
    asked.customer === undefined && asked.label === undefined,
  ]
  return answers.every(Boolean)
}

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
    is_frozen: 0,
    xaccount_id: account.xAccountId,
    xaccount_type: SANDBOX.platformId,
    customer_level: 'V0',
  }
}
