// Notices on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { at, notice, race } from './records.ts'

forEachEngine((engine) => {
  test('a notice comes back word for word', async (t) => {
    const store = await freshStore(t, engine)
    const first = notice({ domainName: undefined })

    await store.notices.save(first)

    assert.deepEqual(await store.notices.findByDigest('digest-1'), first)
    assert.equal(await store.notices.findByDigest('digest-2'), undefined)
  })

  test('a notice that comes again is counted, and the newest outcome stands', async (t) => {
    const store = await freshStore(t, engine)
    await store.notices.save(notice())
    const again = notice({ id: 'notice-2', outcome: 'repeat', receivedAt: at(60) })

    await store.notices.save({ ...again, signature: 'b3RoZXI=', lastReceivedAt: at(60) })

    const counted = notice({ outcome: 'repeat', times: 2, lastReceivedAt: at(60) })
    assert.deepEqual(await store.notices.list({ limit: 10 }), [counted])
  })

  test('one notice that comes many times at once is kept once and counted each time', async (t) => {
    const stores = await twoStores(t, engine)

    await race(stores, (store, turn) => store.notices.save(notice({ id: `notice-${turn}` })))

    const kept = await stores[0].notices.list({ limit: 20 })
    assert.deepEqual(
      kept.map(({ times }) => times),
      [10],
    )
  })

  test('notices come newest first, page by page, and can be searched', async (t) => {
    const store = await freshStore(t, engine)
    for (const [id, second] of Object.entries({ n1: 1, n2: 2, n3: 2, n4: 3 })) {
      const domainName = id === 'n2' ? '100% Ltd' : undefined
      await store.notices.save(notice({ id, digest: id, domainName, receivedAt: at(second) }))
    }
    const ids = async (page: Parameters<typeof store.notices.list>[0]) =>
      (await store.notices.list(page)).map(({ id }) => id)

    assert.deepEqual(await ids({ limit: 2 }), ['n4', 'n3'])
    assert.deepEqual(await ids({ limit: 2, after: 'n3' }), ['n2', 'n1'])
    assert.deepEqual(await ids({ limit: 2, after: 'unknown' }), [])
    assert.deepEqual(await ids({ limit: 9, matching: '0% L' }), ['n2'])
    assert.deepEqual(await ids({ limit: 9, matching: 'C-100' }), ['n4', 'n3', 'n2', 'n1'])
  })
})
