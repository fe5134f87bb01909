// What an operation is called with: the JSON of --json, with the flags laid over it.

import { Refusal } from '../../base/errors.ts'
import type { NamedRow } from '../../partner/catalogue/groups.ts'
import { isSecretName } from '../../partner/field.ts'
import { toPlain } from '../../partner/field-text.ts'
import { readJson } from '../../partner/json.ts'
import { type Cli, readNamedFile, readStdin } from '../context.ts'
import { readFields } from '../operation-options.ts'
import type { GivenOptions } from './options.ts'

export type Input = Readonly<Record<string, unknown>>

/**
 * Reads it, and has the row's schema judge it, so that nobody is asked to confirm what cannot be sent.
 * Throws `PARTNER_INVALID_INPUT`, and `UsageError` for a file that cannot be read.
 */
export async function readInput(
  { name, row }: NamedRow,
  options: GivenOptions,
  cli: Cli,
): Promise<Input> {
  const ofFile = options.json === undefined ? {} : await readFile(name, options.json, cli)
  const input = { ...ofFile, ...readFields(name, row, options) }
  const checked = row.input.safeParse(input)
  if (checked.success) return input
  const problems = checked.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    rule: message,
  }))
  throw new Refusal('PARTNER_INVALID_INPUT', { operation: name, problems })
}

async function readFile(operation: string, file: string, cli: Cli): Promise<object> {
  const text = file === '-' ? await readStdin(cli) : await readNamedFile(file)
  let value: unknown
  try {
    value = readJson(text)
  } catch {
    value = undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const problems = [`--json ${file}: must hold one JSON object`]
    throw new Refusal('PARTNER_INVALID_INPUT', { operation, problems })
  }
  return value
}

/** What stands in place of a secret. */
export const MASK = '****'

/** Any value with its secret fields masked, at every depth, as JSON knows it. */
export function maskSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskSecrets)
  const plain = toPlain(value)
  if (typeof plain !== 'object' || plain === null) return plain
  const masked = Object.entries(plain).map(([name, each]) => {
    return [name, isSecretName(name) ? MASK : maskSecrets(each)] as const
  })
  return Object.fromEntries(masked)
}
