// Which name a party gets for a person (Core §3.4.1.1 and §8.3): the request's policy and the person
// in, a NameID out.

import { createHmac } from 'node:crypto'
import { Refusal } from '../base/errors.ts'
import { NAME_ID_FORMATS } from './names.ts'

/** A NameID as an assertion carries it. */
export type NameId = {
  readonly format: string
  readonly value: string
  readonly nameQualifier?: string
  readonly spNameQualifier?: string
}

/** Whom the name is for, and who knows them by it. */
export type Named = {
  readonly accountId: string
  readonly email: string | undefined
  /** Entity id of the party that gets the name. */
  readonly issuer: string
}

/** What names are made with. */
export type NameDeps = {
  readonly entityId: string
  /** Keeps parties from computing each other's names; whoever loses it renames everybody. */
  readonly pairwiseSecret: string
}

const { unspecified, transient, persistent, emailAddress } = NAME_ID_FORMATS

/** Formats that a request may ask for; `unspecified` leaves the choice to us. */
const OFFERED: readonly string[] = [unspecified, transient, persistent, emailAddress]

/** Whether there are names of this format here at all. */
export function isOfferedFormat(format: string | undefined): boolean {
  return format === undefined || OFFERED.includes(format)
}

/**
 * The name in the format that the request asks for; `undefined` for a new transient one, which is
 * what parties get that do not choose. Throws `SAML_NAME_ID_POLICY` when there is no such name.
 */
export function nameFor(
  person: Named,
  format: string | undefined,
  deps: NameDeps,
): NameId | undefined {
  if (format === undefined || format === unspecified || format === transient) return undefined
  if (format === persistent) return persistentName(person, deps)
  if (format === emailAddress && person.email !== undefined) {
    return { format: emailAddress, value: person.email }
  }
  const { issuer, accountId } = person
  throw new Refusal('SAML_NAME_ID_POLICY', { asked: format, issuer, account: accountId })
}

/** A name for one answer. Huawei's sample has its own entity id as the qualifier. */
export function transientName(value: string, issuer: string): NameId {
  return { format: transient, value, nameQualifier: issuer }
}

/** The whole name of which the ledger kept the value: what a party was given, with its format. */
export function nameGiven(value: string, person: Omit<Named, 'email'>, deps: NameDeps): NameId {
  const lasting = persistentName(person, deps)
  if (value === lasting.value) return lasting
  // Our transient names are hexadecimal.
  if (value.includes('@')) return { format: emailAddress, value }
  return transientName(value, person.issuer)
}

// Core §8.3.7: the same for one party for ever, of no use to two that compare. Lower-case hexadecimal,
// so that no two differ by case only (IIP-IDP21); a letter first, for those who want an XML name.
function persistentName({ accountId, issuer }: Omit<Named, 'email'>, deps: NameDeps): NameId {
  // An account id fits on one line, so no two pairs have the same text.
  const pair = `${issuer}\n${accountId}`
  const digest = createHmac('sha256', deps.pairwiseSecret).update(pair, 'utf8').digest('hex')
  return {
    format: persistent,
    value: `p${digest}`,
    nameQualifier: deps.entityId,
    spNameQualifier: issuer,
  }
}
