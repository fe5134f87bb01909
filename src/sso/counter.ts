// What the flow counts, for the person who gets paged.

/** Counts outcomes of sign-ins: `answered`, or the code of the refusal. */
export type Counter = (outcome: string) => void
