// SP metadata → whether it would make us trust somebody, with the line of each problem.

import { brief, type Check, type CheckName } from '../base/check.ts'
import { Refusal } from '../base/errors.ts'
import { type MetadataProblem, readMetadata } from '../saml/metadata-read.ts'
import type { RelyingParty } from '../saml/relying-party.ts'
import type { MessageHouse } from './house.ts'
import { conclude, createTrail, type Explanation } from './trail.ts'

const READ: CheckName = {
  id: 'metadata',
  title: 'It describes a service provider completely',
  section: 'Metadata §2.4.4',
}

type Subject = { readonly party: RelyingParty; readonly house: MessageHouse }

/** THE checks of a party that could be read. */
export const PARTY_CHECKS: readonly Check<Subject>[] = [
  {
    id: 'valid-until',
    title: 'Its time is not over',
    section: 'Metadata §2.3.2',
    expected: ({ house }) => `none, or after ${house.now.toISOString()}`,
    found: ({ party }) => party.validUntil?.toISOString() ?? 'none',
    run: ({ party, house }) => {
      if (party.validUntil !== undefined && party.validUntil <= house.now) {
        throw new Refusal('SAML_PARTY_EXPIRED', { issuer: party.entityId })
      }
    },
  },
  {
    id: 'trusted',
    title: 'It is what this service goes by',
    section: 'METADATA_DIR',
    expected: ({ party, house }) => describeKeys(findKnown(party, house)),
    found: ({ party }) => describeKeys(party),
    run: ({ party, house }) => {
      const known = findKnown(party, house)
      if (known === undefined) throw new Refusal('SAML_UNKNOWN_ISSUER', { issuer: party.entityId })
      const isSame = party.signingKeys.every(({ key }) => {
        return known.signingKeys.some((each) => each.key.equals(key))
      })
      if (!isSame) throw new Refusal('METADATA_UNUSABLE', { problem: 'another certificate' })
    },
  },
]

function findKnown(party: RelyingParty, house: MessageHouse): RelyingParty | undefined {
  return house.parties.all().find(({ entityId }) => entityId === party.entityId)
}

function describeKeys(party: RelyingParty | undefined): string {
  if (party === undefined) return 'a site that is trusted'
  const ends = party.signingKeys.map(({ endsAt }) => endsAt.toISOString())
  return `${party.entityId} with certificates that end ${ends.join(' and ')}`
}

/** The checks of a metadata document. */
export function explainMetadata(xml: string, house: MessageHouse): Explanation {
  const trail = createTrail()
  const { parties, problems } = readMetadata({ source: 'this file', xml })
  for (const problem of problems) trail.add(describeProblem(problem))
  if (problems.length === 0) {
    const found = parties.map(({ entityId }) => entityId).join(', ')
    trail.add({ ...READ, verdict: 'passed', expected: '', found: brief(found) })
  }
  for (const party of parties) trail.judge(PARTY_CHECKS, { party, house })
  return conclude(trail, {
    kind: 'metadata',
    accepted: 'This metadata is complete, and what this service goes by.',
    issuer: parties[0]?.entityId,
    requestId: undefined,
    relayStateBytes: undefined,
    isProven: false,
  })
}

function describeProblem({ line, problem, remedy }: MetadataProblem) {
  const place = line === undefined ? '' : `line ${line}: `
  return {
    ...READ,
    verdict: 'failed',
    expected: remedy,
    found: brief(`${place}${problem}`),
    code: 'METADATA_UNUSABLE',
  } as const
}
