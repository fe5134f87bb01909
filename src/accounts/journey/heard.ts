// What Huawei calls the requests of a step, for the journal: answers come in as they arrive, the id of the
// last one goes out.

import type { CallOptions } from '../../partner/acting.ts'

/** The ear of one step. */
export type Heard = {
  readonly onAnswer: NonNullable<CallOptions['onAnswer']>
  /** Huawei's id of the last request that was answered; `undefined` while none was. */
  readonly requestId: () => string | undefined
}

/** Begins to listen; one for each step, so that no step is noted under the request of another. */
export function hear(): Heard {
  let last: string | undefined
  return {
    onAnswer: ({ requestId }) => {
      last = requestId
    },
    requestId: () => last,
  }
}
