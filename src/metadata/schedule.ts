// When a site is asked for its metadata again: what its options and its document say in, a time out.

import { addMinutes, addSeconds } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { readDurationSeconds } from '../saml/duration.ts'
import type { PartyOptions } from '../saml/party-options.ts'
import type { RelyingParty } from '../saml/relying-party.ts'
import { attributeOf, everyElement, METADATA_LIMITS, readXml } from '../saml/xml-read.ts'

// No document makes us ask more often than this, whatever it says.
const SHORTEST_SECONDS = 5 * 60
const RETRY_MINUTES = 15

/**
 * After a good answer: the soonest of refreshMinutes, the shortest cacheDuration and half of what is
 * left until the first validUntil (so that there is time for more than one attempt).
 */
export function nextRefresh(
  now: Date,
  copy: { readonly xml: string; readonly parties: readonly RelyingParty[] },
  { refreshMinutes }: Pick<PartyOptions, 'refreshMinutes'>,
): Date {
  const ends = copy.parties.flatMap(({ validUntil }) => validUntil ?? [])
  const halves = ends.map((end) => (end.getTime() - now.getTime()) / 2000)
  const wishes = [refreshMinutes * 60, ...cacheSeconds(copy.xml), ...halves]
  return addSeconds(now, Math.max(SHORTEST_SECONDS, Math.floor(Math.min(...wishes))))
}

/** After a failure, and for as long as an attempt is under way. */
export function nextAttempt(
  now: Date,
  { refreshMinutes }: Pick<PartyOptions, 'refreshMinutes'>,
): Date {
  return addMinutes(now, Math.min(RETRY_MINUTES, refreshMinutes))
}

function cacheSeconds(xml: string): readonly number[] {
  try {
    return everyElement(readXml(xml, METADATA_LIMITS)).flatMap((element) => {
      return readDurationSeconds(attributeOf(element, 'cacheDuration') ?? '') ?? []
    })
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}
