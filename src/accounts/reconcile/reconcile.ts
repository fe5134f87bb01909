// Compares Huawei's list of customers with ours: page by page in, a finished run out. All that is known
// of a run is in the store, so that its memory is one page, and one that was killed goes on where it was.

import type { Actor } from '../../base/audit.ts'
import { addMinutes } from '../../base/clock.ts'
import { Refusal } from '../../base/errors.ts'
import { newToken } from '../../base/random.ts'
import type { Progress } from '../../partner/acting.ts'
import type { PartnerAsks } from '../../partner/client.ts'
import type { Drift, ReconcileRun } from '../../store/reconcile-records.ts'
import type { ReconcileDeps } from './deps.ts'
import { compareMissing, compareNext } from './page.ts'

/** A comparison that is asked for. */
export type Asked = {
  /** `resume` goes on with the one that is unfinished; `start` begins anew. */
  readonly how: 'start' | 'resume'
  /** Nothing is fixed, and nothing kept for operators. */
  readonly isDryRun: boolean
  readonly actor: Actor
  readonly onPage?: (progress: Progress) => void
  readonly onDrift?: (drift: Drift) => void
  /** Ends it after the page that is under way; it can be resumed. */
  readonly signal?: AbortSignal
}

const LEASE = 'reconcile'
// Longer than the partner client waits for one page, repeats and all.
const LEASE_MINUTES = 5

/**
 * Compares until the end of the list. Throws `RECONCILE_RUNNING` while another process does,
 * `RECONCILE_NOT_BEGUN`, the reason of the signal, and what the partner client throws; the run is
 * unfinished then.
 */
export async function reconcile(asked: Asked, deps: ReconcileDeps): Promise<ReconcileRun> {
  const holder = newToken(deps.random)
  await holdLease(holder, deps)
  try {
    const run = await open(asked, deps)
    await deps.record({
      action: 'reconcile.started',
      actor: asked.actor,
      subject: run.id,
      after: { how: asked.how, dryRun: asked.isDryRun, position: run.position },
    })
    const done = await compareAll(run, asked, { ...deps, holder })
    deps.log.info({ event: 'reconcile.finished', run: done.id, counts: done.counts })
    return done
  } finally {
    await deps.store.leases.release(LEASE, holder)
  }
}

async function holdLease(holder: string, { store, clock }: ReconcileDeps): Promise<void> {
  const now = clock.now()
  const term = { holder, now, until: addMinutes(now, LEASE_MINUTES) }
  if (!(await store.leases.take(LEASE, term))) throw new Refusal('RECONCILE_RUNNING')
}

async function open({ how, isDryRun }: Asked, deps: ReconcileDeps): Promise<ReconcileRun> {
  const { reconciles } = deps.store
  if (how === 'start') {
    return reconciles.start({ id: newToken(deps.random), isDryRun, now: deps.clock.now() })
  }
  const last = await reconciles.findLast()
  if (last?.state !== 'running') throw new Refusal('RECONCILE_NOT_BEGUN')
  return last
}

async function compareAll(
  run: ReconcileRun,
  asked: Asked,
  deps: ReconcileDeps & { readonly holder: string },
): Promise<ReconcileRun> {
  const { signal } = asked
  const patient = { patience: 'minutes', ...(signal === undefined ? {} : { signal }) } as const
  const partner = {
    queryCustomers: (input: Parameters<PartnerAsks['queryCustomers']>[0]) =>
      deps.partner.queryCustomers(input, patient),
  }
  const given = { ...deps, ...asked, partner }
  let place = run
  for (const step of [compareNext, compareMissing]) {
    for (;;) {
      signal?.throwIfAborted()
      await holdLease(deps.holder, deps)
      const { next, isLast } = await step(place, given)
      place = next
      asked.onPage?.({ found: place.position, total: place.total })
      if (isLast) break
    }
  }
  const done = await deps.store.reconciles.finish(place, deps.clock.now())
  if (done === undefined) throw new Refusal('RECONCILE_RUNNING')
  return done
}
