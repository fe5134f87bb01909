// The options that `call` has beside an operation's own fields: a row in, those that make sense for it out.

import { Option } from 'commander'
import type { AnyOperation } from '../../partner/operation.ts'

/** The options as commander gives them; the fields of the operation are among them. */
export type GivenOptions = Readonly<Record<string, unknown>> & {
  readonly json?: string
  readonly output?: 'table' | 'json' | 'jsonl'
  readonly dryRun?: true
  readonly all?: true
  readonly yes?: true
  readonly customer?: string
  readonly agency?: string
  readonly project?: string
  readonly asKey?: true
}

/** The options of an operation that are no fields of it. */
export function listCallOptions(row: AnyOperation): readonly Option[] {
  return [
    new Option('--json <FILE>', 'the fields as a JSON object from a file, or - for standard input'),
    new Option(
      '--output <FORM>',
      'how the answer is written: a table unless something reads it (jsonl: an item on each line)',
    ).choices(['table', 'json', 'jsonl']),
    new Option(
      '--dry-run',
      'show the signed request with its secrets masked, and send nothing',
    ).conflicts('all'),
    ...(row.paging === undefined
      ? []
      : [new Option('--all', 'every item of the list, page by page; Ctrl+C ends it cleanly')]),
    ...(row.confirm === undefined
      ? []
      : [new Option('--yes', 'do it without being asked to confirm')]),
    ...(row.caller === 'partner' ? [] : listCustomerOptions(row)),
  ]
}

function listCustomerOptions({ caller }: AnyOperation): readonly Option[] {
  const need = caller === 'customer' ? 'required' : 'the partner itself if absent'
  return [
    new Option(
      '--customer <ID|NAME>',
      `the Huawei Cloud account for which the call is made (${need})`,
    ),
    new Option('--agency <NAME>', "the customer's agency (HUAWEI_PLATFORM_ID if absent)"),
    new Option('--project <NAME>', 'the project the token is for (the whole account if absent)'),
    new Option('--as-key', 'use a temporary access key of the customer in place of a token'),
  ]
}
