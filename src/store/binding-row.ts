// A row of `binding` and the record it stands for.

import type { BindingRecord, HeldNotice } from './binding-records.ts'
import type { BindingTable } from './tables.ts'
import { orNull, orUndefined, toDate } from './values.ts'

/** What a row says when the account and somebody else's word disagree; the rest of it stays. */
export function conflictWith(claimed: {
  readonly domainId: string
  readonly domainName: string | undefined
}) {
  return {
    state: 'conflict',
    conflict_domain_id: claimed.domainId,
    conflict_domain_name: orNull(claimed.domainName),
  } as const
}

/** The row of an account of which nothing is known. */
export function emptyRow(accountId: string): BindingTable {
  return {
    account_id: accountId,
    state: 'none',
    domain_id: null,
    domain_name: null,
    asked_at_ms: null,
    bound_at_ms: null,
    source: null,
    confirmed_at_ms: null,
    conflict_domain_id: null,
    conflict_domain_name: null,
    frozen: null,
    association: null,
  }
}

/** A row as its readers know it. A held notice says nothing beside a domain that is connected. */
export function toBinding(row: BindingTable, held?: HeldNotice): BindingRecord {
  return {
    accountId: row.account_id,
    state: row.state,
    domainId: orUndefined(row.domain_id),
    domainName: orUndefined(row.domain_name),
    askedAt: toDate(row.asked_at_ms),
    boundAt: toDate(row.bound_at_ms),
    source: orUndefined(row.source),
    confirmedAt: toDate(row.confirmed_at_ms),
    conflictDomainId: orUndefined(row.conflict_domain_id),
    conflictDomainName: orUndefined(row.conflict_domain_name),
    ...(row.frozen === null ? {} : { frozen: row.frozen }),
    ...(row.association === null ? {} : { association: row.association }),
    ...(held === undefined || row.domain_id !== null ? {} : { held }),
  }
}
