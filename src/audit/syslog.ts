// An event of the record in, one syslog message out (RFC 5424), printable ASCII and of a bounded length.

import type { AuditRecord } from '../store/audit-records.ts'
import { viewAudit } from './view.ts'

// Facility 13, log audit. Severity 5 for what was refused, 6 for the rest (RFC 5424 §6.2.1).
const FACILITY = 13
const NOTICE = 5
const INFORMATIONAL = 6

/** What every receiver should take (RFC 5424 §6.1), and all that fits in a datagram everywhere. */
export const MOST_BYTES = 2048

// `sequenceId` of RFC 5424 §7.3.1 goes up to here and begins again at 1.
const LAST_SEQUENCE_ID = 2_147_483_647

/**
 * The message. The event is its text, as one line of JSON; when it would be too long it goes without its
 * facts and says so by `"shortened":true`.
 */
export function formatSyslog(record: AuditRecord, hostname: string): string {
  const severity = record.action === 'session.refused' ? NOTICE : INFORMATIONAL
  const sequenceId = ((record.sequence - 1) % LAST_SEQUENCE_ID) + 1
  const head = [
    `<${FACILITY * 8 + severity}>1`,
    record.at.toISOString(),
    header(hostname, 255),
    'partner-idp',
    '-',
    header(record.action, 32),
    `[origin software="huaweicloud-partner-idp"][meta sequenceId="${sequenceId}"]`,
  ].join(' ')
  const whole = `${head} ${toAscii(viewAudit(record))}`
  if (whole.length <= MOST_BYTES) return whole
  const { before: _before, after: _after, subject, actor, ...rest } = viewAudit(record)
  const short = {
    ...rest,
    actor: { ...actor, id: cut(actor.id) },
    subject: subject && cut(subject),
  }
  return `${head} ${toAscii({ ...short, shortened: true })}`
}

const LONGEST_NAME = 256

// A character that is said by its number takes six.
function cut(text: string): string {
  const isAscii = /^[\x20-\x7e]*$/.test(text)
  return text.slice(0, isAscii ? LONGEST_NAME : LONGEST_NAME / 6)
}

// Header fields are printable and without spaces (RFC 5424 §6).
function header(text: string, most: number): string {
  return text.replace(/[^\x21-\x7e]/g, '?').slice(0, most) || '-'
}

// JSON may say any character by its number: what is left needs no byte order mark, has no line ends, and
// nobody's terminal obeys it.
function toAscii(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (found) => {
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
