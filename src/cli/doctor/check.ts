// What a check of the doctor is: a row of the table, what it is given, and what it finds.

import type { Clock } from '../../base/clock.ts'
import type { Config } from '../../config/load.ts'
import type { OPTIONS, OptionKey } from '../../config/options.ts'
import type { KeySet } from '../../saml/keyring.ts'
import type { ProbeDirectory } from '../../signin/ldap-probe.ts'
import type { Connect } from './connect.ts'
import type { Sites } from './read-sites.ts'

/** `note` asks for nothing; `warning` works today; `error` keeps people out, or soon will. */
export type Level = 'ok' | 'note' | 'warning' | 'error'

/** One thing that a check found. */
export type Finding = {
  readonly level: Level
  readonly found: string
  readonly meaning: string
  /** What to do; `null` when there is nothing to do. */
  readonly nextStep: string | null
}

export const GROUPS = [
  'Configuration',
  'Keys',
  'Our metadata',
  'Sites',
  'Huawei Cloud',
  'Database',
  'Public address',
  'Portal',
  'Sign-in',
  'Record and files',
] as const

export type OptionName = (typeof OPTIONS)[OptionKey]['name']

/** What a check may look at. What it asks for is read once, however many ask. */
export type Examination = {
  readonly config: Config
  /** Whether the option is set by itself, and not by a file or a default. */
  readonly isInEnvironment: (name: OptionName) => boolean
  /** A variable of the environment that is no option, in small letters or capitals. */
  readonly variable: (name: string) => string | undefined
  readonly clock: Clock
  readonly fetch: typeof fetch
  /** How the partner API is reached; as the service reaches it, by HUAWEI_PROXY, without one. */
  readonly partnerFetch?: typeof fetch | undefined
  readonly connect: Connect
  /** How a directory is asked about itself; over a connection of its own without one. */
  readonly probeDirectory?: ProbeDirectory | undefined
  /** Throws `KEY_UNUSABLE` or `SIGNER_FAILED`. */
  readonly keys: () => Promise<KeySet>
  /** Throws `METADATA_UNUSABLE`. */
  readonly sites: () => Promise<Sites>
  /** Aborts when the time of the check is over. */
  readonly signal: AbortSignal
}

/** One row of the table. */
export type Check = {
  readonly id: string
  readonly group: (typeof GROUPS)[number]
  readonly title: string
  readonly expected: string
  /** Options without which it says nothing: with a mistake in one of them it does not run. */
  readonly needs: readonly OptionName[]
  /** Refusals that it throws are findings too. */
  readonly run: (examination: Examination) => Promise<readonly Finding[]> | readonly Finding[]
}

type Words = Pick<Finding, 'found' | 'meaning'>

/** As it should be. */
export function ok(found: string, meaning: string): Finding {
  return { level: 'ok', found, meaning, nextStep: null }
}

/** Worth knowing. */
export function note(words: Words, nextStep: string | null = null): Finding {
  return { level: 'note', ...words, nextStep }
}

/** To be done, and not today. */
export function warning(words: Words, nextStep: string): Finding {
  return { level: 'warning', ...words, nextStep }
}

/** To be done now. */
export function error(words: Words, nextStep: string): Finding {
  return { level: 'error', ...words, nextStep }
}
