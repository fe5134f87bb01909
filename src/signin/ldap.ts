// Sign-in with a name and a password of the directory: counted like one of ours, and every failure looks
// the same.

import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { AccountRecord, Store } from '../store/store.ts'
import type { Admit } from './identity.ts'
import { askDirectory, type LdapOptions, type LdapPerson } from './ldap-directory.ts'
import { plainLogin } from './ldap-filter.ts'
import type { Attempt } from './local.ts'
import { createThrottle, type Trial } from './throttle.ts'

/** What `users link` calls the directory. There is one at most, and its UUIDs are the world's. */
export const LDAP_ISSUER = 'ldap'

export type LdapDeps = {
  readonly store: Pick<Store, 'counters' | 'devices' | 'identities'>
  readonly clock: Clock
  readonly admit: Admit
}

/**
 * The account of somebody whose password is right. Throws `SIGN_IN_FAILED`, `SIGN_IN_THROTTLED`,
 * `UPSTREAM_NOT_ALLOWED`, `UPSTREAM_UNAVAILABLE` and what `Admit` throws.
 */
export type LdapSignIn = (attempt: Attempt) => Promise<AccountRecord>

const LONGEST_PASSWORD_BYTES = 512

export function createLdapSignIn(
  options: LdapOptions & { readonly accounts: 'known' | 'create' },
  deps: LdapDeps,
): LdapSignIn {
  const throttle = createThrottle('ldap', { counters: deps.store.counters, clock: deps.clock })
  return async (attempt) => {
    const { password, address } = attempt
    const login = plainLogin(attempt.login)
    const isPossible = password !== '' && Buffer.byteLength(password) <= LONGEST_PASSWORD_BYTES
    let trial: Trial | undefined
    // Whose guesses they are is counted under the person, whose name a directory knows in many spellings.
    const beforeBind = async (subject: string | undefined) => {
      trial = await findTrial({ ...attempt, login: subject ?? login ?? '' }, subject, deps)
      await throttle.enter(trial)
    }
    let person: LdapPerson | undefined
    if (login !== undefined && isPossible) {
      person = await askDirectory({ login, password, beforeBind }, options)
    } else {
      await beforeBind(undefined)
    }
    if (person === undefined) throw new Refusal('SIGN_IN_FAILED', { address, method: 'ldap' })
    if (trial !== undefined) await throttle.forgive(trial)
    return enter(person, options, deps)
  }
}

async function findTrial(
  { login, address, device }: Attempt,
  subject: string | undefined,
  { store, clock }: LdapDeps,
): Promise<Trial> {
  if (device === undefined || subject === undefined) return { login, address }
  const link = await store.identities.find({ issuer: LDAP_ISSUER, subject })
  if (link === undefined) return { login, address }
  const owner = { role: 'customer', id: link.accountId } as const
  const isKnown = await store.devices.isKnown(device, owner, clock.now())
  return isKnown ? { login, address, device } : { login, address }
}

// Only somebody who knew the password learns this.
async function enter(
  { subject, fields, isAllowed }: LdapPerson,
  { accounts }: { readonly accounts: 'known' | 'create' },
  { admit }: LdapDeps,
): Promise<AccountRecord> {
  const identity = { issuer: LDAP_ISSUER, subject }
  if (!isAllowed) throw new Refusal('UPSTREAM_NOT_ALLOWED', identity)
  return admit({ ...identity, method: 'ldap', accounts, readFields: async () => fields })
}
