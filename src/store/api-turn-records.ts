// Whose turn it is to call an operation of the partner API.

/** One caller who wants to call an operation that is limited to so many calls a second. */
export type ApiTurn = {
  readonly key: string
  readonly intervalMs: number
  readonly nowMs: number
  readonly mostWaitMs: number
  readonly wrongAfterMs: number
}

export type ApiTurns = {
  /**
   * The milliseconds until the caller's turn; `undefined`, and no turn is taken, when there are more
   * than `mostWaitMs`. A queue longer than `wrongAfterMs` comes from a clock that was wrong, and is
   * forgotten.
   */
  readonly take: (turn: ApiTurn) => Promise<number | undefined>
}
