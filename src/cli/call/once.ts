// One call: the answer goes to standard output, and what was not done decides the exit code.

import { EXIT } from '../../base/exit-codes.ts'
import type { Cli } from '../context.ts'
import { type PreparedCall, withMethod, withPatience } from './prepared.ts'
import { printFailures, printResult } from './print.ts'
import { onRecord } from './record.ts'

/** Makes the call and prints what it gave. Exit 1 when Huawei did it only in part. */
export async function callOnce(call: PreparedCall, cli: Cli): Promise<void> {
  const { row } = call.named
  await withMethod(call, cli, (method) => {
    const make = async () => {
      const answer = await method(call.input, withPatience(call.callOptions, cli))
      return row.failures === undefined ? whole(answer) : readOutcome(answer)
    }
    const tell = ({ result, failures }: Parts) => {
      printResult(row, result, { form: call.form, cli })
      if (failures.length === 0) return
      printFailures(row, failures, cli.stderr)
      cli.finish(EXIT.refused)
    }
    return onRecord(call, cli, { make, tell })
  })
}

type Parts = { readonly result: unknown; readonly failures: readonly unknown[] }

function whole(result: unknown): Parts {
  return { result, failures: [] }
}

// The cast holds because the client gives an Outcome for every row that names its failures.
function readOutcome(answer: unknown): Parts {
  return { failures: [], ...(answer as Partial<Parts> & Pick<Parts, 'result'>) }
}
