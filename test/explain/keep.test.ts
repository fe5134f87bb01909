// Keeping traces: nobody waits for an accepted one, a refused one is there at once, and a store that is
// down turns no answer into a fault.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TraceRecord } from '../../src/base/trace.ts'
import { createTraceKeeper } from '../../src/explain/keep.ts'
import { explainFlow } from '../../src/explain/outcome.ts'
import type { ArrivedExplanation } from '../../src/explain/trail.ts'
import type { Traces } from '../../src/store/store.ts'
import { fixedClock, NOW } from '../support/fixed.ts'

const REFUSED = explainFlow('request', undefined, 'SAML_NO_PASSIVE')
const ACCEPTED: ArrivedExplanation = { ...REFUSED, verdict: 'accepted', checks: [] }

function startKeeper(changes: Partial<Traces> = {}) {
  const saved: (readonly TraceRecord[])[] = []
  const swept: Parameters<Traces['sweep']>[0][] = []
  const warned: string[] = []
  const traces: Traces = {
    save: async (some) => void saved.push(some),
    find: async () => undefined,
    listRefused: async () => [],
    sweep: async (limits) => void swept.push(limits),
    ...changes,
  }
  const log = { warn: ({ event }: { readonly event: string }) => void warned.push(event) }
  const limits = { traceKeep: 60, traceDays: 14 }
  const keeper = createTraceKeeper({ store: { traces }, clock: fixedClock, log, ...limits })
  const references = () => saved.flat().map(({ reference }) => reference)
  return { keeper, saved, swept, warned, references }
}

test('an accepted message is explained and written when the answer has left', async () => {
  const { keeper, saved } = startKeeper()
  let explained = 0
  const explain = () => {
    explained += 1
    return ACCEPTED
  }

  keeper.keepAccepted('A', explain)
  const before = [explained, saved.length]
  await keeper.flush()

  assert.deepEqual(before, [0, 0])
  assert.deepEqual([explained, saved.length], [1, 1])
  assert.equal(saved[0]?.[0]?.arrivedAt, NOW)
})

test('of more accepted messages than are kept, only the newest are written, in small lots', async () => {
  const { keeper, saved, references } = startKeeper()
  for (let turn = 1; turn <= 70; turn += 1) keeper.keepAccepted(`A${turn}`, () => ACCEPTED)

  await keeper.flush()

  assert.deepEqual(
    saved.map((some) => some.length),
    [50, 10],
  )
  assert.equal(references()[0], 'A11')
  assert.equal(references().at(-1), 'A70')
})

test('a refused message is written before the page is sent', async () => {
  const { keeper, saved } = startKeeper()

  await keeper.keepRefused('R', () => REFUSED)

  assert.deepEqual(saved, [
    [
      {
        reference: 'R',
        arrivedAt: NOW,
        kind: 'request',
        verdict: 'SAML_NO_PASSIVE',
        issuer: undefined,
        requestId: undefined,
        relayStateBytes: undefined,
        checks: REFUSED.checks,
      },
    ],
  ])
})

const BROKEN = [
  {
    title: 'a store that is down',
    save: () => Promise.reject(new Error('down')),
    explain: () => REFUSED,
  },
  {
    title: 'an explanation that fails',
    save: async () => undefined,
    explain: () => {
      throw new Error('no explanation')
    },
  },
]

for (const { title, save, explain } of BROKEN) {
  test(`${title} is a warning and nothing more`, async () => {
    const { keeper, warned } = startKeeper({ save })

    keeper.keepAccepted('A', explain)
    await keeper.keepRefused('R', explain)
    await keeper.flush()

    assert.deepEqual(warned, ['trace.lost', 'trace.lost'])
  })
}

test('sweeping goes by TRACE_KEEP and TRACE_DAYS, with a fuse for the refused', async () => {
  const { keeper, swept } = startKeeper()

  await keeper.sweep()

  const refusedSince = new Date('2026-01-01T10:00:00.000Z')
  assert.deepEqual(swept, [{ keep: 60, keepRefused: 100_000, refusedSince }])
})
