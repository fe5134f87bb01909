// The subscribed files: what the archives hold, and the bucket that serves them as OBS does.

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { PassThrough, Readable, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { createGunzip, gunzipSync } from 'node:zlib'
import { Big } from 'big.js'
import { parse } from 'csv-parse/sync'
import { extract } from 'tar-stream'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { guarded, writeUsageArchive } from '../../src/sandbox/world/archive.ts'
import { contentOf, filesAt } from '../../src/sandbox/world/files.ts'
import { makeKey } from './good-answer.ts'
import { signIn, startTestSandbox, type TestSandbox } from './start.ts'
import { createWorld, daysLater, PARTNER } from './world-kit.ts'

type Part = { readonly name: string; readonly text: string }

async function unpack(archive: Buffer): Promise<readonly Part[]> {
  const tar = extract()
  const parts: Part[] = []
  tar.on('entry', (header, stream, next) => {
    buffer(stream).then((content) => {
      parts.push({ name: header.name, text: content.toString('utf8') })
      next()
    }, next)
  })
  const finished = once(tar, 'finish')
  Readable.from([archive]).pipe(createGunzip()).pipe(tar)
  await finished
  return parts
}

function rowsOf(text: string): readonly Record<string, string>[] {
  return parse(text, { columns: true })
}

describe('which files there are', () => {
  const rows = [
    { at: '2026-03-20T03:59:59Z', last: 'customerUsageV2_202603_20260319' },
    { at: '2026-03-20T04:00:00Z', last: 'customerUsageV2_202603_20260320' },
    { at: '2026-04-01T05:00:00Z', last: 'customerUsageV2_202603_20260401' },
    { at: '2026-04-03T05:00:00Z', last: 'customerUsageV2_202604_20260403' },
  ]
  for (const { at, last } of rows) {
    test(`at ${at} the newest of usage is ${last}`, () => {
      const usage = filesAt(new Date(at)).filter(({ kind }) => kind === 'usage')

      assert.equal(usage.at(-1)?.key, `customerUsage/${last}.tar.gz`)
    })
  }

  test('on the third day both months are delivered', () => {
    const keys = filesAt(new Date('2026-04-03T05:00:00Z')).map(({ key }) => key)

    assert.ok(keys.includes('customerUsage/customerUsageV2_202603_20260403.tar.gz'))
    assert.ok(keys.includes('customerUsage/customerUsageV2_202604_20260403.tar.gz'))
  })

  test('the bill of a month comes at noon of Beijing on the fifth day of the next', () => {
    const hasBill = (at: string) =>
      filesAt(new Date(at)).some(({ key }) => key === 'customerBill/customerBill_202603.tar.gz')

    assert.equal(hasBill('2026-04-05T03:59:59Z'), false)
    assert.equal(hasBill('2026-04-05T04:00:00Z'), true)
  })
})

describe('what is in the files', () => {
  const world = createWorld()
  world.world()
  world.time.now = daysLater(20)
  const read = async (part: string, language: 'english' | 'chinese' = 'english') => {
    const file = filesAt(world.time.now).find(({ key }) => key.includes(part))
    assert.ok(file)
    const [only] = await unpack(await contentOf(file, language, world.callOf(PARTNER)))
    assert.ok(only)
    return only
  }

  test('the bill file adds up to the monthly bill', async () => {
    const bill = world.ask('listMonthlyBills', { bill_cycle: '2026-03' }, PARTNER)

    const { name, text } = await read('customerBill_202603')

    const sum = rowsOf(text).reduce((all, row) => all.plus(row['Amount Due'] ?? ''), new Big(0))
    assert.equal(name, 'customerBill_202603_0001.csv')
    assert.equal(sum.toFixed(), bill.initial_amount_due?.toFixed())
  })

  test('a usage file has everything of its month up to the day before it was made', async () => {
    const { name, text } = await read('V2_202604_20260409')

    const times = rowsOf(text).map((row) => row['Transaction Time'] ?? '')
    assert.equal(name, 'customerUsageV2_202604_20260409_000000001.csv')
    assert.equal(times.at(0), '2026-04-01 16:00:00')
    assert.equal(times.at(-1), '2026-04-08 16:00:00')
  })

  test('a Chinese file says the same under Chinese headings, in Beijing time', async () => {
    const english = rowsOf((await read('V2_202604_20260409')).text)
    const chinese = rowsOf((await read('V2_202604_20260409', 'chinese')).text)

    assert.equal(chinese[0]?.['交易时间'], '2026-04-02 00:00:00')
    assert.deepEqual(
      chinese.map((row) => row['消费金额']),
      english.map((row) => row['Expenditure Amount']),
    )
  })

  test('the same moment gives the same bytes', async () => {
    const [file] = filesAt(world.time.now)
    assert.ok(file)

    const [first, second] = await Promise.all(
      [1, 2].map(() => contentOf(file, 'english', world.callOf(PARTNER))),
    )

    assert.ok(first?.equals(second ?? Buffer.alloc(0)))
  })
})

describe('writing an archive', () => {
  test('a part has a hundred thousand rows, and the next ones go on', async () => {
    const rows = Array.from({ length: 100_002 }, (_, at) => ({ 'Resource ID': String(at) }))
    const target = new PassThrough()

    const [content] = await Promise.all([
      buffer(target),
      writeUsageArchive(rows, target, { stem: 'customerUsageV2_202603_20260320' }),
    ])

    const parts = await unpack(content)
    const lines = parts.map(({ text }) => text.trimEnd().split('\r\n').length)
    assert.deepEqual(
      parts.map(({ name }) => name.slice(-14)),
      ['_000000001.csv', '_000000002.csv'],
    )
    assert.deepEqual(lines, [100_001, 3])
  })

  test('an archive without rows has headings', async () => {
    const target = new PassThrough()

    const [content] = await Promise.all([
      buffer(target),
      writeUsageArchive([], target, { stem: 'customerUsageV2_202603_20260320' }),
    ])

    assert.match(gunzipSync(content).toString('utf8'), /Billing Cycle,Customer ID,/)
  })

  test('a target that fails ends the writing', async () => {
    const target = new Writable({ write: (_chunk, _encoding, done) => done(new Error('full')) })
    const rows = Array.from({ length: 10 }, () => ({ 'Customer ID': 'x' }))

    await assert.rejects(writeUsageArchive(rows, target, { stem: 'x' }), /full/)
  })

  test('rows that fail end the writing', async () => {
    function* rows() {
      yield { 'Customer ID': 'x' }
      throw new Error('no more')
    }

    await assert.rejects(writeUsageArchive(rows(), new PassThrough(), { stem: 'x' }), /no more/)
  })

  const guards = [
    ['=1+1', '"=1+1"'],
    ['@home', '"@home"'],
    ['-12.5', '-12.5'],
    ['server-1', 'server-1'],
  ] as const
  for (const [text, written] of guards) {
    test(`${text} is written as ${written}`, () => {
      assert.equal(guarded(text), written)
    })
  }
})

describe('the bucket', () => {
  let sandbox: TestSandbox
  const idpKey = makeKey()
  before(async () => {
    sandbox = await startTestSandbox(await idpKey)
    await signIn(sandbox, await idpKey)
  })
  after(() => sandbox.stop())

  type Sent = {
    readonly method?: string
    readonly path: string
    readonly query?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: Buffer
    readonly secretKey?: string
    readonly accessKey?: string
  }

  /** Signs by the words of the OBS reference, and sends. */
  async function send({ method = 'GET', path, query = '', headers = {}, body, ...keys }: Sent) {
    const { accessKey, secretKey } = { ...SANDBOX, ...keys }
    const date = headers['x-obs-date'] ?? sandbox.time.now.toUTCString()
    const meta = headers['x-obs-meta-a']
    const type = body === undefined ? '' : 'image/png'
    const own = `x-obs-date:${date}\n${meta === undefined ? '' : `x-obs-meta-a:${meta}\n`}`
    const signed = `${method}\n\n${type}\n\n${own}${path}`
    const signature = createHmac('sha1', secretKey).update(signed).digest('base64')
    const response = await fetch(`${sandbox.url}${path}${query}`, {
      method,
      headers: {
        ...headers,
        ...(type === '' ? {} : { 'Content-Type': type }),
        'x-obs-date': date,
        Authorization: `OBS ${accessKey}:${signature}`,
        Connection: 'close',
      },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    })
    const content = Buffer.from(await response.arrayBuffer())
    return { status: response.status, content, text: content.toString('utf8') }
  }

  test('the files are listed with their sizes, and each is what the list says', async () => {
    const { status, text } = await send({
      path: '/sandbox-files/',
      query: '?prefix=customerUsage/',
    })
    const key = /<Key>([^<]+)<\/Key>/.exec(text)?.[1] ?? ''
    const size = Number(/<Size>(\d+)<\/Size>/.exec(text)?.[1])

    const file = await send({ path: `/sandbox-files/${key}` })

    assert.equal(status, 200)
    assert.match(key, /^customerUsage\/customerUsageV2_\d{6}_\d{8}\.tar\.gz$/)
    assert.equal(file.content.length, size)
    assert.equal((await unpack(file.content)).length, 1)
  })

  test('a long list comes in pages', async () => {
    const first = await send({ path: '/sandbox-files/', query: '?max-keys=1' })
    const marker = /<NextMarker>([^<]+)</.exec(first.text)?.[1] ?? ''

    const query = `?max-keys=1000&marker=${encodeURIComponent(marker)}`
    const second = await send({ path: '/sandbox-files/', query })

    assert.match(first.text, /<IsTruncated>true</)
    assert.match(second.text, /<IsTruncated>false</)
    assert.ok(!second.text.includes(`<Key>${marker}</Key>`))
  })

  test('what is put into download/ can be read again, and nothing else can be put', async () => {
    const body = Buffer.from('a picture')
    const path = '/sandbox-files/download/test/a.png'

    const put = await send({ method: 'PUT', path, body, headers: { 'x-obs-meta-a': 'b' } })
    const got = await send({ path })
    const elsewhere = await send({ method: 'PUT', path: '/sandbox-files/customerUsage/x', body })

    assert.equal(put.status, 200)
    assert.ok(got.content.equals(body))
    assert.equal(elsewhere.status, 403)
  })

  const refusals = [
    { why: 'a wrong signature', sent: { secretKey: 'wrong' }, code: 'SignatureDoesNotMatch' },
    { why: 'an unknown key', sent: { accessKey: 'NOBODY' }, code: 'InvalidAccessKeyId' },
    {
      why: 'an old request',
      sent: { headers: { 'x-obs-date': 'Thu, 01 Jan 2026 00:00:00 GMT' } },
      code: 'RequestTimeTooSkewed',
    },
    {
      why: 'an unknown object',
      sent: { path: '/sandbox-files/customerBill/customerBill_199901.tar.gz' },
      code: 'NoSuchKey',
    },
    { why: 'a deletion', sent: { method: 'DELETE' }, code: 'MethodNotAllowed' },
  ] as const
  for (const { why, sent, code } of refusals) {
    test(`${why} is refused as OBS does`, async () => {
      const { status, text } = await send({ path: '/sandbox-files/', ...sent })

      assert.ok(status >= 400)
      assert.match(text, new RegExp(`<Code>${code}</Code>`))
    })
  }

  test('without a signature nothing is given', async () => {
    const response = await fetch(`${sandbox.url}/sandbox-files/`, {
      headers: { Connection: 'close' },
    })

    assert.equal(response.status, 403)
  })
})
