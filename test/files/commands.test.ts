// `files` and `report` on the command line, with files of a folder and with those of the sandbox.

import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Archive } from '../../src/files/archive.ts'
import { type Shell, startShell } from '../cli/start.ts'
import { makeKey } from '../sandbox/good-answer.ts'
import { field, signIn, startTestSandbox, type TestSandbox } from '../sandbox/start.ts'
import { billArchive, billRow, USAGE_FILE, usageArchive, usageRow } from './archives.ts'

async function save(folder: string, archive: Archive): Promise<void> {
  await mkdir(folder, { recursive: true })
  for await (const bytes of archive.open()) await writeFile(join(folder, archive.file), bytes)
}

async function shellWithFiles(t: TestContext) {
  const shell = await startShell(t)
  const folder = join(shell.folder, 'delivered')
  const rows = [usageRow({ amount: '1.25' }), usageRow({ customer: '=c-2', amount: '2' })]
  await save(folder, await usageArchive([usageRow()], 'customerUsageV2_202610_20261030.tar.gz'))
  await save(folder, await usageArchive(rows))
  await save(folder, await usageArchive([usageRow()], 'customerUsageV2_202609_20261001.tar.gz'))
  await writeFile(join(folder, 'notes.txt'), 'not ours')
  return { shell, folder }
}

test('the newest file of each month is imported from a folder, and a month only once', async (t) => {
  const { shell, folder } = await shellWithFiles(t)

  const first = await shell.run(['files', 'import', 'customerUsage', '--from', folder, '--json'])
  const second = await shell.run(['files', 'import', 'customerUsage', '--from', folder])
  const list = await shell.run('files list --json')

  assert.equal(first.exitCode, 0, first.stderr)
  const outcomes: readonly { file: string; outcome: string }[] = JSON.parse(first.stdout)
  assert.deepEqual(
    outcomes.map(({ file, outcome }) => [file, outcome]),
    [
      ['customerUsageV2_202609_20261001.tar.gz', 'imported'],
      [USAGE_FILE, 'imported'],
    ],
  )
  assert.equal(second.stderr, 'every month that is there is imported\n')
  const months: readonly { month: string; rowCount: number }[] = JSON.parse(list.stdout)
  assert.deepEqual(
    months.map(({ month, rowCount }) => [month, rowCount]),
    [
      ['2026-09', 1],
      ['2026-10', 2],
    ],
  )
})

test('expenditure is printed for people, programs and spreadsheets', async (t) => {
  const { shell, folder } = await shellWithFiles(t)
  await shell.run(['files', 'import', 'customerUsage', '--from', folder])

  const table = await shell.run('report expenditure --by customer --month 2026-10')
  const csv = await shell.run('report expenditure --by customer,month --csv')
  const json = await shell.run('report expenditure --by month --json')

  assert.equal(table.stdout, 'CUSTOMER  ROWS  AMOUNT\n=c-2      1     2\nc-1       1     1.25\n')
  assert.match(csv.stdout, /^customer,month,rows,amount\r\n'=c-2,2026-10,1,2\r\n/)
  assert.deepEqual(JSON.parse(json.stdout), [
    { month: '2026-09', rowCount: 1, amount: '1.5' },
    { month: '2026-10', rowCount: 2, amount: '3.25' },
  ])
})

test('a bill that does not agree with the usage lists where, and fails', async (t) => {
  const { shell, folder } = await shellWithFiles(t)
  await save(folder, await billArchive([billRow({ due: '1', list: '1.25' })]))
  await shell.run(['files', 'import', 'customerUsage', '--from', folder])
  await shell.run(['files', 'import', 'customerBill', '--from', folder])

  const ran = await shell.run('report reconcile --month 2026-10 --against usage --json')

  assert.equal(ran.exitCode, 1)
  assert.deepEqual(JSON.parse(ran.stdout), [
    {
      customer: '=c-2',
      service: 'hws.service.type.ec2',
      item: 'list price',
      ours: '0',
      theirs: '2',
      difference: '-2',
    },
  ])
})

const REFUSED = [
  ['a month that is not there', 'files import customerUsage --month 2026-01 --from FOLDER', 1],
  ['a month that is none', 'files import customerUsage --month 2026-13 --from FOLDER', 2],
  ['a file of another name', 'files import customerUsage --from FOLDER/notes.txt', 1],
  ['a file that is not there', 'files import customerUsage --from FOLDER/nothing.tar.gz', 1],
  ['a subscription that is none', 'files import customerInvoice --from FOLDER', 2],
  ['a report by what is not known', 'report expenditure --by colour', 2],
  ['a report by the same thing twice', 'report expenditure --by month,month', 2],
  [
    'a report of a month that is not imported',
    'report expenditure --by customer --month 2020-01',
    1,
  ],
  ['a comparison of a month that is not imported', 'report reconcile --month 2020-01', 1],
  ['an attachment that is no picture', 'files attach FOLDER/notes.txt', 1],
  ['an attachment that is not there', 'files attach FOLDER/nothing.jpg', 2],
] as const

for (const [title, words, exitCode] of REFUSED) {
  test(`${title} is refused with exit ${exitCode}`, async (t) => {
    const { shell, folder } = await shellWithFiles(t)

    const ran = await shell.run(words.replace('FOLDER', folder))

    assert.equal(ran.exitCode, exitCode, ran.stderr)
    assert.equal(ran.stdout, '')
  })
}

test('without a bucket the command says what to set', async (t) => {
  const shell = await startShell(t)
  const environment = {
    HUAWEI_SITE: 'europe',
    HUAWEI_PLATFORM_ID: 'p_IDP',
    HUAWEI_PARTNER_ID: 'partner',
  }

  const ran = await shell.run('files import customerUsage', { environment })

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stderr, /^FILES_NOT_CONFIGURED: .*\nhint: Set OBS_ENDPOINT/)
})

test('a bucket needs all of its options, and TLS on a real site', async (t) => {
  const shell = await startShell(t)
  const environment = {
    HUAWEI_SITE: 'europe',
    HUAWEI_PLATFORM_ID: 'p_IDP',
    HUAWEI_PARTNER_ID: 'partner',
    OBS_ENDPOINT: 'http://obs.example.eu',
    OBS_BUCKET: 'files',
    OBS_ACCESS_KEY: 'AK',
  }

  const ran = await shell.run('files import customerUsage', { environment })

  assert.equal(ran.exitCode, 78)
  assert.match(ran.stderr, /OBS_SECRET_KEY: must be set together with OBS_ENDPOINT/)
  assert.match(ran.stderr, /OBS_ENDPOINT: must start with https:/)
})

// A customer who has been there for weeks, in a sandbox that has delivered files since.
async function deliveredSandbox(t: TestContext): Promise<TestSandbox> {
  const key = await makeKey()
  const sandbox = await startTestSandbox(key)
  t.after(() => sandbox.stop())
  const page = await signIn(sandbox, key)
  const account = { ticket: field(page.text, 'ticket'), domainName: 'ada-cloud' }
  await sandbox.browser.post('/authui/saml/create-and-bind', account)
  // The day after the bill of March, when usage of March is still there as well.
  sandbox.time.now = new Date('2026-04-06T12:00:00Z')
  return sandbox
}

function given({ url, time }: TestSandbox, more: Readonly<Record<string, string>> = {}) {
  const environment = { SANDBOX_URL: url, ...more }
  return { environment, fetch, clock: { now: () => time.now } }
}

async function importBoth(shell: Shell, sandbox: TestSandbox, bucket: string) {
  const place = given(sandbox, bucketOf(sandbox, bucket))
  const usage = await shell.run('files import customerUsage --json', place)
  const bill = await shell.run('files import customerBill --json', place)
  assert.equal(usage.exitCode, 0, usage.stderr)
  assert.equal(bill.exitCode, 0, bill.stderr)
}

function bucketOf({ url }: TestSandbox, bucket: string) {
  return {
    OBS_ENDPOINT: url,
    OBS_BUCKET: bucket,
    OBS_ACCESS_KEY: 'SANDBOXACCESSKEY0001',
    OBS_SECRET_KEY: 'sandbox-secret-key-that-guards-nothing',
  }
}

for (const bucket of ['sandbox-files', 'sandbox-files-zh']) {
  test(`the files of ${bucket} are imported, and the bill agrees with Huawei's summary`, async (t) => {
    const sandbox = await deliveredSandbox(t)
    const shell = await startShell(t)
    await importBoth(shell, sandbox, bucket)
    const bill = await (await shell.open()).imports.find('customerBill', '2026-03')

    const words = 'report reconcile --month 2026-03'
    const summary = await shell.run(words, given(sandbox))
    const usage = await shell.run(`${words} --against usage`, given(sandbox))

    assert.ok((bill?.rowCount ?? 0) > 0, 'the sandbox has billed something')
    assert.equal(summary.exitCode, 0, summary.stdout + summary.stderr)
    assert.equal(usage.exitCode, 0, usage.stdout + usage.stderr)
  })
}

test('a proof of identity is uploaded to the sandbox, and not over another one', async (t) => {
  const sandbox = await deliveredSandbox(t)
  const shell = await startShell(t)
  const path = join(shell.folder, 'a.jpg')
  await writeFile(path, Buffer.from('\xff\xd8\xff\xe0 picture', 'latin1'))
  const words = ['files', 'attach', path, path, '--as', 'c-1/passport', '--kind', 'passport']

  const first = await shell.run(words, given(sandbox))
  const second = await shell.run(words, given(sandbox))

  assert.equal(first.stdout, 'c-1/passport-1.jpg\nc-1/passport-2.jpg\n', first.stderr)
  assert.match(second.stderr, /^ATTACHMENT_NAME_TAKEN/)
})
