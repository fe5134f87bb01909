// Walking a list with `all`: within Huawei's limits, and complete though records come and go.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../../src/base/errors.ts'
import type { Progress } from '../../src/partner/acting.ts'
import { type FakeHuawei, fakeHuawei, json, type Received } from './fake-huawei.ts'

type Query = { readonly offset: number; readonly limit: number }
type Change = (list: string[], page: number) => void

/** A Huawei that has a list of customers, which `change` may alter after each page. */
function listing(ids: readonly string[], change: Change = () => undefined) {
  const list = [...ids]
  const queries: Query[] = []
  const huawei = fakeHuawei((request) => {
    const query = queryOf(request)
    queries.push(query)
    const page = list.slice(query.offset, query.offset + query.limit)
    const answer = { count: list.length, customer_infos: page.map((id) => ({ customer_id: id })) }
    change(list, queries.length)
    return json(200, answer)
  })
  return { huawei, queries }
}

function queryOf({ body }: Received): Query {
  const { offset = 0, limit = 10 } = JSON.parse(body)
  return { offset, limit }
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

async function walk({ client }: FakeHuawei, limit: number): Promise<readonly string[]> {
  const customers = await collect(client.queryCustomers.all({ limit }))
  return customers.map((each) => each.customer_id)
}

const idsOf = (length: number) => Array.from({ length }, (_, at) => `d${at}`)

test('a list is walked in the largest pages that Huawei gives, each overlapping by one', async () => {
  const { huawei, queries } = listing(idsOf(250))

  const customers = await collect(huawei.client.queryCustomers.all())

  assert.deepEqual(
    customers.map((each) => each.customer_id),
    idsOf(250),
  )
  assert.deepEqual(queries, [
    { offset: 0, limit: 100 },
    { offset: 99, limit: 100 },
    { offset: 198, limit: 100 },
  ])
})

const SIZES = [
  { title: 'an empty list', ids: 0, limit: 10 },
  { title: 'a list of one', ids: 1, limit: 10 },
  { title: 'a list of exactly one page', ids: 10, limit: 10 },
  { title: 'a list of a page and one', ids: 11, limit: 10 },
  { title: 'a list in the smallest pages', ids: 7, limit: 1 },
]

for (const { title, ids, limit } of SIZES) {
  test(`${title} is walked completely`, async () => {
    const { huawei } = listing(idsOf(ids))

    const walked = await walk(huawei, limit)

    assert.deepEqual(walked, idsOf(ids))
  })
}

test('a walk starts where it is told, with the search it is told', async () => {
  const { huawei } = listing(idsOf(10))

  const items = huawei.client.queryCustomers.all({ offset: 7, account_name: 'acme' })
  const customers = await collect(items)

  assert.deepEqual(
    customers.map((each) => each.customer_id),
    ['d7', 'd8', 'd9'],
  )
  assert.match(huawei.received[0]?.body ?? '', /"account_name":"acme"/)
})

test('nothing is asked for before somebody wants it, nor after somebody has enough', async () => {
  const { huawei, queries } = listing(idsOf(100))

  const items = huawei.client.queryCustomers.all({ limit: 10 })
  const before = queries.length
  for await (const { customer_id: id } of items) if (id === 'd5') break

  assert.deepEqual([before, queries.length], [0, 1])
})

test('whoever watches hears how far the walk is', async () => {
  const { huawei } = listing(idsOf(15))
  const heard: Progress[] = []
  const onPage = (progress: Progress) => heard.push(progress)

  await collect(huawei.client.queryCustomers.all({ limit: 10 }, { onPage }))

  assert.deepEqual(heard, [
    { found: 10, total: 15 },
    { found: 15, total: 15 },
  ])
})

test('what loses its beginning meanwhile is read again from further ahead', async () => {
  const { huawei } = listing(idsOf(40), (list, page) => {
    if (page === 3) list.splice(0, 25)
  })

  const ids = await walk(huawei, 10)

  assert.deepEqual(ids, idsOf(40))
})

const changes = fc.array(
  fc.record({
    atFront: fc.integer({ min: 0, max: 6 }),
    atEnd: fc.integer({ min: 0, max: 6 }),
    goes: fc.array(fc.nat(), { maxLength: 6 }),
  }),
  { maxLength: 12 },
)

test('whatever comes and goes, what is there all the time is given exactly once', async () => {
  const size = fc.integer({ min: 0, max: 40 })
  const limit = fc.integer({ min: 1, max: 9 })
  await fc.assert(
    fc.asyncProperty(size, limit, changes, async (size, limit, script) => {
      let made = 0
      const gone = new Set<string>()
      const fresh = (count: number) => Array.from({ length: count }, () => `new${made++}`)
      const { huawei } = listing(idsOf(size), (list, page) => {
        const { atFront = 0, atEnd = 0, goes = [] } = script[page - 1] ?? {}
        for (const at of goes.filter(() => list.length > 0)) {
          for (const id of list.splice(at % Math.max(1, list.length), 1)) gone.add(id)
        }
        list.unshift(...fresh(atFront))
        list.push(...fresh(atEnd))
      })

      const ids = await walk(huawei, limit)

      const stayed = idsOf(size).filter((id) => !gone.has(id))
      assert.deepEqual(
        ids.filter((id) => stayed.includes(id)),
        stayed,
      )
      assert.equal(new Set(ids).size, ids.length, 'nothing is given twice')
    }),
    { numRuns: 500 },
  )
})

test('a service whose pages never fit together is given up', async () => {
  let made = 0
  const huawei = fakeHuawei(() => {
    const page = Array.from({ length: 10 }, () => ({ customer_id: `d${made++}` }))
    return json(200, { count: 1_000_000, customer_infos: page })
  })

  await assert.rejects(
    walk(huawei, 10),
    (error) => error instanceof Refusal && error.code === 'PARTNER_BAD_ANSWER',
  )
})

const TOTALS = [
  { title: 'no total', total: undefined },
  { title: 'a total of nothing', total: 0 },
  { title: 'a total as text', total: '25' },
]

for (const { title, total } of TOTALS) {
  test(`a list with ${title} is walked to its end`, async () => {
    const ids = idsOf(25)
    const huawei = fakeHuawei((request) => {
      const { offset, limit } = queryOf(request)
      const page = ids.slice(offset, offset + limit).map((id) => ({ customer_id: id }))
      return json(200, { count: total, customer_infos: page })
    })

    const walked = await walk(huawei, 10)

    assert.deepEqual(walked, ids)
  })
}

const PERIOD = { deduct_time_begin: '2026-01-01', deduct_time_end: '2026-01-31' }
const AS = { kind: 'key', accessKey: 'CUSTOMERKEY', secretKey: 'customer-secret' } as const

test('items without an identity are given as the pages have them, equal ones too', async () => {
  const records = Array.from({ length: 25 }, () => ({ product_id: 'same' }))
  const huawei = fakeHuawei(({ url }) => {
    const { searchParams } = new URL(url)
    const offset = Number(searchParams.get('offset'))
    const page = records.slice(offset, offset + Number(searchParams.get('limit')))
    return json(200, { total_count: 25, free_resource_records: page })
  })

  const walked = huawei.client.listPackageUsageRecords.all({ ...PERIOD, limit: 10 }, { as: AS })
  const items = await collect(walked)

  assert.equal(items.length, 25)
  assert.equal(huawei.received.length, 3)
})

test('items without an identity or a total: pages that repeat are an error, not for ever', async () => {
  const huawei = fakeHuawei(() => json(200, { free_resource_records: [{ product_id: 'same' }] }))

  await assert.rejects(
    collect(huawei.client.listPackageUsageRecords.all(PERIOD, { as: AS })),
    (error) => error instanceof Refusal && error.facts['problem'] === 'the same page twice',
  )
})
