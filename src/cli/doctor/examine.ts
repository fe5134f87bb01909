// Runs the checks side by side, each with a time limit: an environment in, a report out. It never throws,
// whatever the configuration is like.

import { asRefusal, describe, type Refusal } from '../../base/errors.ts'
import { type Config, type Environment, type Mistake, readConfig } from '../../config/load.ts'
import { loadKeySet } from '../../saml/keyring.ts'
import { type Check, type Examination, error, type Finding, note, ok } from './check.ts'
import { readSites } from './read-sites.ts'

/** A check and what it found. */
export type Examined = Pick<Check, 'id' | 'group' | 'title' | 'expected'> & {
  readonly findings: readonly Finding[]
}

export type Report = {
  readonly mistakes: readonly Mistake[]
  readonly checks: readonly Examined[]
}

export type ExamineDeps = Pick<
  Examination,
  'clock' | 'fetch' | 'partnerFetch' | 'connect' | 'probeDirectory'
> & {
  readonly environment: Environment
  readonly checks: readonly Check[]
  readonly limitMs: number
}

/** Runs what can be run. */
export async function examine(deps: ExamineDeps): Promise<Report> {
  const { environment, checks, limitMs } = deps
  const { mistakes, config, unusable } = readWhatCounts(environment)
  const options = judgeOptions(mistakes)
  // Without the file that was meant, what the defaults say is beside the point.
  if (config === undefined || unusable.has('CONFIG_FILE')) return { mistakes, checks: [options] }
  const given = {
    ...deps,
    config,
    variable: (name: string) => environment[name] || environment[name.toUpperCase()] || undefined,
    isInEnvironment: (name: string) => (environment[name] ?? '') !== '',
    keys: once(() => loadKeySet(config)),
    sites: once(() => readSites(config)),
  }
  const examined = checks.map(async (check) => {
    const { id, group, title, expected, needs } = check
    const missing = needs.filter((name) => unusable.has(name))
    const findings = missing.length > 0 ? [skipped(missing)] : await run(check, given, limitMs)
    return { id, group, title, expected, findings }
  })
  return { mistakes, checks: [options, ...withoutRepeats(await Promise.all(examined))] }
}

// Checks that read the same file fail with the same words; one of them is enough.
function withoutRepeats(checks: readonly Examined[]): readonly Examined[] {
  const firsts = new Map<string, string>()
  return checks.map((check) => {
    const findings = check.findings.map((finding) => {
      const first = firsts.get(finding.found) ?? check.title
      if (finding.level === 'error') firsts.set(finding.found, first)
      return first === check.title ? finding : repeated(first)
    })
    return { ...check, findings }
  })
}

function repeated(first: string): Finding {
  return note({ found: 'not examined', meaning: `It depends on "${first}".` })
}

type Read = {
  readonly mistakes: readonly Mistake[]
  readonly config: Config | undefined
  /** Options that mean nothing at present. */
  readonly unusable: ReadonlySet<string>
}

// Without a site nothing can be completed; with `custom` in its place, whatever does not depend on it can.
function readWhatCounts(environment: Environment): Read {
  const read = readConfig(environment)
  if (read.config !== undefined) return { ...read, unusable: namesIn(read.mistakes) }
  const filled = { ...environment, HUAWEI_SITE: 'custom', HUAWEI_SITE_FILE: '' }
  const { config, mistakes } = readConfig(filled)
  return { mistakes: read.mistakes, config, unusable: namesIn([...read.mistakes, ...mistakes]) }
}

function namesIn(mistakes: readonly Mistake[]): ReadonlySet<string> {
  return new Set(mistakes.map((mistake) => mistake.replace(/(_FILE)?:.*$/s, '')))
}

function judgeOptions(mistakes: readonly Mistake[]): Examined {
  const meaning = 'The service does not start.'
  const next = 'Correct it; docs/configuration.md lists every option.'
  const findings =
    mistakes.length === 0
      ? [ok('no mistake', 'The service starts with these options.')]
      : mistakes.map((found) => error({ found, meaning }, next))
  const expected = 'each option as docs/configuration.md says'
  const title = 'Options'
  return { id: 'configuration.options', group: 'Configuration', title, expected, findings }
}

function skipped(missing: readonly string[]): Finding {
  const meaning = `It depends on ${missing.join(', ')}.`
  return note({ found: 'not examined', meaning }, 'Correct the mistake and ask again.')
}

type Given = Omit<Examination, 'signal'>

async function run(check: Check, given: Given, limitMs: number): Promise<readonly Finding[]> {
  const limit = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly Finding[]>((resolve) => {
    timer = setTimeout(() => resolve([tooLate(limitMs)]), limitMs)
  })
  // A check that is told to end may still say why; the limit does not wait for one that does not.
  const hurry = setTimeout(() => limit.abort(), limitMs * 0.9)
  try {
    return await Promise.race([attempt(check, { ...given, signal: limit.signal }), late])
  } finally {
    clearTimeout(timer)
    clearTimeout(hurry)
    limit.abort()
  }
}

async function attempt(check: Check, examination: Examination): Promise<readonly Finding[]> {
  try {
    return await check.run(examination)
  } catch (thrown) {
    return [refused(asRefusal(thrown))]
  }
}

// The facts of a refusal hold no secrets; the text of a fault may.
function refused({ code, facts, cause }: Refusal): Finding {
  const { say, hint, remedy } = describe(code)
  const shown = Object.entries(facts).flatMap(([name, value]) => {
    return value === undefined ? [] : `${name}: ${plainText(value)}`
  })
  const kind = code === 'FAULT' && cause instanceof Error ? [cause.name] : []
  return error({ found: [code, ...kind, ...shown].join('; '), meaning: say }, remedy ?? hint)
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function tooLate(limitMs: number): Finding {
  const found = `no result in ${limitMs / 1000} seconds`
  const meaning = 'What it looks at does not answer, or answers too slowly to be of use.'
  return error({ found, meaning }, 'Look at the network on the way there, then ask again.')
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}
