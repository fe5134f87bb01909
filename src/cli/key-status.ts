// What `keys status` tells: the certificate that signs, where the change to the next one stands, and the
// plan with its dates.

import type { X509Certificate } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { daysUntil } from '../saml/certificate-ends.ts'
import { loadKeySet } from '../saml/keyring.ts'
import { CERTIFICATE_FILE, KEY_FILE, type KeyPlace } from '../saml/keys.ts'
import { stateOf } from '../saml/rollover.ts'
import { planRollover } from '../saml/rollover-plan.ts'
import type { Output } from './context.ts'
import { plain, printFacts } from './output.ts'

export type KeyStatus = Awaited<ReturnType<typeof readKeyStatus>>

/** Reads it from CERTS_DIR. Throws `KEY_UNUSABLE`. */
export async function readKeyStatus(place: KeyPlace, now: Date) {
  const { certsDir, keyAccess } = place
  const keys = await loadKeySet(place)
  const keyFile = keyAccess.command === undefined ? join(certsDir, KEY_FILE) : null
  return {
    ...viewCertificate(keys.active.certificate, now),
    keyFile,
    keyFileMode: keyFile && (await readMode(keyFile)),
    certificateFile: join(certsDir, CERTIFICATE_FILE),
    state: stateOf(keys),
    next: keys.next === undefined ? null : viewCertificate(keys.next, now),
    previous: keys.previous === undefined ? null : viewCertificate(keys.previous, now),
    plan: planRollover(keys).map(({ what, command, notBefore, dueBy, doneAt }) => ({
      what,
      command,
      notBefore: notBefore?.toISOString() ?? null,
      dueBy: dueBy.toISOString(),
      doneAt: doneAt?.toISOString() ?? null,
    })),
  } as const
}

function viewCertificate(certificate: X509Certificate, now: Date) {
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    /** Whole days; negative from the moment of its end on. */
    daysLeft: daysUntil(certificate.validToDate, now),
    sha256: certificate.fingerprint256,
    keyBits: certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? null,
  }
}

async function readMode(path: string): Promise<string> {
  const { mode } = await stat(path)
  return (mode & 0o777).toString(8).padStart(4, '0')
}

const STATES = {
  settled: 'one key; no change is under way',
  made: 'the next key is made and not uploaded',
  confirmed: 'the next key is uploaded and does not sign yet',
  activated: 'the next key signs; the old certificate is still published',
} as const satisfies Record<KeyStatus['state'], string>

/** The same for people. */
export function printKeyStatus(output: Output, status: KeyStatus, now: Date): void {
  const { next, previous } = status
  printFacts(output, [
    ['subject', status.subject],
    ['valid from', status.validFrom],
    ['valid to', `${status.validTo} (${status.daysLeft} days left)`],
    ['SHA-256', status.sha256],
    ['key', `RSA, ${status.keyBits} bits`],
    ['key file', status.keyFile === null ? null : `${status.keyFile} (mode ${status.keyFileMode})`],
    ['certificate file', status.certificateFile],
    ['change', STATES[status.state]],
    ...(next === null ? [] : [['next SHA-256', next.sha256] as const]),
    ...(previous === null ? [] : [['previous SHA-256', previous.sha256] as const]),
  ])
  output.write('\nPlan\n')
  for (const step of status.plan) {
    output.write(`  ${dateOf(step, now).padEnd(15)}  ${plain(step.what)}\n`)
    output.write(`${' '.repeat(19)}partner-idp ${step.command}\n`)
  }
}

function dateOf({ doneAt, dueBy }: KeyStatus['plan'][number], now: Date): string {
  if (doneAt !== null) return `done ${doneAt.slice(0, 10)}`
  return `${dueBy < now.toISOString() ? 'late' : 'by'} ${dueBy.slice(0, 10)}`
}
