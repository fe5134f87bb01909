// Importing the subscribed files: what replaces what, and what a broken archive leaves behind.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { addMinutes } from '../../src/base/clock.ts'
import { Refusal } from '../../src/base/errors.ts'
import type { Archive } from '../../src/files/archive.ts'
import { importArchive } from '../../src/files/import.ts'
import { LIMITS } from '../../src/files/limits.ts'
import type { Subscription } from '../../src/store/file-records.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { fixedClock, NOW } from '../support/fixed.ts'
import {
  archiveOf,
  BILL_EXAMPLE,
  billArchive,
  packTar,
  partOf,
  USAGE_FILE,
  USAGE_HEADINGS,
  usageArchive,
  usageRow,
} from './archives.ts'

function depsOf({ imports }: Store) {
  return { imports, clock: fixedClock }
}

async function amountsOf({ imports }: Store) {
  const totals = await imports.listTotals('customerUsage', '2026-10')
  return totals.map(({ customerId, amount }) => [customerId, amount])
}

async function rowsOf({ imports }: Store, subscription: Subscription) {
  const current = await imports.find(subscription, '2026-10')
  return imports.listRows(current?.importId ?? 0, { after: 0, limit: 10_000 })
}

forEachEngine((engine) => {
  test('a usage file becomes the rows and the sums of its month', async (t) => {
    const store = await freshStore(t, engine)
    const rows = ['0.1', '0.2', '-1E-7'].map((amount) => usageRow({ amount }))

    const outcome = await importArchive(await usageArchive(rows), depsOf(store))

    assert.equal(outcome.outcome, 'imported')
    assert.equal(outcome.rowCount, 3)
    assert.deepEqual(await amountsOf(store), [['c-1', 2_999_999_000n]])
    const [first] = await rowsOf(store, 'customerUsage')
    assert.equal(first?.occurredAt?.toISOString(), '2026-10-03T10:00:00.000Z')
    assert.equal(first?.details['resourceName'], 'server')
  })

  test('a newer file replaces its month, and no older one comes back', async (t) => {
    const store = await freshStore(t, engine)
    const older = await usageArchive([usageRow()], 'customerUsageV2_202610_20261030.tar.gz')
    const newer = await usageArchive([usageRow(), usageRow()], USAGE_FILE)

    const outcomes: string[] = []
    for (const archive of [older, newer, older]) {
      const { outcome } = await importArchive(archive, depsOf(store))
      outcomes.push(outcome)
    }

    assert.deepEqual(outcomes, ['imported', 'imported', 'older'])
    assert.deepEqual(await amountsOf(store), [['c-1', 30_000_000_000n]])
    assert.equal((await rowsOf(store, 'customerUsage')).length, 2)
  })

  test('of two imports that end the other way round the newer file counts', async (t) => {
    const [one, two] = await twoStores(t, engine)
    const file = { subscription: 'customerUsage', month: '2026-10', file: 'a' } as const
    const older = await one.imports.begin({ ...file, madeOn: '20261030' }, NOW)
    const newer = await two.imports.begin({ ...file, madeOn: '20261031' }, NOW)
    const done = { sha256: 'x', rowCount: 0 }

    const outcomes = [
      await two.imports.finish(newer, done, NOW),
      await one.imports.finish(older, done, NOW),
    ]

    assert.deepEqual(outcomes, ['current', 'older'])
    assert.equal((await one.imports.find('customerUsage', '2026-10'))?.importId, newer)
  })

  test('importing the same file again changes nothing', async (t) => {
    const store = await freshStore(t, engine)
    const archive = await usageArchive([usageRow()])
    await importArchive(archive, depsOf(store))
    const before = await store.imports.list()

    const again = await importArchive(archive, depsOf(store))

    assert.equal(again.outcome, 'unchanged')
    assert.deepEqual(await store.imports.list(), before)
  })

  test('a file that was made anew under its name replaces the one before', async (t) => {
    const store = await freshStore(t, engine)
    await importArchive(await usageArchive([usageRow()]), depsOf(store))

    const anew = await importArchive(await usageArchive([usageRow({ amount: '7' })]), depsOf(store))

    assert.equal(anew.outcome, 'imported')
    assert.deepEqual(await amountsOf(store), [['c-1', 70_000_000_000n]])
  })

  test('a broken archive leaves the month as it was, and no rows behind', async (t) => {
    const store = await freshStore(t, engine)
    await importArchive(await usageArchive([usageRow()]), depsOf(store))
    const many = Array.from({ length: 2500 }, () => usageRow())
    const broken = await usageArchive([...many, usageRow({ amount: 'lots' })])

    await assert.rejects(importArchive(broken, depsOf(store)), { code: 'FILES_BAD_ROW' })

    assert.deepEqual(await amountsOf(store), [['c-1', 15_000_000_000n]])
    const [current] = await store.imports.list()
    const next = (current?.importId ?? 0) + 1
    assert.deepEqual(await store.imports.listRows(next, { after: 0, limit: 1 }), [])
  })

  test('the next import removes what one that died left behind', async (t) => {
    const store = await freshStore(t, engine)
    const { imports } = store
    await importArchive(await usageArchive([usageRow()]), depsOf(store))
    const [row] = await rowsOf(store, 'customerUsage')
    assert.ok(row !== undefined)
    const file = {
      subscription: 'customerUsage',
      month: '2026-10',
      file: 'a',
      madeOn: '1',
    } as const
    const died = await imports.begin(file, NOW)
    await imports.addRows(died, [row], NOW)

    await imports.removeLeftovers(addMinutes(NOW, 61))

    assert.deepEqual(await imports.listRows(died, { after: 0, limit: 1 }), [])
    assert.equal(await imports.addRows(died, [row], NOW), false)
    assert.equal(await imports.finish(died, { sha256: '', rowCount: 1 }, NOW), 'gone')
    assert.equal((await rowsOf(store, 'customerUsage')).length, 1)
  })

  test("Huawei's own example of a bill, with a cell too much, is read and counted", async (t) => {
    const store = await freshStore(t, engine)

    const outcome = await importArchive(await billArchive([BILL_EXAMPLE]), depsOf(store))

    assert.equal(outcome.longRows, 1)
    const [row] = await rowsOf(store, 'customerBill')
    assert.equal(row?.amount, 1_470_705_600_000n)
    assert.equal(row?.listAmount, 303_000_000_000n)
    assert.equal(row?.taxAmount, 0n)
    assert.equal(row?.details['payment'], '147.07056')
  })

  test('sums beyond what a float holds are exact', async (t) => {
    const store = await freshStore(t, engine)
    const amounts = ['900000000.0000000001', '0.0000000002', '-0.0000000001']
    const rows = amounts.map((amount) => usageRow({ amount }))

    await importArchive(await usageArchive(rows), depsOf(store))

    assert.deepEqual(await amountsOf(store), [['c-1', 9_000_000_000_000_000_002n]])
  })
})

const LINES = [USAGE_HEADINGS, usageRow(), usageRow()]

async function whole(): Promise<Buffer> {
  const big = Array.from({ length: 3000 }, (_, at) => usageRow({ name: `n-${at * 7919}` }))
  return packTar([partOf(USAGE_FILE, [...LINES, ...big])])
}

async function tarOf(...lines: readonly string[]): Promise<Uint8Array> {
  return gzipSync(await packTar([partOf(USAGE_FILE, lines)]))
}

const BROKEN: readonly {
  readonly title: string
  readonly bytes: () => Promise<Uint8Array>
  readonly code: string
  readonly facts?: Readonly<Record<string, unknown>>
}[] = [
  {
    title: 'a gzip that is cut off',
    bytes: async () => gzipSync(await whole()).subarray(0, -2000),
    code: 'FILES_BAD_ARCHIVE',
  },
  {
    title: 'a tar that is cut off',
    bytes: async () => gzipSync((await whole()).subarray(0, -200_000)),
    code: 'FILES_BAD_ARCHIVE',
  },
  {
    title: 'a tar with a wrong checksum',
    bytes: async () => {
      const tar = await whole()
      tar.write('9', 150)
      return gzipSync(tar)
    },
    code: 'FILES_BAD_ARCHIVE',
  },
  {
    title: 'what is no gzip at all',
    bytes: async () => Buffer.from('<html>Sign in</html>'),
    code: 'FILES_BAD_ARCHIVE',
  },
  {
    title: 'an archive without parts',
    bytes: async () => gzipSync(await packTar([])),
    code: 'FILES_BAD_ARCHIVE',
  },
  {
    title: 'a part of another archive',
    bytes: async () => gzipSync(await packTar([partOf('customerBill_202610.tar.gz', LINES)])),
    code: 'FILES_BAD_ARCHIVE',
  },
  {
    title: 'a part that comes twice',
    bytes: async () => {
      const part = partOf(USAGE_FILE, LINES)
      return gzipSync(await packTar([part, part]))
    },
    code: 'FILES_BAD_ARCHIVE',
  },
  {
    title: 'a part without a column that is needed',
    bytes: () => tarOf(USAGE_HEADINGS.replace('Expenditure Amount', 'Something'), usageRow()),
    code: 'FILES_MISSING_COLUMN',
    facts: { problems: ['Expenditure Amount: is missing'] },
  },
  {
    title: 'a part without a first line',
    bytes: () => tarOf(''),
    code: 'FILES_MISSING_COLUMN',
  },
  {
    title: 'a row whose amount is no number',
    bytes: () => tarOf(...LINES, usageRow({ amount: '1,5' })),
    code: 'FILES_BAD_ROW',
    facts: { row: 4 },
  },
  {
    title: 'a row that is cut off',
    bytes: () => tarOf(...LINES, usageRow().slice(0, 40)),
    code: 'FILES_BAD_ROW',
    facts: { row: 4, problem: 'has 7 cells under 33 headings' },
  },
  {
    title: 'a row without a customer',
    bytes: () => tarOf(...LINES, usageRow({ customer: '' })),
    code: 'FILES_BAD_ROW',
    facts: { row: 4, problem: 'customerId: is empty' },
  },
  {
    title: 'a row with more decimals than are kept',
    bytes: () => tarOf(...LINES, usageRow({ amount: '0.00000000001' })),
    code: 'FILES_BAD_ROW',
    facts: { row: 4 },
  },
  {
    title: 'a time that is none',
    bytes: () => tarOf(...LINES, usageRow({ time: 'yesterday' })),
    code: 'FILES_BAD_ROW',
    facts: { row: 4 },
  },
  {
    title: 'a quote that is never closed',
    bytes: () => tarOf(...LINES, `"${usageRow()}`),
    code: 'FILES_BAD_ROW',
    facts: { row: 4 },
  },
  {
    title: 'a row that does not end',
    bytes: () => tarOf(...LINES, 'x'.repeat(LIMITS.mostRowBytes + 100_000)),
    code: 'FILES_BAD_ROW',
    facts: { row: 4 },
  },
  {
    title: 'an archive that unpacks to far too much',
    bytes: () => tarOf(...LINES, '\n'.repeat(60 * 1024 * 1024)),
    code: 'FILES_TOO_LARGE',
  },
]

for (const { title, bytes, code, facts = {} } of BROKEN) {
  test(`${title} is refused`, async (t) => {
    const { imports } = await storeOf(t)
    const archive: Archive = archiveOf('customerUsage', USAGE_FILE, await bytes())
    const deps = { imports, clock: fixedClock }

    const refused = await importArchive(archive, deps).catch((error: unknown) => error)

    assert.ok(refused instanceof Refusal, String(refused))
    assert.equal(refused.code, code, JSON.stringify(refused.facts))
    assert.equal(refused.facts['file'], USAGE_FILE)
    for (const [name, value] of Object.entries(facts)) assert.deepEqual(refused.facts[name], value)
  })
}

test('more entries or bytes than the limits are refused', async (t) => {
  const { imports } = await storeOf(t)
  const archive = await usageArchive([usageRow()])
  const deps = { imports, clock: fixedClock }
  const tight = [
    { ...LIMITS, mostEntries: 0 },
    { ...LIMITS, mostBytes: 100 },
  ]

  for (const limits of tight) {
    await assert.rejects(importArchive(archive, { ...deps, limits }), { code: 'FILES_TOO_LARGE' })
  }
})

test('an archive is read as its rows are kept, not ahead of them', async (t) => {
  const { imports } = await storeOf(t)
  const rows = Array.from({ length: 40_000 }, (_, at) => usageRow({ name: `n-${at * 7919}` }))
  const { sizeBytes, open, ...named } = await usageArchive(rows)
  const slices: { readonly rows: number; readonly readBytes: number }[] = []
  let readBytes = 0
  const archive: Archive = {
    ...named,
    sizeBytes,
    open: async function* () {
      for await (const bytes of open()) {
        for (let at = 0; at < bytes.length; at += 4096) {
          readBytes += 4096
          yield bytes.subarray(at, at + 4096)
        }
      }
    },
  }
  const watched: typeof imports = {
    ...imports,
    addRows: (importId, slice, now) => {
      slices.push({ rows: slice.length, readBytes })
      return imports.addRows(importId, slice, now)
    },
  }

  await importArchive(archive, { imports: watched, clock: fixedClock })

  assert.ok(Math.max(...slices.map((slice) => slice.rows)) <= 2000)
  const [first] = slices
  assert.ok(
    first !== undefined && first.readBytes < sizeBytes / 2,
    `${first?.readBytes} of ${sizeBytes}`,
  )
})

async function storeOf(t: Parameters<typeof freshStore>[0]): Promise<Store> {
  const store = await openStore('sqlite::memory:')
  t.after(() => store.close())
  return store
}
