// The record of what was done on both engines: it grows in order, is searched and shortened, and stays as
// it was written.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { AuditEvent } from '../../src/base/audit.ts'
import type { AuditQuery } from '../../src/store/audit-records.ts'
import { openStore } from '../../src/store/open.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { forEachEngine, freshDatabase, freshStore, twoStores } from '../support/engines.ts'
import { at, NOW, race } from './records.ts'

function event(changes: Partial<AuditEvent> = {}): AuditEvent {
  return {
    action: 'user.changed',
    actor: { kind: 'operator', id: 'olivia' },
    subject: 'c-100',
    address: '192.0.2.1',
    reference: '7K3M-9QXD-T2VA',
    before: { name: 'changed', enabled: true },
    after: { name: 'changed', enabled: null },
    ...changes,
  }
}

/** Who asks for what, among the events 1 to 4 of the test below. */
const QUERIES: readonly { readonly query: AuditQuery; readonly found: readonly number[] }[] = [
  { query: {}, found: [4, 3, 2, 1] },
  { query: { subject: 'c-200' }, found: [3] },
  { query: { actor: 'olivia' }, found: [3, 1] },
  { query: { action: 'user.disabled' }, found: [4, 2] },
  { query: { from: at(20) }, found: [4, 3, 2] },
  { query: { to: at(20) }, found: [1] },
  { query: { from: at(20), to: at(40), actor: 'root' }, found: [2] },
  { query: { subject: "c-100' or '1'='1" }, found: [] },
]

const TAMPERINGS = [
  "update audit set actor_id = 'nobody' where sequence = 1",
  'delete from audit where sequence = 1',
  'delete from audit',
  'update audit_head set sequence = 0',
  'delete from audit_head',
]

forEachEngine((engine) => {
  test('an event comes back as it was written', async (t) => {
    const store = await freshStore(t, engine)
    const sparse: AuditEvent = {
      action: 'reconcile.started',
      actor: { kind: 'job', id: 'reconcile' },
      subject: undefined,
    }

    await store.audit.append(event(), NOW)
    await store.audit.append(sparse, at(1))

    const [second, first] = await store.audit.list({ limit: 10 })
    assert.deepEqual(first, { ...event(), sequence: 1, at: NOW })
    assert.deepEqual(second, {
      ...sparse,
      sequence: 2,
      at: at(1),
      address: undefined,
      reference: undefined,
      before: undefined,
      after: undefined,
    })
  })

  test('events are found by subject, actor, action and time, and in pages', async (t) => {
    const store = await freshStore(t, engine)
    const root = { kind: 'command', id: 'root' } as const
    await store.audit.append(event(), at(10))
    await store.audit.append(event({ action: 'user.disabled', actor: root }), at(20))
    await store.audit.append(event({ subject: 'c-200' }), at(30))
    await store.audit.append(event({ action: 'user.disabled', actor: root }), at(40))

    for (const { query, found } of QUERIES) {
      const records = await store.audit.list({ ...query, limit: 10 })
      const sequences = records.map(({ sequence }) => sequence)
      assert.deepEqual(sequences, found, JSON.stringify(query))
    }
    const page = await store.audit.list({ before: 4, limit: 2 })
    const onward = await store.audit.follow({ after: 1, limit: 2 })
    assert.deepEqual(
      [page, onward].map((records) => records.map(({ sequence }) => sequence)),
      [
        [3, 2],
        [2, 3],
      ],
    )
  })

  test('events of two processes at once are numbered without gap or double', async (t) => {
    const stores = await twoStores(t, engine)

    await race(stores, (store, turn) => store.audit.append(event({ subject: `c-${turn}` }), NOW))

    const records = await stores[0].audit.follow({ after: 0, limit: 100 })
    assert.deepEqual(
      records.map(({ sequence }) => sequence),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    )
    assert.equal(new Set(records.map(({ subject }) => subject)).size, 10)
  })

  test('nobody can change or remove an event by the way', async (t) => {
    const url = await freshDatabase(t, engine)
    const store = await openStore(url)
    await store.audit.append(event(), NOW)
    await store.close()
    const isSqlite = engine.name === 'sqlite'
    const opened = isSqlite
      ? await openSqlite(url.slice('sqlite:'.length))
      : openPostgres(url, () => undefined)

    for (const statement of TAMPERINGS) {
      await assert.rejects(sql.raw(statement).execute(opened.db), /audit record/, statement)
    }

    const { rows } = await sql<{ actor_id: string }>`select actor_id from audit`.execute(opened.db)
    await opened.db.destroy()
    assert.deepEqual(
      rows.map((row) => row.actor_id),
      ['olivia'],
    )
  })

  test('old events go when days are given, and none without', async (t) => {
    const store = await freshStore(t, engine)
    const day = 24 * 3600
    for (const days of [0, 1, 2, 3]) await store.audit.append(event(), at(days * day))
    const now = at(4 * day)

    const kept = await store.audit.keepDays(0, now)
    const removed = await store.audit.keepDays(2, now)
    const again = await store.audit.keepDays(2, now)

    const left = await store.audit.list({ limit: 10 })
    assert.deepEqual([kept, removed, again], [0, 2, 0])
    assert.deepEqual(
      left.map(({ sequence }) => sequence),
      [4, 3],
    )
    assert.equal(await store.audit.keepDays(1, at(100 * day)), 2)
    await store.audit.append(event(), now)
    assert.equal((await store.audit.list({ limit: 10 }))[0]?.sequence, 5)
  })

  test('of two processes one takes events elsewhere, and the other when its time is over', async (t) => {
    const [first, second] = await twoStores(t, engine)
    const held = (holder: string, now: number) => ({ holder, now: at(now), until: at(now + 60) })

    const begin = await first.audit.lease('syslog', held('one', 0))
    const tooEarly = await second.audit.lease('syslog', held('two', 59))
    const isMoved = await first.audit.advance('syslog', 'one', 7)
    const renewed = await first.audit.lease('syslog', held('one', 30))
    const takenOver = await second.audit.lease('syslog', held('two', 90))
    const isLate = await first.audit.advance('syslog', 'one', 9)

    assert.deepEqual([begin, tooEarly, isMoved], [{ sequence: 0 }, undefined, true])
    assert.deepEqual([renewed, takenOver, isLate], [{ sequence: 7 }, { sequence: 7 }, false])
  })
})
