// When certificates end, ours and those of the sites we trust: days in, warnings out. One list for the
// log, the metric, readiness and the doctor.

import type { KeySet } from './keyring.ts'
import type { PartyKey, RelyingParty } from './relying-party.ts'

/** How near an end is: it has come, or it is within so many days. */
export type EndLevel = 'ended' | 'within-7-days' | 'within-30-days' | 'within-60-days'

/** One certificate and its end. */
export type CertificateEnd = {
  /** `ours`, or the entity id of a site. */
  readonly whose: string
  /** `active` or `next` for ours; `signing` or `encryption`, counted, for a site's. */
  readonly use: string
  readonly endsAt: Date
  /** Whole days; negative from the moment of the end on. */
  readonly daysLeft: number
  /** `undefined` while there is time. */
  readonly level: EndLevel | undefined
}

const DAY_MS = 24 * 3600 * 1000

/** Whole days until `endsAt`; negative from that moment on. */
export function daysUntil(endsAt: Date, now: Date): number {
  return Math.floor((endsAt.getTime() - now.getTime()) / DAY_MS)
}

/** The ends of every certificate that matters, ours first. */
export function listCertificateEnds(
  keys: Pick<KeySet, 'active' | 'next'>,
  parties: readonly RelyingParty[],
  now: Date,
): readonly CertificateEnd[] {
  // The certificate before is on its way out: nothing has to be done about its end.
  const own = [
    { use: 'active', certificate: keys.active.certificate },
    { use: 'next', certificate: keys.next },
  ]
  const ours = own.flatMap(({ use, certificate }) => {
    if (certificate === undefined) return []
    return [endOf({ whose: 'ours', use, endsAt: certificate.validToDate }, now)]
  })
  return [...ours, ...listPartyEnds(parties, now)]
}

/** The same for the certificates of sites alone. */
export function listPartyEnds(
  parties: readonly RelyingParty[],
  now: Date,
): readonly CertificateEnd[] {
  return parties.flatMap(({ entityId, signingKeys, encryptionKeys }) => {
    const uses = [...count('signing', signingKeys), ...count('encryption', encryptionKeys)]
    return uses.map(({ use, endsAt }) => endOf({ whose: entityId, use, endsAt }, now))
  })
}

/** The ends that somebody should know of, nearest first. */
export function findNearEnds(ends: readonly CertificateEnd[]): readonly CertificateEnd[] {
  const near = ends.filter(({ level }) => level !== undefined)
  return near.toSorted((left, right) => left.endsAt.getTime() - right.endsAt.getTime())
}

function endOf(
  certificate: Pick<CertificateEnd, 'whose' | 'use' | 'endsAt'>,
  now: Date,
): CertificateEnd {
  const daysLeft = daysUntil(certificate.endsAt, now)
  return { ...certificate, daysLeft, level: levelOf(daysLeft) }
}

function levelOf(daysLeft: number): EndLevel | undefined {
  if (daysLeft < 0) return 'ended'
  if (daysLeft < 7) return 'within-7-days'
  if (daysLeft < 30) return 'within-30-days'
  return daysLeft < 60 ? 'within-60-days' : undefined
}

function count(use: string, keys: readonly PartyKey[]) {
  return keys.map(({ endsAt }, at) => ({ use: at === 0 ? use : `${use}-${at + 1}`, endsAt }))
}
