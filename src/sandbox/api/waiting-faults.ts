// Faults that wait for a call: those of the scenario, which stay, and those that were switched on for
// one operation, which are used up.

import type { LedgerDeps } from '../deps.ts'
import { type Behaviour, behaviourOf } from '../scenarios.ts'
import type { WaitingFault } from '../state.ts'
import { type Fault, type FaultName, faultOf, HUGE_BYTES } from './faults.ts'

/** A fault for a call that has come. */
export type DueFault = Fault & {
  readonly bytes: number
  /** Counts it as used. */
  readonly spend: () => void
}

type FaultDeps = Pick<LedgerDeps, 'state'>

const OF_SCENARIOS: Readonly<
  Record<NonNullable<Behaviour['api']>, { readonly fault: FaultName; readonly only?: string }>
> = {
  slow: { fault: 'slow' },
  throttled: { fault: 'throttled' },
  'created-but-500': { fault: 'fail-500-with-success', only: 'createCustomer' },
  'created-but-silent': { fault: 'drop-after-work', only: 'createCustomer' },
}

/** What waits for a call of that operation; a fault of its own comes before the scenario's. */
export function findFault(operation: string, { state }: FaultDeps): DueFault | undefined {
  const { faults, scenario } = state.read()
  const own = faults.find((one) => one.operation === operation)
  if (own !== undefined) {
    const spend = () => spendFault(own, { state })
    return { ...faultOf(own.fault), bytes: own.bytes ?? HUGE_BYTES, spend }
  }
  const { api } = behaviourOf(scenario)
  const played = api === undefined ? undefined : OF_SCENARIOS[api]
  if (played === undefined || (played.only ?? operation) !== operation) return undefined
  return { ...faultOf(played.fault), bytes: HUGE_BYTES, spend: () => {} }
}

/** Lets the fault wait for the next calls of its operation; one that waits already is replaced. */
export function addFault(fault: WaitingFault, { state }: FaultDeps): void {
  const others = state.read().faults.filter((one) => one.operation !== fault.operation)
  state.change({ faults: [...others, fault] })
}

/** Nothing waits for that operation any more. */
export function removeFault(operation: string, { state }: FaultDeps): void {
  state.change({ faults: state.read().faults.filter((one) => one.operation !== operation) })
}

// Read again: a slow call must not undo what was switched while it waited.
function spendFault(spent: WaitingFault, { state }: FaultDeps): void {
  const faults = state.read().faults.flatMap((one) => {
    if (one.operation !== spent.operation || one.fault !== spent.fault) return [one]
    return one.times > 1 ? [{ ...one, times: one.times - 1 }] : []
  })
  state.change({ faults })
}
