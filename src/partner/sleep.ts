// Waiting that can be ended: what is waited for and a signal come in.

import { setTimeout } from 'node:timers/promises'

/** Waits; rejects with the signal's reason when that comes first. Tests hand in one of their own. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/** The machine's timer. */
export const systemSleep: Sleep = async (ms, signal) => {
  try {
    await setTimeout(ms, undefined, signal === undefined ? {} : { signal })
  } catch (error) {
    // Node wraps the reason in an error of its own.
    signal?.throwIfAborted()
    throw error
  }
}

/** What the work comes to, or the signal's reason as soon as it is aborted; the work itself goes on. */
export async function unlessAborted<Value>(
  work: () => Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return work()
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([work(), aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
