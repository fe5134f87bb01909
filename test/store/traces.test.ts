// Traces on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TraceRecord } from '../../src/base/trace.ts'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { at, NOW } from './records.ts'

function trace(changes: Partial<TraceRecord> = {}): TraceRecord {
  return {
    reference: 'REF-1',
    arrivedAt: NOW,
    kind: 'request',
    issuer: 'https://sp.example',
    requestId: '_request-1',
    verdict: 'SAML_WRONG_ACS',
    relayStateBytes: 12,
    checks: [
      {
        id: 'return-address',
        title: 'It asks for the answer at a registered address',
        section: 'Profiles §4.1.4.1',
        verdict: 'failed',
        expected: 'https://sp.example/acs',
        found: 'https://sp.example/“other”',
        code: 'SAML_WRONG_ACS',
      },
    ],
    ...changes,
  }
}

async function save(store: Store, verdict: string, seconds: readonly number[]): Promise<void> {
  await store.traces.save(
    seconds.map((second) =>
      trace({ reference: `${verdict}-${second}`, verdict, arrivedAt: at(second) }),
    ),
  )
}

async function present(store: Store, names: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => store.traces.find(name)))
  return found.flatMap((each) => each?.reference ?? [])
}

forEachEngine((engine) => {
  test('a trace comes back as it was, by its reference', async (t) => {
    const store = await freshStore(t, engine)
    const bare = trace({
      reference: 'REF-2',
      kind: 'notice',
      issuer: undefined,
      requestId: undefined,
      relayStateBytes: undefined,
      checks: [],
    })

    await store.traces.save([trace(), bare])
    await store.traces.save([])

    assert.deepEqual(await store.traces.find('REF-1'), trace())
    assert.deepEqual(await store.traces.find('REF-2'), bare)
    assert.equal(await store.traces.find('REF-3'), undefined)
  })

  test('the first trace of a reference stands', async (t) => {
    const store = await freshStore(t, engine)

    await store.traces.save([trace(), trace({ verdict: 'accepted' })])

    assert.deepEqual(await store.traces.find('REF-1'), trace())
  })

  test('refused ones come newest first, page by page; accepted ones are not among them', async (t) => {
    const store = await freshStore(t, engine)
    await save(store, 'SAML_EXPIRED', [1, 3])
    await save(store, 'SAML_UNSIGNED', [3])
    await save(store, 'accepted', [2])
    const names = async (page: Parameters<typeof store.traces.listRefused>[0]) =>
      (await store.traces.listRefused(page)).map(({ reference }) => reference)

    const first = await names({ limit: 2 })
    const second = await names({ limit: 2, after: 'SAML_EXPIRED-3' })

    assert.deepEqual(first, ['SAML_UNSIGNED-3', 'SAML_EXPIRED-3'])
    assert.deepEqual(second, ['SAML_EXPIRED-1'])
    assert.deepEqual(await names({ limit: 2, after: 'nothing' }), [])
  })

  test('of accepted ones the newest stay; refused ones go by age, and at last by number', async (t) => {
    const store = await freshStore(t, engine)
    await save(store, 'accepted', [1, 2, 3])
    await save(store, 'FAULT', [1, 2, 3, 4])

    await store.traces.sweep({ keep: 2, keepRefused: 3, refusedSince: at(3) })

    const kept = [
      'accepted-1',
      'accepted-2',
      'accepted-3',
      'FAULT-1',
      'FAULT-2',
      'FAULT-3',
      'FAULT-4',
    ]
    const left = ['accepted-2', 'accepted-3', 'FAULT-3', 'FAULT-4']
    assert.deepEqual(await present(store, kept), left)
    await store.traces.sweep({ keep: 9, keepRefused: 1, refusedSince: at(0) })
    assert.deepEqual(await present(store, kept), ['accepted-2', 'accepted-3', 'FAULT-4'])
  })
})
