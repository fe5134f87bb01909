// What operators see of messages that arrived: the newest refused, and one by its reference.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TraceRecord } from '../../src/base/trace.ts'
import { at, NOW } from '../store/records.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { addOperator, operatorsBrowser, startConsole } from './start.ts'

const EVIL = '<script>alert(1)</script>'

const REFUSED: TraceRecord = {
  reference: '7K3M-9QXD-T2VA',
  arrivedAt: NOW,
  kind: 'request',
  issuer: `issuer-${EVIL}`,
  requestId: `id-${EVIL}`,
  verdict: 'SAML_WRONG_ACS',
  relayStateBytes: 532,
  checks: [
    {
      id: 'return-address',
      title: 'It asks for the answer at a registered address',
      section: 'Profiles §4.1.4.1',
      verdict: 'failed',
      expected: 'https://sp.example/acs',
      found: `found-${EVIL}`,
      code: 'SAML_WRONG_ACS',
    },
  ],
}

const ACCEPTED: TraceRecord = {
  ...REFUSED,
  reference: 'AAAA-AAAA-AAAA',
  verdict: 'accepted',
  checks: [],
}

const PAGES = [
  {
    title: 'the newest refused messages, and no accepted one',
    query: '',
    shows: ['7K3M-9QXD-T2VA', 'SAML_WRONG_ACS', 'issuer-&lt;script&gt;'],
    hides: 'AAAA-AAAA-AAAA',
  },
  {
    title: 'one message by the reference that a person quotes, in any case',
    query: '?reference=%207k3m-9qxd-t2va',
    shows: ['id-&lt;script&gt;', 'found-&lt;script&gt;', '532 bytes', 'compare it exactly'],
    hides: 'AAAA-AAAA-AAAA',
  },
  {
    title: 'an accepted one as well',
    query: '?reference=AAAA-AAAA-AAAA',
    shows: ['The message passed every check.'],
    hides: 'SAML_WRONG_ACS',
  },
  {
    title: 'that there is none under another reference',
    query: '?reference=BBBB',
    shows: ['There is no trace of BBBB.'],
    hides: 'SAML_WRONG_ACS',
  },
]

forEachEngine((engine) => {
  for (const { title, query, shows, hides } of PAGES) {
    test(`traces show ${title}`, async (t) => {
      const store = await freshStore(t, engine)
      await addOperator(store)
      await store.traces.save([REFUSED, ACCEPTED])
      const origin = await startConsole(t, store)
      const browser = await operatorsBrowser(origin)

      const seen = await browser.go(`${origin}/console/traces${query}`)

      assert.equal(seen.status, 200)
      for (const text of shows) assert.ok(seen.body.includes(text), `${text} is missing`)
      assert.ok(!seen.body.includes(hides))
      assert.ok(!seen.body.includes('<script'))
    })
  }

  test('refused messages come page by page', async (t) => {
    const store = await freshStore(t, engine)
    await addOperator(store)
    const many = Array.from({ length: 51 }, (_, turn) => turn)
    await store.traces.save(
      many.map((turn) => ({ ...REFUSED, reference: `REF-${turn}-`, arrivedAt: at(turn) })),
    )
    const origin = await startConsole(t, store)
    const browser = await operatorsBrowser(origin)

    const first = await browser.go(`${origin}/console/traces`)
    const second = await browser.go(`${origin}/console/traces?after=REF-1-`)

    assert.ok(first.body.includes('/console/traces?after=REF-1-'))
    assert.ok(!first.body.includes('REF-0-'))
    assert.ok(second.body.includes('REF-0-'))
  })

  test('traces are for operators only', async (t) => {
    const store = await freshStore(t, engine)
    const origin = await startConsole(t, store)

    const answer = await fetch(`${origin}/console/traces`, { redirect: 'manual' })

    assert.equal(answer.status, 303)
  })
})
