// One step of a comparison: the next page of Huawei's list, or the next connections of ours that the list
// does not have. The run as it was comes in, the run as it is kept goes out.
//
// Pages overlap by one customer. If the first of a page is not known, the list has changed in front of it
// and customers may have moved past us: the run goes back until it meets one that it knows.

import { Refusal } from '../../base/errors.ts'
import type { PartnerAsks } from '../../partner/client.ts'
import type { BindingRecord } from '../../store/binding-records.ts'
import type { ComparedPage, Drift, Fix, ReconcileRun } from '../../store/reconcile-records.ts'
import { askAbout, type ListedCustomer, readOwner } from '../confirm.ts'
import type { ReconcileDeps } from './deps.ts'
import { compareCustomer, seenKey, unknownThere } from './drift.ts'

export type StepDeps = ReconcileDeps & { readonly onDrift?: (drift: Drift) => void }

/** How a run stands after a step. */
export type Stepped = { readonly next: ReconcileRun; readonly isLast: boolean }

type Patient = Pick<PartnerAsks, 'queryCustomers'>

const PAGE = 100
// Each is asked about by itself.
const MISSING = 20

/** Compares the next page. Throws `RECONCILE_RUNNING` when another process has moved the run. */
export async function compareNext(run: ReconcileRun, deps: StepDeps): Promise<Stepped> {
  const offset = Math.max(0, run.position - 1)
  const { items, total } = await askPage(offset, deps.partner)
  const keys = items.map((item) => seenKey.customer(item.customer_id))
  const known = await deps.store.reconciles.listSeen(run.id, keys)
  const [firstKey] = keys
  if (offset > 0 && (firstKey === undefined || !known.has(firstKey))) {
    const position = Math.max(0, offset - PAGE + 1)
    return { next: await save(run, { ...idle(run), position, total }, deps), isLast: false }
  }

  const fresh = items.filter((item) => !known.has(seenKey.customer(item.customer_id)))
  const page = fresh.length === 0 ? idle(run) : await compare(fresh, deps)
  const position = offset + items.length
  const next = await save(run, { ...page, position, total }, deps)
  return { next, isLast: position === total || items.length < 2 }
}

const MOST_IDLE = 1000

// A service that ignores the offset, or a list that never stands still, must not be asked for ever.
function idle({ counts }: ReconcileRun) {
  if ((counts['idle'] ?? 0) >= MOST_IDLE) {
    const problem = 'the list changes faster than it can be read'
    throw new Refusal('PARTNER_BAD_ANSWER', { operation: 'queryCustomers', problem })
  }
  return { counts: { idle: 1 }, seen: [], fixes: [], drifts: [] }
}

async function askPage(offset: number, partner: Patient) {
  const answer = await partner.queryCustomers({ offset, limit: PAGE })
  const items = answer.customer_infos ?? []
  const count = answer.count === undefined ? undefined : Number(answer.count)
  // A total that is smaller than what has just been seen counts something else.
  const isTrue = count !== undefined && count >= offset + items.length
  return { items, total: isTrue ? count : undefined }
}

async function compare(
  customers: readonly ListedCustomer[],
  { store, platformId }: StepDeps,
): Promise<Omit<ComparedPage, 'position' | 'total'>> {
  const accountIds = customers.flatMap((customer) => {
    const owner = readOwner(customer, platformId)
    return owner === undefined || owner === 'foreign' ? [] : [owner.accountId]
  })
  const domainIds = customers.map((customer) => customer.customer_id)
  const ours = await store.reconciles.findOurs(domainIds, accountIds)
  const compared = customers.map((customer) => compareCustomer(customer, ours, platformId))
  const counts: Record<string, number> = {}
  for (const name of compared.flatMap((each) => each.counts)) counts[name] = (counts[name] ?? 0) + 1
  return {
    counts,
    seen: compared.flatMap(({ seen }) => seen),
    fixes: compared.flatMap(({ fix }) => (fix === undefined ? [] : [fix])),
    drifts: compared.flatMap(({ drifts }) => drifts),
  }
}

/**
 * Asks about the next connections that the list did not have, each by itself: one that moved while the list
 * was read is no difference. Throws `PARTNER_UNREACHABLE` when Huawei does not answer.
 */
export async function compareMissing(run: ReconcileRun, deps: StepDeps): Promise<Stepped> {
  const bindings = await deps.store.reconciles.listUnseen(run, MISSING)
  if (bindings.length === 0) return { next: run, isLast: true }
  const drifts: ComparedPage['drifts'][number][] = []
  for (const binding of bindings) {
    const drift = await findMissing(binding, deps)
    if (drift !== undefined) drifts.push(drift)
  }
  const { position, total } = run
  const counts = drifts.length === 0 ? {} : { 'unknown-there': drifts.length }
  const seen = bindings.map(({ accountId }) => seenKey.account(accountId))
  const page = { position, total, counts, seen, fixes: [], drifts }
  return { next: await save(run, page, deps), isLast: false }
}

async function findMissing(binding: BindingRecord, deps: StepDeps) {
  const { accountId, domainId, domainName } = binding
  if (domainId === undefined) return undefined
  const { is } = await askAbout({ accountId, domainId, domainName }, deps)
  if (is === 'unreachable')
    throw new Refusal('PARTNER_UNREACHABLE', { operation: 'queryCustomers' })
  return is === 'unlisted' ? unknownThere({ ...binding, domainId }) : undefined
}

async function save(run: ReconcileRun, page: ComparedPage, deps: StepDeps): Promise<ReconcileRun> {
  const counts = { ...run.counts }
  for (const [name, count] of Object.entries(page.counts))
    counts[name] = (counts[name] ?? 0) + count
  const now = deps.clock.now()
  const next = await deps.store.reconciles.savePage(run, { ...page, counts }, now)
  if (next === undefined) throw new Refusal('RECONCILE_RUNNING')
  for (const drift of page.drifts) deps.onDrift?.(drift)
  if (!run.isDryRun) for (const fix of page.fixes) await recordFix(fix, deps)
  return next
}

// That an association is known now is no difference that was fixed.
async function recordFix(fix: Fix, { record }: StepDeps): Promise<void> {
  const { accountId, domainId, domainName, confirmedBy, frozen } = fix
  const after = {
    ...(domainName === undefined ? {} : { domainName: 'changed' }),
    ...(confirmedBy === undefined ? {} : { confirmed: true }),
    ...(frozen === undefined ? {} : { frozen }),
  }
  if (Object.keys(after).length === 0) return
  await record({
    action: 'reconcile.fixed',
    actor: { kind: 'job', id: 'reconcile' },
    subject: accountId,
    after: { domainId, ...after },
  })
}
