// Where a process can die on the journey, made from the table of steps: before and after each write, each
// call of Huawei and the connection that is made at the end.

import { STEPS } from '../../src/accounts/journey/steps.ts'
import type { ActivationStep } from '../../src/store/activation-records.ts'

/** How Huawei and the operator behave, so that a step is reached. */
export type Scenario = 'normal' | 'silent' | 'refusing' | 'abandoning'

/** What a process is about when it dies: at which step, and what it does there. */
export type Place = `${ActivationStep | 'none'}:${'write' | 'call' | 'connect'}`

/** A place to die at, and whose process it is. */
export type Point = {
  readonly boundary: `${Place}:${'before' | 'after'}`
  readonly scenario: Scenario
  readonly by: 'customer' | 'worker'
}

const SCENARIOS: Readonly<Partial<Record<ActivationStep, Scenario>>> = {
  unknown: 'silent',
  refused: 'refusing',
  abandoned: 'abandoning',
}

const ROWS = Object.entries(STEPS) as [ActivationStep, (typeof STEPS)[ActivationStep]][]

/** What the worker comes through after a process that has died while Huawei was asked to create. */
function isWorkers(step: ActivationStep): boolean {
  return step !== 'create-asked' && STEPS[step].resumedBy !== 'customer'
}

function placesOf([step, { call }]: (typeof ROWS)[number]): readonly Place[] {
  const places: Place[] = [`${step}:write`]
  if (call !== undefined) places.push(`${step}:call`)
  if (step === 'associated') places.push(`${step}:connect`)
  return places
}

/** Every point of the matrix. */
export function listPoints(): readonly Point[] {
  const customers = ROWS.flatMap((row) => {
    const scenario: Scenario = SCENARIOS[row[0]] ?? 'normal'
    return placesOf(row).map((place) => ({ place, scenario, by: 'customer' as const }))
  })
  const workers = ROWS.filter(([step]) => isWorkers(step)).flatMap((row) =>
    placesOf(row).map((place) => ({ place, scenario: 'normal' as const, by: 'worker' as const })),
  )
  // Name and address are checked before there is any step.
  const first = { place: 'none:call', scenario: 'normal', by: 'customer' } as const
  return [first, ...customers, ...workers].flatMap(({ place, ...point }) => [
    { ...point, boundary: `${place}:before` },
    { ...point, boundary: `${place}:after` },
  ])
}
