// A person as an upstream knows them in; their account out. The link between the two is a row that nothing
// changes: names and e-mail addresses change hands, so they are never looked at.

import type { RecordAudit } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { Random } from '../base/random.ts'
import { isSingleLine } from '../base/xml-text.ts'
import type { Identity } from '../store/identity-records.ts'
import type { AccountRecord, Store } from '../store/store.ts'

/** What an upstream says about somebody, under our names. */
export type UpstreamFields = {
  readonly [Field in 'login' | 'accountId' | 'email' | 'name' | 'mobile']?: string | undefined
}

/** Somebody whom an upstream has let in. */
export type Vouched = Identity & {
  readonly method: 'oidc' | 'ldap'
  /** Whether an unknown person gets an account. */
  readonly accounts: 'known' | 'create'
  /** Asked for only when an account is made. */
  readonly readFields: () => Promise<UpstreamFields>
}

export type AdmitDeps = {
  readonly store: Pick<Store, 'accounts' | 'identities'>
  readonly clock: Clock
  readonly random: Random
  readonly record: RecordAudit
  /** The rules of an account's fields that the given ones break: `email: must be …`. */
  readonly findProblems: (fields: UpstreamFields) => readonly string[]
}

/**
 * Finds or makes the account. Throws `UPSTREAM_UNKNOWN_ACCOUNT`, `UPSTREAM_ACCOUNT_TAKEN`,
 * `UPSTREAM_BAD_ACCOUNT`, `UPSTREAM_BAD_ANSWER` and `ACCOUNT_DISABLED`.
 */
export type Admit = (vouched: Vouched) => Promise<AccountRecord>

/** OpenID Connect Core §2 allows a `sub` of 255 characters. */
const LONGEST_SUBJECT = 255

export function createAdmit(deps: AdmitDeps): Admit {
  return async (vouched) => {
    checkSubject(vouched)
    const account = (await findLinked(vouched, deps)) ?? (await makeAccount(vouched, deps))
    if (!account.isEnabled) throw new Refusal('ACCOUNT_DISABLED', { account: account.accountId })
    return account
  }
}

function checkSubject({ issuer, subject }: Identity): void {
  const isGood = subject !== '' && subject.length <= LONGEST_SUBJECT && isSingleLine(subject)
  if (!isGood) throw new Refusal('UPSTREAM_BAD_ANSWER', { issuer, problem: 'subject' })
}

async function findLinked(
  identity: Identity,
  { store }: AdmitDeps,
): Promise<AccountRecord | undefined> {
  const link = await store.identities.find(identity)
  return link && store.accounts.find(link.accountId)
}

async function makeAccount(vouched: Vouched, deps: AdmitDeps): Promise<AccountRecord> {
  const { issuer, subject } = vouched
  if (vouched.accounts === 'known') {
    throw new Refusal('UPSTREAM_UNKNOWN_ACCOUNT', { issuer, subject })
  }
  const account = buildAccount(await vouched.readFields(), vouched, deps)
  const outcome = await deps.store.accounts.add(account, { issuer, subject })
  if (outcome === 'added') {
    await noteNew(account, vouched, deps)
    return account
  }
  // The same person came twice at once, and the other one was first.
  const linked = outcome === 'identity' ? await findLinked(vouched, deps) : undefined
  if (linked !== undefined) return linked
  throw new Refusal('UPSTREAM_ACCOUNT_TAKEN', { issuer, subject, taken: outcome })
}

// The id and the sign-in name must hold; what else breaks a rule of ours is left out, because it was
// entered over there for another purpose.
function buildAccount(
  given: UpstreamFields,
  { issuer, subject }: Identity,
  { clock, random, findProblems }: AdmitDeps,
): AccountRecord {
  const keep = (field: keyof UpstreamFields) => {
    const value = given[field]
    return findProblems({ [field]: value }).length === 0 ? value : undefined
  }
  const accountId = given.accountId ?? random.bytes(16).toString('hex')
  const login = keep('login') ?? accountId
  const problems = findProblems({ accountId, login })
  if (problems.length > 0) throw new Refusal('UPSTREAM_BAD_ACCOUNT', { issuer, subject, problems })
  return {
    accountId,
    login,
    email: keep('email'),
    name: keep('name'),
    mobile: keep('mobile'),
    passwordHash: undefined,
    isEnabled: true,
    createdAt: clock.now(),
  }
}

async function noteNew(
  { accountId, login }: AccountRecord,
  { issuer, subject, method }: Vouched,
  { record }: AdmitDeps,
): Promise<void> {
  const actor = { kind: 'job', id: method } as const
  await record({ action: 'user.created', actor, subject: accountId, after: { login } })
  const after = { issuer, subject }
  await record({ action: 'identity.linked', actor, subject: accountId, after })
}
