// Environment and files in, a frozen Config out. Every mistake is collected before any is reported,
// so that an installation is put right in one round. The only reader of process.env.

import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { z } from 'zod'
import type { Option } from './option.ts'
import { OPTIONS, type OptionKey } from './options.ts'
import { fillIn, type RawValues, type Settings } from './rules.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Everything the service was told, checked and completed. */
export type Config = Settings

/** One wrong or missing option: `NAME: must be …, but is "…"`. */
export type Mistake = string

/** All mistakes of one start. */
export class ConfigurationError extends Error {
  readonly mistakes: readonly Mistake[]

  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.join('\n'))
    this.name = 'ConfigurationError'
    this.mistakes = mistakes
  }
}

/** The process's own environment. */
export function processEnvironment(): Environment {
  return process.env
}

/**
 * Reads every option from the environment, then from the file named by CONFIG_FILE, then from the
 * table's default. Throws `ConfigurationError` with all mistakes at once.
 */
export function loadConfig(environment: Environment): Config {
  const { mistakes, config } = readConfig(environment)
  if (mistakes.length > 0 || config === undefined) throw new ConfigurationError(mistakes)
  return config
}

/** What an environment says, right or wrong. */
export type ReadConfig = {
  readonly mistakes: readonly Mistake[]
  /** An option that is named by a mistake has no meaning here; `undefined` without a site. */
  readonly config: Config | undefined
}

/** The same for who examines a configuration instead of running by it. */
export function readConfig(environment: Environment): ReadConfig {
  const mistakes: Mistake[] = []
  const source = withConfigFile(environment, mistakes)
  const values: Record<string, unknown> = {}
  for (const key of Object.keys(OPTIONS) as OptionKey[]) {
    values[key] = readOption(OPTIONS[key], source, mistakes)
  }
  // The cast holds because each value came out of the schema of its own row.
  const settings = fillIn(values as RawValues, mistakes)
  return { mistakes, config: settings && Object.freeze(settings) }
}

function readOption(row: Option<unknown>, source: Environment, mistakes: Mistake[]): unknown {
  const given = readText(row, source, mistakes) ?? row.fallback
  if (given === undefined) return undefined
  const parsed = row.schema.safeParse(given) as z.ZodSafeParseResult<unknown>
  if (parsed.success) return parsed.data
  const shown = row.isSecret ? 'a value that is not shown' : JSON.stringify(given)
  mistakes.push(`${row.name}: must ${row.must}, but is ${shown}`)
  return undefined
}

// An empty variable means "not set": compose files and CI write `NAME=` for that.
function readText(
  row: Option<unknown>,
  source: Environment,
  mistakes: Mistake[],
): string | undefined {
  const direct = source[row.name] || undefined
  const file = source[`${row.name}_FILE`] || undefined
  if (file === undefined) return direct
  if (direct !== undefined) {
    mistakes.push(`${row.name}: must be given once, but ${row.name}_FILE is set as well`)
    return undefined
  }
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    mistakes.push(`${row.name}_FILE: must name a readable file, but is "${file}" (${why(error)})`)
    return undefined
  }
}

function withConfigFile(environment: Environment, mistakes: Mistake[]): Environment {
  const path = environment['CONFIG_FILE']
  if (path === undefined || path === '') return environment
  let lines: Environment
  try {
    lines = parseEnv(readFileSync(path, 'utf8'))
  } catch (error) {
    mistakes.push(`CONFIG_FILE: must name a readable file, but is "${path}" (${why(error)})`)
    return environment
  }
  const known = new Set(
    Object.values(OPTIONS).flatMap(({ name }) => [name, `${name}_FILE`] as string[]),
  )
  for (const name of Object.keys(lines)) {
    // A misspelt name in our own file is a mistake; the environment is shared with others.
    if (!known.has(name)) mistakes.push(`${name}: is no option (in ${path})`)
  }
  const given = Object.entries(environment).filter(([, value]) => value !== undefined)
  return { ...lines, ...Object.fromEntries(given) }
}

function why(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
}
