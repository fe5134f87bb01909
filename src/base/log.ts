// The log: one JSON object a line on standard error, an event name in each, secrets redacted by name.

import { type DestinationStream, pino } from 'pino'
import type { Refusal } from './errors.ts'
import { describe } from './errors.ts'
import type { Log } from './log-lines.ts'

export type { Log } from './log-lines.ts'

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

// Names that carry secrets wherever they appear, at the top or one level down.
const SECRET_NAMES = [
  'password',
  'passwordHash',
  'passphrase',
  'token',
  'authorization',
  'cookie',
  'secret',
  'secretKey',
  'securityToken',
  'privateKey',
  'idToken',
  'codeVerifier',
  'clientSecret',
  'SAMLRequest',
  'SAMLResponse',
  'samlResponse',
  'assertion',
  'xml',
  'verificationCode',
  'verification_code',
  'csrf',
  'Signature',
  'bindRequest',
] as const

/** Dotted paths that pino blanks out. */
export const REDACTED_PATHS = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** Whether a value of this name is never shown, whatever is in it. */
export function isSecretName(name: string): boolean {
  return SECRET_NAMES.some((secret) => secret.toLowerCase() === name.toLowerCase())
}

/** A log that writes lines of `level` and above; to standard error unless told otherwise. */
export function createLog(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
) {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED_PATHS, censor: '(redacted)' },
    },
    destination,
  )
}

/** One line for one refusal, with the code and reference that the person sees. */
export function logRefusal(log: Log, refusal: Refusal, reference: string): void {
  const { remedy } = describe(refusal.code)
  const line = {
    event: 'refused',
    code: refusal.code,
    reference,
    facts: refusal.facts,
    ...(remedy === undefined ? {} : { remedy }),
    ...(refusal.cause === undefined ? {} : { cause: describeCause(refusal.cause) }),
  }
  if (describe(refusal.code).http >= 500) log.error(line, refusal.code)
  else log.warn(line, refusal.code)
}

// A fault's own words belong in the log and nowhere else.
function describeCause(cause: unknown): unknown {
  if (!(cause instanceof Error)) return String(cause)
  return { name: cause.name, message: cause.message, stack: cause.stack }
}
