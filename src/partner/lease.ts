// What Huawei lends for a time, a token or a temporary key: how to fetch one comes in, the one to use
// now goes out. One fetch serves all who wait, and a refused fetch is not repeated at once.

import { addMinutes, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'

/** Something that works until a point of time. */
export type Lease<Value> = { readonly value: Value; readonly endsAt: Date }

export type LeaseTerms = {
  readonly clock: Clock
  /** How long before its end a lease is given up for a new one. */
  readonly renewEarlyMinutes: number
  /** How long a refusal of our credentials is believed without asking again; not at all by default. */
  readonly believeRefusalMinutes?: number
}

export type LeaseSource<Value> = {
  /** The one to use now. Callers who come while one is being fetched wait for the same one. */
  readonly get: () => Promise<Value>
  /** Huawei refused this one: the next `get` fetches another, unless somebody has done so. */
  readonly discard: (value: Value) => void
}

type Refused = { readonly refusal: Refusal; readonly until: Date }

/** Leases of one kind; none is fetched before it is needed. `get` throws what `fetchLease` throws. */
export function createLeaseSource<Value>(
  fetchLease: () => Promise<Lease<Value>>,
  terms: LeaseTerms,
): LeaseSource<Value> {
  let kept: Lease<Value> | undefined
  let coming: Promise<Lease<Value>> | undefined
  let refused: Refused | undefined

  const fetchAndKeep = async (): Promise<Lease<Value>> => {
    try {
      kept = await fetchLease()
      refused = undefined
      return kept
    } catch (error) {
      refused = believe(error, terms)
      throw error
    } finally {
      // Also after a failure, which the next caller need not inherit.
      coming = undefined
    }
  }

  return {
    get: async () => {
      const now = terms.clock.now()
      if (kept !== undefined && isFresh(kept, now, terms)) return kept.value
      if (refused !== undefined && now < refused.until) throw again(refused)
      coming ??= fetchAndKeep()
      return (await coming).value
    },
    discard: (value) => {
      if (kept?.value === value) kept = undefined
    },
  }
}

function isFresh({ endsAt }: Lease<unknown>, now: Date, terms: LeaseTerms): boolean {
  return addMinutes(now, terms.renewEarlyMinutes) < endsAt
}

// IAM locks a user after a few wrong passwords; a busy program would do that within a second.
function believe(error: unknown, terms: LeaseTerms): Refused | undefined {
  const { clock, believeRefusalMinutes: minutes = 0 } = terms
  if (!(error instanceof Refusal)) return undefined
  const isAboutUs = error.code === 'PARTNER_UNAUTHORIZED' || error.code === 'PARTNER_FORBIDDEN'
  return isAboutUs ? { refusal: error, until: addMinutes(clock.now(), minutes) } : undefined
}

function again({ refusal, until }: Refused): Refusal {
  const facts = { ...refusal.facts, notAskedAgainBefore: until.toISOString() }
  return new Refusal(refusal.code, facts, refusal)
}
