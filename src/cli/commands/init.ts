// `init`: everything that must be there before the first start. What is there already stays as it is.

import { mkdir } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Config } from '../../config/load.ts'
import { createSigningKey, hasSigningKey, loadSigningKey } from '../../saml/keys.ts'
import { readMetadataFolder } from '../../saml/metadata-folder.ts'
import { type Cli, withStore } from '../context.ts'
import { printFacts } from '../output.ts'

/** Adds `init` to the program. */
export function addInitCommand(program: Command, cli: Cli): void {
  program
    .command('init')
    .description('Prepares key, folders and database; safe to repeat.')
    .action(() => withStore(cli, (_store, config) => init(config, cli)))
}

// The store is open by now, and its tables are current.
async function init(config: Config, cli: Cli): Promise<void> {
  const { certsDir, keyAccess, metadataDir, publicUrl } = config
  const isMade = keyAccess.command === undefined && !(await hasSigningKey(certsDir))
  if (isMade) {
    const named = { commonName: new URL(publicUrl).hostname, passphrase: keyAccess.passphrase }
    await createSigningKey(certsDir, { ...named, now: cli.clock.now(), random: cli.random })
  }
  const { certificate } = await loadSigningKey(certsDir, keyAccess)
  await mkdir(metadataDir, { recursive: true })
  const { sources } = await readMetadataFolder(metadataDir)
  printFacts(cli.stdout, [
    ['Key and certificate', `${certsDir} (${isMade ? 'made' : 'kept'})`],
    ['Certificate ends', certificate.validToDate.toISOString()],
    ['Metadata of sites', `${metadataDir} (files: ${sources.length})`],
    ['Database', describeDatabase(config.databaseUrl)],
  ])
  cli.stdout.write(describeNextSteps(config, sources.length > 0))
}

// The address of a PostgreSQL may hold a password.
function describeDatabase(databaseUrl: string): string {
  return databaseUrl.startsWith('sqlite:') ? `${databaseUrl} (ready)` : 'PostgreSQL (ready)'
}

function describeNextSteps({ site, metadataDir, publicUrl }: Config, hasMetadata: boolean): string {
  const steps = [
    ...(site === 'sandbox'
      ? ['Set HUAWEI_SITE for the real Huawei Cloud; without it npm start runs the sandbox.']
      : []),
    ...(hasMetadata ? [] : [`Save the SP metadata of your Huawei Cloud site in ${metadataDir}.`]),
    'Check it: partner-idp metadata check FILE',
    'Upload ours in Partner Center: partner-idp metadata idp > idp.xml',
    `Enter the Notification URL in Partner Center: ${publicUrl}/bind`,
    'Add yourself for the console: partner-idp operators add LOGIN --password-stdin',
    'Add a customer: partner-idp users add LOGIN --account-id ID',
    'Start: npm start',
  ]
  const lines = steps.map((step, at) => `  ${at + 1}. ${step}\n`)
  return `\nNext steps\n${lines.join('')}`
}
