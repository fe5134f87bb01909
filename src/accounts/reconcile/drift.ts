// Huawei's view of a customer and ours come in; what is safe to fix, and what an operator must decide, go
// out. THE table of differences is here.

import { fingerprint } from '../../base/random.ts'
import type { BindingRecord, Frozen } from '../../store/binding-records.ts'
import type {
  ComparedPage,
  Drift,
  DriftKind,
  Fix,
  Ours,
  Proposal,
} from '../../store/reconcile-records.ts'
import { type ListedCustomer, readOwner, toEvidence } from '../confirm.ts'

/** What each kind of difference means, and what accepting it does. */
export const DRIFTS: Readonly<
  Record<DriftKind, { readonly means: string; readonly proposal: Proposal }>
> = {
  'unknown-there': {
    means: 'Huawei Cloud lists no such customer of ours. The connection would be given up.',
    proposal: 'release',
  },
  'unknown-here': {
    means:
      'Huawei Cloud has a customer under this account id, and here it is not connected: a notice was lost, or the account is missing. The account would be connected.',
    proposal: 'bind',
  },
  'different-account': {
    means:
      'Huawei Cloud has another customer under this account id, or this customer under another one. The connection here would be given up, so that the true one can be made.',
    proposal: 'release',
  },
  'association-changed': {
    means:
      'The customer is associated with the partner in another way than before. It would be noted.',
    proposal: 'note',
  },
  'conflict-over': {
    means:
      'Huawei Cloud agrees with the connection that was kept here in a conflict. The conflict would end.',
    proposal: 'settle',
  },
}

/** What is counted beside the kinds of drift. Fixed are names, confirmations and frozen marks. */
export type CountName =
  | 'customers'
  | 'others'
  | 'same'
  | 'name-changed'
  | 'confirmed'
  | 'frozen'
  | DriftKind

/** What one customer comes to. */
export type Compared = {
  readonly counts: readonly CountName[]
  readonly seen: readonly string[]
  readonly fix: Fix | undefined
  readonly drifts: ComparedPage['drifts']
}

const FROZEN: Readonly<Record<string, Frozen>> = { '1': 'account', '2': 'account-and-resources' }

/** Keys under which a run remembers whom it has met. */
export const seenKey = {
  customer: (customerId: string) => `c:${customerId}`,
  account: (accountId: string) => `a:${accountId}`,
} as const

/** Compares one customer. `platformId` tells account ids of ours from those of another platform. */
export function compareCustomer(
  customer: ListedCustomer,
  ours: Ours,
  platformId: string,
): Compared {
  const holder = ours.holders.get(customer.customer_id)
  const owner = readOwner(customer, platformId)
  const accountId = owner === undefined || owner === 'foreign' ? undefined : owner.accountId
  const named = accountId === undefined ? undefined : ours.named.get(accountId)
  const isSame = holder !== undefined && holder.accountId === accountId
  const fix = isSame ? findFix(customer, holder) : undefined
  const drifts = [
    ...(isSame ? findChanges(customer, holder) : []),
    ...(isSame ? [] : findDifference(customer, { holder, named, accountId })),
  ]
  const met = [holder?.accountId, named?.accountId].filter((id) => id !== undefined)
  return {
    counts: ['customers', ...nameCounts(fix, isSame, drifts), ...drifts.map(({ kind }) => kind)],
    seen: [seenKey.customer(customer.customer_id), ...met.map(seenKey.account)],
    fix,
    drifts: drifts.map(withId),
  }
}

function nameCounts(
  fix: Fix | undefined,
  isSame: boolean,
  drifts: readonly Drift[],
): readonly CountName[] {
  if (!isSame) return drifts.length === 0 ? ['others'] : []
  return [
    'same',
    ...(fix?.domainName === undefined ? [] : ['name-changed' as const]),
    ...(fix?.confirmedBy === undefined ? [] : ['confirmed' as const]),
    ...(fix?.frozen === undefined ? [] : ['frozen' as const]),
  ]
}

function findFix(customer: ListedCustomer, binding: BindingRecord): Fix | undefined {
  const { account_name: name, is_frozen: code, association_type: type } = customer
  const frozen = code === undefined ? binding.frozen : FROZEN[String(code)]
  const changes = {
    ...(isNews(name, binding.domainName) ? { domainName: name } : {}),
    ...(frozen === binding.frozen ? {} : { frozen: frozen ?? null }),
    ...(binding.association === undefined && isKnown(type) ? { association: String(type) } : {}),
    ...(binding.state === 'bound' && binding.confirmedAt === undefined
      ? { confirmedBy: toEvidence(customer) }
      : {}),
  }
  if (Object.keys(changes).length === 0) return undefined
  return { ...changes, accountId: binding.accountId, domainId: customer.customer_id }
}

function isKnown(text: string | undefined): text is string {
  return text !== undefined && text !== ''
}

function isNews(text: string | undefined, known: string | undefined): text is string {
  return isKnown(text) && text !== known
}

function findChanges(customer: ListedCustomer, binding: BindingRecord): readonly Drift[] {
  const { association_type: type } = customer
  const isOther = binding.association !== undefined && isNews(type, binding.association)
  return [
    ...(isOther ? [driftOf('association-changed', customer, binding)] : []),
    ...(binding.state === 'conflict' ? [driftOf('conflict-over', customer, binding)] : []),
  ]
}

type Views = {
  /** Who has the customer here. */
  readonly holder: BindingRecord | undefined
  /** The account that Huawei names, as it stands here. */
  readonly named: BindingRecord | undefined
  readonly accountId: string | undefined
}

// A customer without an account id of ours is the partner's by another way, unless somebody has it here.
function findDifference(customer: ListedCustomer, views: Views): readonly Drift[] {
  const { holder, named, accountId } = views
  const drifts = holder === undefined ? [] : [driftOf('different-account', customer, holder)]
  if (accountId === undefined) return drifts
  if (named === undefined) {
    return holder === undefined ? [driftOf('unknown-here', customer, { accountId })] : drifts
  }
  if (named.domainId !== undefined) {
    return [...drifts, driftOf('different-account', customer, named)]
  }
  // A notice that is held is about to say the same.
  const isComing = named.held?.domainId === customer.customer_id
  return isComing ? drifts : [...drifts, driftOf('unknown-here', customer, named)]
}

function driftOf(
  kind: DriftKind,
  customer: ListedCustomer,
  ours: Pick<BindingRecord, 'accountId'> & { readonly domainId?: string | undefined },
): Drift {
  return {
    kind,
    proposal: DRIFTS[kind].proposal,
    accountId: ours.accountId,
    domainId: customer.customer_id,
    ours: viewOf(ours),
    theirs: toEvidence(customer),
  }
}

/** The drift of a connection that Huawei's list does not have. */
export function unknownThere(binding: BindingRecord & { readonly domainId: string }) {
  const { accountId, domainId } = binding
  const kind = 'unknown-there'
  const { proposal } = DRIFTS[kind]
  return withId({ kind, proposal, accountId, domainId, ours: viewOf(binding), theirs: undefined })
}

function viewOf({ accountId, domainId }: Drift['ours']): Drift['ours'] {
  return domainId === undefined ? { accountId } : { accountId, domainId }
}

// What may change without changing the question, such as what is frozen, is no part of it.
function withId(drift: Drift): Drift & { readonly id: string } {
  const { kind, accountId, domainId, ours, theirs } = drift
  const said = [theirs?.xaccount_id, theirs?.xaccount_type, theirs?.association_type]
  return { ...drift, id: fingerprint(JSON.stringify([kind, accountId, domainId, ours, said])) }
}
