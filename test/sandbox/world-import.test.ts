// The sandbox's files by the product's own road: signed requests to the bucket, the import, and the
// reconciliation with the monthly bill. English and Chinese files must come to the same.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { createBucket } from '../../src/files/bucket.ts'
import { findInBucket, newestByMonth } from '../../src/files/find-archives.ts'
import { importArchive } from '../../src/files/import.ts'
import { compareWithUsage } from '../../src/files/report.ts'
import { openStore } from '../../src/store/open.ts'
import { createCustomer, partnerToken, say } from './api-client.ts'
import { makeKey } from './good-answer.ts'
import { startTestSandbox, type TestSandbox } from './start.ts'
import { daysLater } from './world-kit.ts'

describe('the files of the sandbox, imported by the product', () => {
  let sandbox: TestSandbox
  let partner: Record<string, string>
  before(async () => {
    sandbox = await startTestSandbox(await makeKey())
    sandbox.time.now = daysLater(0)
    await createCustomer(sandbox, await partnerToken(sandbox))
    // The bill of March is there; the token of March is not valid any more.
    sandbox.time.now = daysLater(20)
    partner = await partnerToken(sandbox)
  })
  after(() => sandbox.stop())

  for (const bucket of ['sandbox-files', 'sandbox-files-zh']) {
    test(`${bucket}: the bill agrees with the monthly bill and with the usage`, async () => {
      const clock = { now: () => sandbox.time.now }
      const { accessKey, secretKey } = SANDBOX
      const key = { accessKey, secretKey, securityToken: undefined }
      const address = { ...key, endpoint: sandbox.url, bucket }
      const source = createBucket(address, { fetch, clock })
      const store = await openStore('sqlite::memory:')
      const [bill] = newestByMonth(await findInBucket('customerBill', source), '2026-03')
      const [usage] = newestByMonth(await findInBucket('customerUsage', source), '2026-03')
      assert.ok(bill && usage)

      const outcomes = [bill, usage].map((file) => importArchive(file, { ...store, clock }))
      const imported = (await Promise.all(outcomes)).map(({ outcome }) => outcome)

      const { json } = await say(
        sandbox,
        '/v2/bills/partner-bills/postpaid-bill-summary?bill_cycle=2026-03',
        { headers: partner },
      )
      const totals = await store.imports.listTotals('customerBill', '2026-03')
      const used = await store.imports.listTotals('customerUsage', '2026-03')
      const due = totals.reduce((sum, { amount }) => sum + amount, 0n)
      await store.close()
      assert.deepEqual(imported, ['imported', 'imported'])
      assert.equal(usage.madeOn, '20260404')
      assert.equal(Number(due) / 1e10, json.initial_amount_due)
      assert.deepEqual(compareWithUsage(totals, used), [])
    })
  }
})
