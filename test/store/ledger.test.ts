// The ledger of issued assertions on both engines: it grows as one chain, and what is done to it behind
// our back is found.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { LedgerProblem } from '../../src/store/ledger-records.ts'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, twoStores } from '../support/engines.ts'
import { forgiving, issue, openWithRows, readRows, writeChain } from './ledger.ts'
import { addAccount, answer, at, NOW, parkedRequest } from './records.ts'

const NOTHING = '0'.repeat(64)

/** What somebody with the database's password might do, once the triggers are out of the way. */
const TAMPERINGS: readonly {
  readonly title: string
  readonly statements: readonly string[]
  readonly found: { readonly sequence: number; readonly problem: LedgerProblem }
}[] = [
  {
    title: 'an entry that names another account',
    statements: ["update ledger set account_id = 'c-200' where sequence = 3"],
    found: { sequence: 3, problem: 'altered' },
  },
  {
    title: 'an entry with another digest',
    statements: ["update ledger set digest = 'forged' where sequence = 1"],
    found: { sequence: 1, problem: 'altered' },
  },
  {
    title: 'an entry that was deleted',
    statements: ['delete from ledger where sequence = 2'],
    found: { sequence: 2, problem: 'missing' },
  },
  {
    title: 'the first entry deleted',
    statements: ['delete from ledger where sequence = 1'],
    found: { sequence: 1, problem: 'missing' },
  },
  {
    title: 'the newest entries deleted',
    statements: ['delete from ledger where sequence >= 4'],
    found: { sequence: 4, problem: 'missing' },
  },
  {
    title: 'everything deleted',
    statements: ['delete from ledger'],
    found: { sequence: 1, problem: 'missing' },
  },
  {
    title: 'two entries that changed places',
    statements: [
      'update ledger set sequence = 99 where sequence = 2',
      'update ledger set sequence = 2 where sequence = 3',
      'update ledger set sequence = 3 where sequence = 99',
    ],
    found: { sequence: 2, problem: 'reordered' },
  },
  {
    title: 'an entry after the head',
    statements: [
      `insert into ledger select 6, '_forged', issuer, request_id, account_id, session_index,
        issued_at_ms, digest, 'made-up', 'made-up' from ledger where sequence = 5`,
    ],
    found: { sequence: 6, problem: 'reordered' },
  },
]

forEachEngine((engine) => {
  test('an issued assertion is in the ledger, chained to the one before', async (t) => {
    const [store] = await twoStores(t, engine)
    const before = await store.ledger.head()
    await issue(store, 2)

    const first = await store.ledger.find('_assertion-1')
    const second = await store.ledger.find('_assertion-2')

    assert.deepEqual(before, { sequence: 0, hash: NOTHING })
    const { issuer, accountId, sessionIndex, digest } = answer()
    const facts = { issuer, accountId, sessionIndex, digest }
    assert.deepEqual(first, {
      ...facts,
      assertionId: '_assertion-1',
      requestId: '_request-1',
      sequence: 1,
      issuedAt: at(1),
      previousHash: NOTHING,
      hash: first?.hash,
    })
    assert.equal(second?.previousHash, first?.hash)
    assert.deepEqual(await store.ledger.head(), { sequence: 2, hash: second?.hash })
    assert.equal(await store.ledger.find('_assertion-3'), undefined)
  })

  test('50 answers at once by two processes make one chain without gap or fork', async (t) => {
    const stores = await twoStores(t, engine)
    await addAccount(stores[0], 'c-100')
    const turns = Array.from({ length: 50 }, (_, turn) => turn)
    for (const turn of turns) {
      await stores[0].requests.park(parkedRequest({ id: `${turn}`, requestId: `_${turn}` }))
    }

    const finished = await Promise.all(
      turns.map((turn) => {
        const kept = answer({ assertionId: `_assertion-${turn}`, requestId: `_${turn}` })
        return stores[turn % 2 === 0 ? 0 : 1].requests.finish(`${turn}`, kept, NOW)
      }),
    )

    const report = await stores[1].ledger.verify()
    assert.deepEqual(new Set(finished), new Set([true]))
    assert.deepEqual([report.broken, report.count, report.head.sequence], [undefined, 50, 50])
    for (const turn of turns) {
      assert.equal((await stores[0].ledger.find(`_assertion-${turn}`))?.requestId, `_${turn}`)
    }
  })

  test('an answer that cannot be kept does not hold up those that wait with it', async (t) => {
    const [store] = await twoStores(t, engine)
    await addAccount(store, 'c-100')
    for (const id of ['1', '2', '3'])
      await store.requests.park(parkedRequest({ id, requestId: id }))
    const finish = (id: string, accountId: string) =>
      store.requests.finish(id, answer({ assertionId: `_${id}`, accountId }), NOW)

    const ends = await Promise.allSettled([
      finish('1', 'c-100'),
      finish('2', 'unknown'),
      finish('3', 'c-100'),
    ])

    assert.deepEqual(
      ends.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    const { count, broken } = await store.ledger.verify()
    assert.deepEqual([count, broken], [2, undefined])
    assert.equal(await store.ledger.find('_2'), undefined)
  })

  test('a refusal leaves no entry', async (t) => {
    const [store] = await twoStores(t, engine)
    await store.requests.park(parkedRequest())

    const isFirst = await store.requests.finish('parked-1', undefined, NOW)

    assert.equal(isFirst, true)
    assert.equal((await store.ledger.head()).sequence, 0)
  })

  for (const statement of [
    "update ledger set account_id = 'c-200'",
    'delete from ledger',
    'update ledger_anchor set sequence = 1',
    'delete from ledger_anchor',
    'update ledger_head set sequence = 1',
    'delete from ledger_head',
    ...(engine.name === 'postgres' ? ['truncate ledger'] : []),
  ]) {
    test(`the database refuses “${statement}”`, async (t) => {
      const { store, run } = await openWithRows(t, engine)
      await issue(store, 3)

      await assert.rejects(run(statement), /ledger/)

      assert.equal((await store.ledger.verify()).count, 3)
    })
  }

  for (const { title, statements, found } of TAMPERINGS) {
    test(`a proof finds ${title}`, async (t) => {
      const { store, run } = await openWithRows(t, engine)
      await issue(store, 5)
      const sound = await store.ledger.verify()

      await forgiving(run, engine.name)
      for (const statement of statements) await run(statement)
      const report = await store.ledger.verify()

      assert.equal(sound.broken, undefined)
      assert.equal(sound.count, 5)
      assert.deepEqual(report.broken, found)
      assert.equal(report.count, found.sequence - 1, 'what comes before is sound')
    })
  }

  test('a history that was rewritten from end to end differs from what was noted', async (t) => {
    const { store, run } = await openWithRows(t, engine)
    await issue(store, 3)
    const noted = await store.ledger.head()
    await issue(store, 5)
    const honest = await store.ledger.verify(noted)

    await forgiving(run, engine.name)
    await run('delete from ledger')
    await run(`update ledger_head set sequence = 0, hash = '${NOTHING}'`)
    await run('delete from answer')
    const shorter = await store.ledger.verify(noted)
    await issue(store, 9, 4)
    const rewritten = await store.ledger.verify(noted)

    assert.deepEqual([honest.broken, honest.noted], [undefined, 'holds'])
    assert.deepEqual([shorter.broken, shorter.noted], [undefined, 'differs'])
    assert.deepEqual([rewritten.broken, rewritten.noted], [undefined, 'differs'])
    assert.equal((await store.ledger.verify(await store.ledger.head())).noted, 'holds')
  })

  test('an entry that is sound and follows another history is a fork', async (t) => {
    const { store: other } = await openWithRows(t, engine)
    await addAccount(other, 'c-200')
    await issue(other, 3, 0, { accountId: 'c-200' })
    const foreign = await other.ledger.find('_assertion-3')
    const { store, run } = await openWithRows(t, engine)
    await issue(store, 3)

    await forgiving(run, engine.name)
    await run(`update ledger set account_id = 'c-200', previous_hash = '${foreign?.previousHash}',
      hash = '${foreign?.hash}' where sequence = 3`)

    assert.deepEqual((await store.ledger.verify()).broken, { sequence: 3, problem: 'forked' })
  })

  test('a long chain is proved to its end', async (t) => {
    const { store, db } = await openWithRows(t, engine)
    const length = 2500
    await writeChain(db, length)

    const report = await store.ledger.verify()

    assert.deepEqual([report.broken, report.count], [undefined, length])
    assert.equal(report.last?.sequence, length)
  })

  test('whoever has the rows can check the chain without us', async (t) => {
    const { store, db } = await openWithRows(t, engine)
    await addAccount(store, 'kunde-ä')
    await issue(store, 3, 0, { accountId: 'kunde-ä' })

    const rows = await readRows(db)

    // Written after docs/records.md, not after src/store/ledger-chain.ts.
    let previous = NOTHING
    for (const row of rows) {
      const words = [
        'partner-idp-ledger-1',
        row.sequence,
        previous,
        row.assertion_id,
        row.issuer,
        row.request_id,
        row.account_id,
        row.session_index,
        row.issued_at_ms,
        row.digest,
      ]
      const sha = createHash('sha256')
      for (const word of words) sha.update(`${Buffer.from(`${word}`).length}:${word},`)
      previous = sha.digest('hex')
      assert.equal(row.hash, previous)
    }
    assert.equal(rows.length, 3)
  })
})

const DAY = 24 * 3600

// NOW is at ten o'clock in the morning: the day of UTC begins ten hours before.
const RETENTIONS: readonly {
  readonly title: string
  readonly days: number
  readonly now: Date
  readonly removed: number
}[] = [
  { title: '0 days keep everything', days: 0, now: at(10000 * DAY), removed: 0 },
  { title: 'nothing is old enough', days: 30, now: at(30 * DAY), removed: 0 },
  { title: 'a day is over', days: 30, now: at(30 * DAY + 14 * 3600), removed: 2 },
  { title: 'everything is old', days: 30, now: at(100 * DAY), removed: 4 },
]

forEachEngine((engine) => {
  // Two entries of the first day, two of the second.
  const fill = async (store: Store) => {
    await issue(store, 2)
    await issue(store, 4, 2, {}, DAY)
  }

  for (const { title, days, now, removed } of RETENTIONS) {
    test(`retention: ${title}, and the rest still proves itself`, async (t) => {
      const [store, other] = await twoStores(t, engine)
      await fill(store)
      const head = await store.ledger.head()

      const [one, two] = await Promise.all([
        store.ledger.keepDays(days, now),
        other.ledger.keepDays(days, now),
      ])
      const report = await store.ledger.verify(head)

      assert.equal(one + two, removed, 'one of two processes removes them')
      assert.equal(report.broken, undefined)
      assert.equal(report.count, 4 - removed)
      assert.equal(report.anchor.sequence, removed)
      assert.equal(report.noted, 'holds')
      assert.equal((await store.ledger.find('_assertion-1')) === undefined, removed > 0)
      assert.equal((await store.requests.listAnswers('c-100', 10)).length, 4 - removed)
    })
  }

  test('after retention the chain goes on, and what was cut off cannot be judged', async (t) => {
    const [store] = await twoStores(t, engine)
    await issue(store, 1)
    const noted = await store.ledger.head()
    await issue(store, 2, 1)
    await issue(store, 4, 2, {}, DAY)
    await store.ledger.keepDays(30, at(31 * DAY))

    await issue(store, 5, 4, {}, 2 * DAY)
    const report = await store.ledger.verify(noted)

    assert.deepEqual([report.broken, report.count, report.noted], [undefined, 3, 'removed'])
    assert.deepEqual(report.anchor.issuedBefore, new Date('2026-03-03T00:00:00.000Z'))
    assert.equal(report.first?.sequence, 3)
    assert.equal(report.last?.sequence, 5)
  })

  test('what retention may not remove stays even for retention’s own statement', async (t) => {
    const { store, run } = await openWithRows(t, engine)
    await fill(store)
    await store.ledger.keepDays(30, at(31 * DAY))

    await assert.rejects(run('delete from ledger where sequence <= 3'), /ledger is append-only/)

    assert.equal((await store.ledger.verify()).count, 2)
  })
})
