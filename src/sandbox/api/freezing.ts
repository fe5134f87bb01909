// Freezing and unfreezing customers: some may succeed while others fail, each with its own error.

import { changeAccount } from '../accounts.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import type { LedgerDeps } from '../deps.ts'
import type { Account } from '../state.ts'
import type { ApiCall, InputOf } from './behaviour.ts'
import { findCustomer, refuseReseller } from './resellers.ts'

type Failure = { readonly status: number; readonly code: string; readonly message: string }

const NOT_OURS: Failure = {
  status: 400,
  code: 'CBC.99000000',
  message: 'You do not have the operation permission to this customer.',
}
const OTHERWISE_FROZEN: Failure = {
  status: 200,
  code: 'CBC.50000053',
  message: 'Unfreeze customer account failed. Selected object and the frozen object do not match.',
}

/** `POST /v2/partners/sub-customers/freeze`. */
export function freezeCustomers(input: InputOf<'freezeCustomers'>, { deps }: ApiCall): ApiAnswer {
  return forEachCustomer(input, deps, ({ domainId }) => {
    changeAccount(domainId, { frozen: input.freeze_type ?? 'ACCOUNT' }, deps)
    return undefined
  })
}

/** `POST /v2/partners/sub-customers/unfreeze`. The type must be the one of freezing. */
export function unfreezeCustomers(
  input: InputOf<'unfreezeCustomers'>,
  { deps }: ApiCall,
): ApiAnswer {
  return forEachCustomer(input, deps, ({ domainId, frozen }) => {
    if (frozen !== (input.unfreeze_type ?? 'ACCOUNT')) return OTHERWISE_FROZEN
    changeAccount(domainId, { frozen: undefined }, deps)
    return undefined
  })
}

type Asked = {
  readonly customer_ids: readonly string[]
  readonly indirect_partner_id?: string | undefined
}

function forEachCustomer(
  { customer_ids, indirect_partner_id }: Asked,
  { state }: LedgerDeps,
  act: (account: Account) => Failure | undefined,
): ApiAnswer {
  const refused = refuseReseller(indirect_partner_id)
  if (refused !== undefined) return refused
  const failures = customer_ids.flatMap((id) => {
    const account = findCustomer(state.read(), id, indirect_partner_id)
    const failure = account === undefined ? NOT_OURS : act(account)
    return failure === undefined ? [] : [{ id, ...failure }]
  })
  // error_details is for partial failure only: when nothing was done, the answer is the error.
  const [first] = failures
  if (first !== undefined && failures.length === customer_ids.length) {
    return bssError(first.status, first.code, first.message)
  }
  const details = failures.map(({ id, code, message }) => ({
    error_code: code,
    error_msg: message,
    id,
  }))
  return { status: 200, body: { error_details: details } }
}
