// `metadata`: ours for Partner Center, and the check of a site's before it is trusted.

import type { Command } from 'commander'
import { EXIT } from '../../base/exit-codes.ts'
import { loadConfig } from '../../config/load.ts'
import { loadKeySet } from '../../saml/keyring.ts'
import { type MetadataProblem, readMetadata } from '../../saml/metadata-read.ts'
import { buildMetadata } from '../../saml/metadata-write.ts'
import type { RelyingParty } from '../../saml/relying-party.ts'
import { type Cli, readNamedFile } from '../context.ts'
import { plain, printFacts, printJson } from '../output.ts'
import { addCopyCommands } from './metadata-copies.ts'

type AsJson = { readonly json?: true }

/** Adds `metadata` with its commands to the program. */
export function addMetadataCommands(program: Command, cli: Cli): void {
  const metadata = program.command('metadata').description('SAML metadata, ours and theirs.')
  metadata
    .command('idp')
    .description('Prints our metadata, for Partner Center.')
    .action(() => printOwn(cli))
  metadata
    .command('check <FILE>')
    .description("Checks a site's metadata, and shows whom it would make us trust.")
    .option('--json', 'print JSON')
    .action((file: string, options: AsJson) => checkFile(file, options, cli))
  addCopyCommands(metadata, cli)
}

async function printOwn(cli: Cli): Promise<void> {
  const config = loadConfig(cli.environment)
  const { entityId, publicUrl } = config
  const { active, next, previous } = await loadKeySet(config)
  const others = [next, previous].filter((each) => each !== undefined)
  const urls = { ssoUrl: `${publicUrl}/saml/sso`, sloUrl: `${publicUrl}/saml/slo` }
  cli.stdout.write(buildMetadata({ entityId, ...urls }, active, others))
}

async function checkFile(file: string, { json }: AsJson, cli: Cli): Promise<void> {
  const read = readMetadata({ source: file, xml: await readNamedFile(file) })
  const now = cli.clock.now()
  const problems = [...read.problems, ...read.parties.flatMap((party) => findExpired(party, now))]
  if (problems.length > 0) cli.finish(EXIT.refused)
  if (json === true) {
    printJson(cli.stdout, { parties: read.parties.map(viewParty), problems })
    return
  }
  for (const party of read.parties) printParty(party, cli)
  for (const problem of problems) printProblem(problem, cli)
}

// A sign-in from such a party is refused with SAML_PARTY_EXPIRED.
function findExpired({ source, entityId, validUntil }: RelyingParty, now: Date): MetadataProblem[] {
  if (validUntil === undefined || validUntil > now) return []
  const problem = `the validUntil of ${entityId} has passed: ${validUntil.toISOString()}`
  const remedy = 'Fetch the current SP metadata from the site.'
  return [{ source, line: undefined, problem, remedy }]
}

function viewParty(party: RelyingParty) {
  const { entityId, signsRequests, signingKeys, consumers, logouts, validUntil } = party
  return {
    entityId,
    signsRequests,
    certificatesEndAt: signingKeys.map(({ endsAt }) => endsAt.toISOString()),
    consumers: consumers.map(({ url, isDefault }) => ({ url, isDefault })),
    logouts: logouts.map(({ binding, url }) => ({ binding, url })),
    validUntil: validUntil?.toISOString() ?? null,
  }
}

function printParty(party: RelyingParty, cli: Cli): void {
  const now = cli.clock.now()
  const { entityId, signsRequests, signingKeys, consumers, logouts, validUntil } = party
  printFacts(cli.stdout, [
    ['entity ID', entityId],
    ['signs its requests', signsRequests ? 'yes' : 'no'],
    ...signingKeys.map(({ endsAt }) => {
      const state = endsAt <= now ? 'ended' : 'ends'
      return ['certificate', `${state} ${endsAt.toISOString()}`] as const
    }),
    ...consumers.map(({ url, isDefault }) => {
      return ['answers go to', isDefault ? `${url} (default)` : url] as const
    }),
    ...logouts.map(({ binding, url }) => ['logs out at', `${url} (${binding})`] as const),
    ['valid until', validUntil?.toISOString() ?? 'for ever'],
  ])
  cli.stdout.write('\n')
}

function printProblem({ source, line, problem, remedy }: MetadataProblem, cli: Cli): void {
  const place = line === undefined ? source : `${source}:${line}`
  cli.stdout.write(`${plain(`${place}: ${problem}`)}\n  remedy: ${remedy}\n`)
}
