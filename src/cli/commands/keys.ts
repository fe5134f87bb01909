// `keys`: what we sign with, and how long it lasts.

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Refusal } from '../../base/errors.ts'
import { loadConfig } from '../../config/load.ts'
import { CERTIFICATE_FILE, KEY_FILE, loadSigningKey } from '../../saml/keys.ts'
import type { Cli } from '../context.ts'
import { printFacts, printJson } from '../output.ts'

type AsJson = { readonly json?: true }

const DAY_MS = 24 * 3600 * 1000

/** Adds `keys` with its commands to the program. */
export function addKeyCommands(program: Command, cli: Cli): void {
  const keys = program.command('keys').description('Our signing key and certificate.')
  keys
    .command('status')
    .description('Shows the certificate, and fails when key or certificate cannot be used.')
    .option('--json', 'print JSON')
    .action((options: AsJson) => showStatus(options, cli))
}

async function showStatus({ json }: AsJson, cli: Cli): Promise<void> {
  const { certsDir } = loadConfig(cli.environment)
  const status = await readStatus(certsDir, cli.clock.now())
  if (json === true) printJson(cli.stdout, status)
  else printStatus(status, cli)
  const { certificateFile: file, validTo, daysLeft } = status
  if (daysLeft < 0)
    throw new Refusal('KEY_UNUSABLE', { file, must: 'must not have ended', validTo })
}

type Status = Awaited<ReturnType<typeof readStatus>>

async function readStatus(certsDir: string, now: Date) {
  const { privateKey, certificate } = await loadSigningKey(certsDir)
  const keyFile = join(certsDir, KEY_FILE)
  const { mode } = await stat(keyFile)
  const leftMs = certificate.validToDate.getTime() - now.getTime()
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    /** Whole days; negative from the moment of its end on. */
    daysLeft: Math.floor(leftMs / DAY_MS),
    sha256: certificate.fingerprint256,
    keyBits: privateKey.asymmetricKeyDetails?.modulusLength ?? null,
    keyFile,
    keyFileMode: (mode & 0o777).toString(8).padStart(4, '0'),
    certificateFile: join(certsDir, CERTIFICATE_FILE),
  } as const
}

function printStatus(status: Status, cli: Cli): void {
  printFacts(cli.stdout, [
    ['subject', status.subject],
    ['valid from', status.validFrom],
    ['valid to', `${status.validTo} (${status.daysLeft} days left)`],
    ['SHA-256', status.sha256],
    ['key', `RSA, ${status.keyBits} bits`],
    ['key file', `${status.keyFile} (mode ${status.keyFileMode})`],
    ['certificate file', status.certificateFile],
  ])
}
