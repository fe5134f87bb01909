// `explain`: why a message is accepted or refused, check by check; or what became of one that arrived.

import type { KeyObject } from 'node:crypto'
import type { Command } from 'commander'
import { type CheckResult, remedyOf } from '../../base/check.ts'
import { describe, isErrorCode } from '../../base/errors.ts'
import { EXIT } from '../../base/exit-codes.ts'
import { createLog } from '../../base/log.ts'
import type { Config } from '../../config/load.ts'
import { type ExplainHouse, explainText } from '../../explain/explain.ts'
import type { Explanation } from '../../explain/trail.ts'
import { loadParties } from '../../parties.ts'
import { readInstant } from '../../saml/instant.ts'
import { loadKeySet } from '../../saml/keyring.ts'
import { createVerifyNotice } from '../../saml/notice-signature.ts'
import type { Store } from '../../store/store.ts'
import {
  type Cli,
  type Output,
  readNamedFile,
  readStdin,
  UsageError,
  withStore,
} from '../context.ts'
import { plain, printFacts, printJson } from '../output.ts'

type ExplainOptions = { readonly json?: true; readonly at?: string; readonly reference?: string }

const KINDS =
  'an address with a SAMLRequest, a form body, a SAMLRequest, SAMLResponse or bindRequest, or metadata'

/** Adds `explain` to the program. */
export function addExplainCommand(program: Command, cli: Cli): void {
  program
    .command('explain [FILE]')
    .description(
      `Explains a message, check by check: FILE, or - for standard input, holds ${KINDS}.`,
    )
    .option('--at <TIME>', 'judges as of a time such as 2026-01-15T10:00:00Z; now otherwise')
    .option('--reference <REFERENCE>', 'shows what became of the message that arrived under it')
    .option('--json', 'print JSON')
    .action((file: string | undefined, options: ExplainOptions) => explain(file, options, cli))
}

async function explain(file: string | undefined, options: ExplainOptions, cli: Cli): Promise<void> {
  const { reference } = options
  if ((file === undefined) === (reference === undefined)) {
    throw new UsageError('give either a FILE (- for standard input) or --reference')
  }
  if (reference !== undefined) return showTrace(reference, options, cli)
  const now = readTime(options.at) ?? cli.clock.now()
  const text = file === '-' ? await readStdin(cli) : await readNamedFile(file ?? '')
  const explanation = await withStore(cli, async (store, config) => {
    return explainText(text, await describeHouse(store, config, { cli, now }))
  })
  if (explanation === undefined) throw new UsageError(`that is not ${KINDS}`)
  if (explanation.verdict !== 'accepted') cli.finish(EXIT.refused)
  if (options.json === true) printJson(cli.stdout, { judgedAt: now, ...explanation })
  else printExplanation(cli.stdout, explanation, now)
}

function readTime(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const time = readInstant(text)
  if (time === undefined) throw new UsageError('--at must be a UTC time: 2026-01-15T10:00:00Z')
  return time
}

async function describeHouse(
  store: Store,
  config: Config,
  { cli, now }: { readonly cli: Cli; readonly now: Date },
): Promise<ExplainHouse> {
  const { publicUrl, metadataDir } = config
  const isSandbox = config.site === 'sandbox'
  const log = createLog('silent') // `metadata check` speaks about files that are bad.
  const { network } = cli
  const parties = await loadParties({ metadataDir, store, isSandbox, log, now, network })
  return {
    store,
    parties,
    now,
    ssoUrl: `${publicUrl}/saml/sso`,
    sloUrl: `${publicUrl}/saml/slo`,
    entityId: config.entityId,
    partnerId: config.huawei.partnerId,
    clockSkewSeconds: config.clockSkewSeconds,
    bindHours: config.bindHours,
    signedBytes: config.bindSignedBytes,
    verify: createVerifyNotice(parties),
    ownKeys: () => readOwnKeys(config),
  }
}

async function readOwnKeys({ certsDir, keyAccess }: Config): Promise<readonly KeyObject[]> {
  const { active, next, previous } = await loadKeySet({ certsDir, keyAccess })
  return [active.certificate, next, previous].flatMap((each) => each?.publicKey ?? [])
}

const NAMES: Readonly<Record<Explanation['kind'], string>> = {
  request: 'AuthnRequest',
  logout: 'LogoutRequest',
  response: 'answer of ours',
  notice: 'bind notification',
  metadata: 'SP metadata',
}

function printExplanation(output: Output, explanation: Explanation, now: Date): void {
  const { verdict, say, kind, issuer, requestId, relayStateBytes, checks } = explanation
  output.write(`${verdict}: ${plain(say)}\n\n`)
  printFacts(output, [
    ['what', NAMES[kind]],
    ['judged at', now.toISOString()],
    ['issuer', issuer ?? null],
    ['request id', requestId ?? null],
    ['RelayState', relayStateBytes === undefined ? null : `${relayStateBytes} bytes`],
  ])
  if (!explanation.isProven && kind !== 'metadata') {
    output.write('The sender is not proven: what was found is what the message claims.\n')
  }
  printChecks(output, checks)
}

function printChecks(output: Output, checks: readonly CheckResult[]): void {
  const width = Math.max(...checks.map(({ title }) => title.length))
  output.write('\n')
  for (const check of checks) {
    const word = check.verdict === 'failed' ? 'FAILED' : check.verdict
    output.write(`${word.padEnd(8)}${check.title.padEnd(width)}  ${check.section}\n`)
    for (const [name, value] of detailsOf(check)) {
      if (value !== '') output.write(`        ${name.padEnd(9)} ${plain(value)}\n`)
    }
  }
}

function detailsOf(check: CheckResult): readonly (readonly [string, string])[] {
  const { verdict, found, expected, code } = check
  if (verdict === 'skipped') return []
  if (verdict === 'passed') return [['found', found]]
  return [
    ['code', code ?? ''],
    ['found', found],
    ['expected', expected],
    ['do', remedyOf(check)],
  ]
}

async function showTrace(reference: string, { json }: ExplainOptions, cli: Cli): Promise<void> {
  const wanted = reference.trim().toUpperCase()
  const trace = await withStore(cli, (store) => store.traces.find(wanted))
  if (trace === undefined) {
    throw new UsageError(
      `there is no trace of ${wanted}; TRACE_KEEP and TRACE_DAYS say how many stay`,
    )
  }
  if (json === true) {
    printJson(cli.stdout, trace)
    return
  }
  const { verdict, kind, arrivedAt, issuer, requestId, relayStateBytes, checks } = trace
  const say = isErrorCode(verdict) ? describe(verdict).say : 'The message passed every check.'
  cli.stdout.write(`${verdict}: ${say}\n\n`)
  printFacts(cli.stdout, [
    ['reference', trace.reference],
    ['what', NAMES[kind]],
    ['arrived at', arrivedAt.toISOString()],
    ['issuer', issuer ?? null],
    ['request id', requestId ?? null],
    ['RelayState', relayStateBytes === undefined ? null : `${relayStateBytes} bytes`],
  ])
  printChecks(cli.stdout, checks)
}
