// A fetched document and the copy that counts in, what the new one would change out; or a refusal, and
// the copy goes on counting.

import { Refusal } from '../base/errors.ts'
import { describeChanges } from '../saml/metadata-change.ts'
import { type MetadataFile, readMetadata } from '../saml/metadata-read.ts'
import type { RelyingParty } from '../saml/relying-party.ts'

export type Judged = {
  readonly parties: readonly RelyingParty[]
  /** What changes that matters; `undefined` when there was no copy to compare with. */
  readonly changes: readonly string[] | undefined
}

/**
 * Reads the document as the site's options ask. Throws `METADATA_UNUSABLE` for one that may not count,
 * and `METADATA_ROLLBACK` for one that ends before the copy does.
 */
export function judgeMetadata(
  fetched: MetadataFile,
  before: readonly RelyingParty[],
  now: Date,
): Judged {
  const { parties, problems } = readMetadata(fetched)
  if (parties.length === 0) {
    const [first] = problems
    const { source } = fetched
    throw new Refusal('METADATA_UNUSABLE', { source, line: first?.line, problem: first?.problem })
  }
  for (const party of parties) checkAge(party, before, now)
  return { parties, changes: before.length === 0 ? undefined : describeChanges(before, parties) }
}

// A signature does not go off: an old document, with a key that was stolen since, is still signed. Its
// validUntil tells; a document without one, such as Huawei's, can only be held by confirmsChanges.
function checkAge(party: RelyingParty, before: readonly RelyingParty[], now: Date): void {
  const { entityId, source, validUntil } = party
  if (validUntil !== undefined && validUntil <= now) {
    const problem = `the validUntil of ${entityId} has passed`
    throw new Refusal('METADATA_UNUSABLE', { source, problem, validUntil })
  }
  const until = before.find((each) => each.entityId === entityId)?.validUntil
  if (until !== undefined && (validUntil === undefined || validUntil < until)) {
    const problem = 'it ends before the copy that is here'
    throw new Refusal('METADATA_ROLLBACK', { source, problem, validUntil, copyUntil: until })
  }
}
