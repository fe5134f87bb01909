// Events as they happen in, the record out. What must not be in it is taken out here, whoever calls.

import type { AuditEvent, AuditFacts, RecordAudit } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import { isSecretName } from '../base/log.ts'
import type { Audit } from '../store/audit-records.ts'

const LONGEST = 500
const MOST_FACTS = 40

/** The one function by which the house puts events on record. */
export function createRecordAudit(deps: {
  readonly audit: Pick<Audit, 'append'>
  readonly clock: Clock
}): RecordAudit {
  return (event) => deps.audit.append(bounded(event), deps.clock.now())
}

// What is searched for and exported must be of a size: some of it comes from outside.
function bounded({ actor, subject, before, after, ...event }: AuditEvent): AuditEvent {
  return {
    ...event,
    actor: { ...actor, id: cut(actor.id) },
    subject: subject === undefined ? undefined : cut(subject),
    ...(before === undefined ? {} : { before: boundedFacts(before) }),
    ...(after === undefined ? {} : { after: boundedFacts(after) }),
  }
}

function boundedFacts(facts: AuditFacts): AuditFacts {
  const kept = Object.entries(facts).slice(0, MOST_FACTS)
  return Object.fromEntries(
    kept.map(([name, value]) => {
      if (isSecretName(name)) return [cut(name), '(redacted)']
      return [cut(name), typeof value === 'string' ? cut(value) : value]
    }),
  )
}

// PostgreSQL keeps no NUL.
function cut(text: string): string {
  return text.slice(0, LONGEST).replaceAll('\0', '').toWellFormed()
}
