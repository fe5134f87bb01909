// What a call has changed goes on record, and so does that it was refused; what only reads does not.

import type { AuditFacts } from '../../base/audit.ts'
import { asRefusal } from '../../base/errors.ts'
import type { Cli } from '../context.ts'
import type { PreparedCall } from './prepared.ts'

/** What a call gave, and how many things Huawei did not do though it did the rest. */
type Ended = { readonly failures: readonly unknown[] }

/**
 * Makes the call, and puts on record what came of it before `tell` says so. It is told even when the
 * record cannot be written, because what Huawei has done must not be lost with it.
 */
export async function onRecord<Answer extends Ended>(
  call: PreparedCall,
  cli: Pick<Cli, 'record'>,
  { make, tell }: { make: () => Promise<Answer>; tell: (answer: Answer) => void },
): Promise<void> {
  const answer = await make().catch(async (error: unknown) => {
    const { code, facts } = asRefusal(error)
    await record(call, cli, { outcome: code, requestId: textOf(facts['requestId']) })
    throw error
  })
  const { length } = answer.failures
  try {
    await record(call, cli, length === 0 ? { outcome: 'done' } : { outcome: 'partly', length })
  } finally {
    tell(answer)
  }
}

async function record(call: PreparedCall, cli: Pick<Cli, 'record'>, ending: Ending): Promise<void> {
  const { name, row } = call.named
  if (row.effect === 'read') return
  const { outcome, requestId = null, length = null } = ending
  const after: AuditFacts = {
    operation: name,
    effect: row.effect,
    outcome,
    notDone: length,
    requestId,
  }
  await cli.record({ action: 'operation.called', subject: subjectOf(call), after })
}

type Ending = {
  readonly outcome: string
  readonly requestId?: string | undefined
  readonly length?: number
}

// A name or an e-mail address in the input is the customer's own and stays out.
const SUBJECTS = ['customer_id', 'customer_ids', 'xaccount_id'] as const

// By the account for which it is called, or those that the input names.
function subjectOf({ input, callOptions: { as } }: PreparedCall): string | undefined {
  if (as?.kind === 'agency') return as.domainId ?? as.domainName
  const named = SUBJECTS.map((field) => input[field]).find((value) => value !== undefined)
  return Array.isArray(named) ? named.join(' ') : textOf(named)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
