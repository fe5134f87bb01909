// The opening of Huawei Cloud accounts: where each stands.

/**
 * Where the opening of an account stands. `create-asked` is written before Huawei is asked, so that
 * a crash or time-out leaves `unknown`, which only a query settles.
 */
export type ActivationStep = 'code-sent' | 'create-asked' | 'unknown' | 'created' | 'refused'

export type ActivationRecord = {
  readonly accountId: string
  readonly step: ActivationStep
  readonly domainName: string
  readonly email: string
  readonly area: string
  readonly domainId: string | undefined
  /** The refusal code of the last attempt. */
  readonly problem: string | undefined
  readonly startedAt: Date
  readonly changedAt: Date
}

export type Activations = {
  readonly find: (accountId: string) => Promise<ActivationRecord | undefined>
  /**
   * Writes the record when the stored step is one of `from` (`undefined` in it: no record yet).
   * False when it is not: somebody else moved it. This is what makes "asked once" true.
   */
  readonly move: (
    from: readonly (ActivationStep | undefined)[],
    to: ActivationRecord,
  ) => Promise<boolean>
  /** Newest change first. */
  readonly list: (limit: number) => Promise<readonly ActivationRecord[]>
}
