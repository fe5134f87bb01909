// An event of the record as programs read it: the JSON of `audit export`, of `audit find --json` and of
// syslog.

import type { Actor, AuditFacts } from '../base/audit.ts'
import type { AuditRecord } from '../store/audit-records.ts'

/** Public contract: what is not known is null. */
export type AuditView = {
  readonly sequence: number
  readonly at: string
  readonly action: string
  readonly actor: Actor
  readonly subject: string | null
  readonly address: string | null
  readonly reference: string | null
  readonly before: AuditFacts | null
  readonly after: AuditFacts | null
}

/** The view of one event. */
export function viewAudit(record: AuditRecord): AuditView {
  const { sequence, at, action, actor, subject, address, reference, before, after } = record
  return {
    sequence,
    at: at.toISOString(),
    action,
    actor,
    subject: subject ?? null,
    address: address ?? null,
    reference: reference ?? null,
    before: before ?? null,
    after: after ?? null,
  }
}
