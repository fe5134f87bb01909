// What the record says of a customer's personal fields: that they are there, or that they changed. Never
// what they are, because the record outlives the person's data.

import type { AuditFacts } from '../base/audit.ts'
import type { AccountRecord } from '../store/store.ts'

const PERSONAL = ['login', 'email', 'name', 'mobile'] as const

/** `present` or `absent` for each field. */
export function presence(account: AccountRecord): AuditFacts {
  const fields = PERSONAL.map((field) => [
    field,
    account[field] === undefined ? 'absent' : 'present',
  ])
  return { ...Object.fromEntries(fields), localPassword: account.passwordHash !== undefined }
}

/** The fields that differ, each as `changed`; nothing when none does. */
export function changedFields(before: AccountRecord, after: AccountRecord): AuditFacts {
  const changed = PERSONAL.filter((field) => before[field] !== after[field])
  return {
    ...Object.fromEntries(changed.map((field) => [field, 'changed'])),
    ...(before.passwordHash === after.passwordHash ? {} : { localPassword: 'changed' }),
    ...(before.isEnabled === after.isEnabled ? {} : { enabled: after.isEnabled }),
  }
}
