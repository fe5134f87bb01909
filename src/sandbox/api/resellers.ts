// The partner's resellers: two that are always there. What a caller may do to whose customers is
// decided here, because every question about a customer begins with it.

import { findAccount } from '../accounts.ts'
import { type ApiAnswer, bssError } from '../api-answer.ts'
import type { Account, State } from '../state.ts'
import type { InputOf } from './behaviour.ts'

/** The resellers as queryResellers gives them. */
export const RESELLERS = [
  {
    indirect_partner_id: '5e11e200000000000000000000000001',
    account_name: 'alpine-reseller',
    name: 'Alpine Reselling GmbH',
    mobile_phone: '0043-6641234567',
    email: 'office@alpine.example.com',
    associated_on: '2025-03-03T09:00:00Z',
    account_manager_id: 'sandbox-manager',
    account_manager_name: 'Grace Hopper',
  },
  {
    indirect_partner_id: '5e11e200000000000000000000000002',
    account_name: 'harbour-reseller',
    name: 'Harbour Cloud Ltd',
    mobile_phone: '0353-861234567',
    email: 'office@harbour.example.com',
    associated_on: '2025-09-01T08:30:00Z',
    account_manager_id: 'sandbox-manager',
    account_manager_name: 'Grace Hopper',
  },
] as const

/** A row of the table. */
export type Reseller = (typeof RESELLERS)[number]

/** The reseller of that id. */
export function findReseller(id: string | undefined): Reseller | undefined {
  return RESELLERS.find((one) => one.indirect_partner_id === id)
}

/** `POST /v2/partners/indirect-partners/query`. */
export function queryResellers(input: InputOf<'queryResellers'>): ApiAnswer {
  const found = RESELLERS.filter((one) =>
    [
      input.indirect_partner_id === undefined ||
        one.indirect_partner_id === input.indirect_partner_id,
      input.account_name === undefined || one.account_name === input.account_name,
      input.associated_on_begin === undefined || one.associated_on >= input.associated_on_begin,
      input.associated_on_end === undefined || one.associated_on <= input.associated_on_end,
    ].every(Boolean),
  )
  const offset = input.offset ?? 0
  const page = found.slice(offset, offset + (input.limit ?? 10))
  return { status: 200, body: { count: found.length, indirect_partners: page } }
}

/** The refusal of a reseller that is none of ours; `undefined` when none is named, or a right one. */
export function refuseReseller(id: string | undefined): ApiAnswer | undefined {
  if (id === undefined || findReseller(id) !== undefined) return undefined
  return bssError(400, 'CBC.99000037', 'You do not have the permission to operate this reseller.')
}

/** The customer of the partner, or of the reseller if one is named; else nobody. */
export function findCustomer(
  state: State,
  domainId: string,
  resellerId: string | undefined,
): Account | undefined {
  const account = findAccount(state, domainId)
  const isOurs = account?.xAccountId !== undefined && account.indirectPartnerId === resellerId
  return isOurs ? account : undefined
}
