// `keys`: what we sign with, how long it lasts, and the change to the next one.

import type { Command } from 'commander'
import { Refusal } from '../../base/errors.ts'
import { type Config, loadConfig } from '../../config/load.ts'
import {
  activateNextKey,
  adoptNextKey,
  confirmUpload,
  makeNextKey,
  RETIRE_AFTER_MINUTES,
  retireOldKey,
} from '../../saml/rollover.ts'
import { fingerprintOf } from '../../saml/signing-key.ts'
import { type Cli, UsageError, withStore } from '../context.ts'
import { type KeyStatus, printKeyStatus, readKeyStatus } from '../key-status.ts'
import { printJson } from '../output.ts'

type AsJson = { readonly json?: true }
type NextOptions = { readonly certificate?: string }

/** Adds `keys` with its commands to the program. */
export function addKeyCommands(program: Command, cli: Cli): void {
  const keys = program.command('keys').description('Our signing key and certificate.')
  keys
    .command('status')
    .description('Shows certificate and plan; fails when the key cannot be used or has ended.')
    .option('--json', 'print JSON')
    .action((options: AsJson) => showStatus(options, cli))
  keys
    .command('next')
    .description('Makes the next key and publishes its certificate; nothing signs with it yet.')
    .option('--certificate <FILE>', 'with SIGNER_COMMAND: the certificate of a key that it reaches')
    .action((options: NextOptions) => makeNext(options, cli))
  keys
    .command('confirm-upload <SHA256>')
    .description('Records that Partner Center has the next certificate, by its fingerprint.')
    .action((sha256: string) => confirm(sha256, cli))
  keys
    .command('activate')
    .description('Signs with the next key from now on; only after confirm-upload.')
    .action(() => activate(cli))
  keys
    .command('retire')
    .description(`Ends the change, ${RETIRE_AFTER_MINUTES / 60} hours after activate or later.`)
    .action(() => retire(cli))
}

async function showStatus({ json }: AsJson, cli: Cli): Promise<void> {
  const now = cli.clock.now()
  const status = await readKeyStatus(loadConfig(cli.environment), now)
  if (json === true) printJson(cli.stdout, status)
  else printKeyStatus(cli.stdout, status, now)
  refuseEnded(status)
}

function refuseEnded({ certificateFile: file, validTo, daysLeft }: KeyStatus): void {
  if (daysLeft >= 0) return
  throw new Refusal('KEY_UNUSABLE', { file, must: 'must not have ended', validTo })
}

type Step = 'next' | 'confirm-upload' | 'activate' | 'retire'

// The database is opened first: a step that cannot be put on record is not taken.
function onRecord(
  step: Step,
  cli: Cli,
  take: (config: Config) => Promise<string | undefined>,
): Promise<string | undefined> {
  return withStore(cli, async (_store, config) => {
    const sha256 = await take(config)
    const after = { step, ...(sha256 === undefined ? {} : { sha256 }) }
    await cli.record({ action: 'signing-key.changed', subject: config.entityId, after })
    return sha256
  })
}

async function makeNext({ certificate: file }: NextOptions, cli: Cli): Promise<void> {
  const config = loadConfig(cli.environment)
  const { command } = config.keyAccess
  if (command === undefined && file !== undefined) {
    throw new UsageError('--certificate is for keys behind SIGNER_COMMAND')
  }
  if (command !== undefined && file === undefined) {
    throw new UsageError('with SIGNER_COMMAND, --certificate FILE must name the next certificate')
  }
  const now = cli.clock.now()
  const commonName = new URL(config.publicUrl).hostname
  const sha256 = await onRecord('next', cli, async () => {
    const next =
      command !== undefined && file !== undefined
        ? await adoptNextKey(config, command, { file, now })
        : await makeNextKey(config, { commonName, now, random: cli.random })
    return fingerprintOf(next)
  })
  cli.stdout.write(`The next certificate is published: ${sha256}\n`)
  cli.stdout.write('Within a minute /saml/metadata has it; nothing signs with its key yet.\n')
  cli.stdout.write('Now: upload the output of "metadata idp" to Partner Center, then\n')
  cli.stdout.write(`  partner-idp keys confirm-upload ${sha256}\n`)
}

async function confirm(sha256: string, cli: Cli): Promise<void> {
  await onRecord('confirm-upload', cli, async (config) => {
    await confirmUpload(config, sha256, cli.clock.now())
    return sha256
  })
  cli.stdout.write('Confirmed. When it suits: partner-idp keys activate\n')
}

async function activate(cli: Cli): Promise<void> {
  await onRecord('activate', cli, async (config) => {
    await activateNextKey(config, cli.clock.now())
    return undefined
  })
  const hours = RETIRE_AFTER_MINUTES / 60
  cli.stdout.write('The next key is the active one; running processes take it up in a minute.\n')
  cli.stdout.write(`In ${hours} hours or later: partner-idp keys retire\n`)
}

async function retire(cli: Cli): Promise<void> {
  await onRecord('retire', cli, async (config) => {
    await retireOldKey(config, cli.clock.now())
    return undefined
  })
  cli.stdout.write(
    'The old certificate is out of the metadata. Upload it once more when it suits.\n',
  )
}
