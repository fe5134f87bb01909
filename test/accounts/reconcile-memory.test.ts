// The memory of a comparison is one page, however long the list is: Huawei's list is made while it is read,
// and counts which of its pages somebody still holds.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { reconcile } from '../../src/accounts/reconcile/reconcile.ts'
import { createLog } from '../../src/base/log.ts'
import type { PartnerAsks } from '../../src/partner/client.ts'
import { openStore } from '../../src/store/open.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import { countingRandom, fixedClock } from '../support/fixed.ts'
import { addBound, listed, PLATFORM } from './many-customers.ts'

const SIZE = 50_000
/** The page that is compared, and the one that was before it. */
const MOST_PAGES = 2
const PAGES_BETWEEN_LOOKS = 50

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** How many of these are held by somebody. */
function countHeld(all: readonly WeakRef<object>[]): number {
  return all.filter((each) => each.deref() !== undefined).length
}

/** A list that keeps nothing of what it gives. */
function createLazyList() {
  const customers: WeakRef<object>[] = []
  const pages: WeakRef<object>[] = []
  const held = { pages: 0, customers: 0 }
  const queryCustomers = async ({ offset = 0, limit = 10 }) => {
    if (pages.length % PAGES_BETWEEN_LOOKS === PAGES_BETWEEN_LOOKS - 1) {
      // Within the turn in which a WeakRef was made, it holds by itself.
      await new Promise(setImmediate)
      collectGarbage()
      held.pages = Math.max(held.pages, countHeld(pages))
      held.customers = Math.max(held.customers, countHeld(customers))
    }
    const size = Math.min(limit, SIZE - offset)
    const page = Array.from({ length: size }, (_, turn) => listed(offset + turn))
    pages.push(new WeakRef(page))
    customers.push(...page.map((customer) => new WeakRef(customer)))
    return { count: SIZE, customer_infos: page }
  }
  return { held, pages, queryCustomers: queryCustomers as unknown as PartnerAsks['queryCustomers'] }
}

forEachEngine((engine) => {
  test('of a list of 50,000 customers, no more than two pages are in memory', async (t) => {
    const url = await freshDatabase(t, engine)
    const store = await openStore(url)
    t.after(() => store.close())
    await addBound(
      url,
      Array.from({ length: SIZE }, (_, turn) => turn),
    )
    const { held, pages, queryCustomers } = createLazyList()
    const asked = { how: 'start', isDryRun: false, actor: { kind: 'job', id: 'test' } } as const

    const run = await reconcile(asked, {
      store,
      partner: { queryCustomers },
      platformId: PLATFORM,
      clock: fixedClock,
      random: countingRandom(),
      log: createLog('silent'),
      record: async () => undefined,
    })

    assert.equal(run.counts['same'], SIZE)
    assert.ok(pages.length > SIZE / 100, `${pages.length} pages`)
    assert.ok(held.pages <= MOST_PAGES, `${held.pages} pages were held`)
    assert.ok(held.customers <= MOST_PAGES * 100, `${held.customers} customers were held`)
  })
})
