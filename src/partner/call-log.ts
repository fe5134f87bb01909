// One log line for one call of Huawei's services, however it ends: operation, status, duration.

import type { Clock } from '../base/clock.ts'
import { asRefusal, Refusal } from '../base/errors.ts'
import type { Log } from '../base/log-lines.ts'
import type { Answer } from './exchange.ts'

export type CallLogDeps = {
  readonly log: Log
  readonly clock: Clock
  /** Ends the call; the line then says that it was cancelled. */
  readonly signal?: AbortSignal | undefined
}

/** What a call came to, and the answer that says so. */
export type Answered<Value> = { readonly answer: Answer; readonly value: Value }

/** Makes the call, logs the event `partner.called` and hands on the value, or what was thrown. */
export async function logCall<Value>(
  operation: string,
  deps: CallLogDeps,
  call: () => Promise<Answered<Value>>,
): Promise<Value> {
  const startedMs = deps.clock.now().getTime()
  const line = (ending: Readonly<Record<string, unknown>>) => ({
    event: 'partner.called',
    operation,
    ...ending,
    durationMs: deps.clock.now().getTime() - startedMs,
  })

  try {
    const { answer, value } = await call()
    deps.log.info(line({ status: answer.status, requestId: answer.requestId }))
    return value
  } catch (error) {
    if (deps.signal?.aborted === true && !(error instanceof Refusal)) {
      deps.log.info(line({ isCancelled: true }), 'what was asked may have been done')
      throw error
    }
    const { code, facts } = asRefusal(error)
    const { status, remoteCode, requestId } = facts
    deps.log.warn(line({ code, status, remoteCode, requestId }))
    throw error
  }
}
