// The client of the bucket: what it signs, how it lists, and what it makes of refusals.

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { createBucket } from '../../src/files/bucket.ts'
import { readListPage } from '../../src/files/bucket-list.ts'
import { signRequest } from '../../src/files/obs-sign.ts'
import { fixedClock, NOW } from '../support/fixed.ts'

const KEY = { accessKey: 'AK', secretKey: 'SK', securityToken: undefined }
const ADDRESS = { ...KEY, endpoint: 'https://obs.eu-west-101.example.eu', bucket: 'files' }

type Sent = { readonly url: string; readonly init: RequestInit }

// Answers one after the other, and remembers what was asked.
function serve(...answers: readonly (Response | Error)[]) {
  const sent: Sent[] = []
  const left = [...answers]
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    sent.push({ url: String(url), init })
    const answer = left.shift()
    if (answer instanceof Response) return answer
    throw answer ?? new Error('nothing more is answered')
  }
  return { sent, fetch }
}

function headersOf(sent: Sent | undefined): Headers {
  return new Headers(sent?.init.headers)
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

async function namesOf(list: AsyncIterable<{ readonly key: string }>): Promise<readonly string[]> {
  const names: string[] = []
  for await (const { key } of list) names.push(key)
  return names
}

const SIGNED = [
  {
    title: 'a download',
    request: { method: 'GET', contentMd5: '', contentType: '', resource: '/files/a/b.tar.gz' },
    key: KEY,
    text: 'GET\n\n\n\nx-obs-date:Thu, 15 Jan 2026 10:00:00 GMT\n/files/a/b.tar.gz',
  },
  {
    title: 'an upload with a temporary key',
    request: {
      method: 'PUT',
      contentMd5: 'md5==',
      contentType: 'image/png',
      resource: '/files/d/x',
    },
    key: { ...KEY, securityToken: 'token' },
    text: 'PUT\nmd5==\nimage/png\n\nx-obs-date:Thu, 15 Jan 2026 10:00:00 GMT\nx-obs-security-token:token\n/files/d/x',
  },
] as const

for (const { title, request, key, text } of SIGNED) {
  test(`${title} is signed as OBS documents it`, () => {
    const { authorization } = signRequest(request, key, NOW)

    const expected = createHmac('sha1', 'SK').update(text).digest('base64')
    assert.equal(authorization, `OBS AK:${expected}`)
  })
}

const PLACES = [
  ['https://obs.eu-west-101.example.eu', 'https://files.obs.eu-west-101.example.eu/k'],
  ['https://files.obs.eu-west-101.example.eu/', 'https://files.obs.eu-west-101.example.eu/k'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/files/k'],
  ['http://localhost:4000', 'http://localhost:4000/files/k'],
  ['https://gateway.example.eu/obs', 'https://gateway.example.eu/obs/files/k'],
] as const

for (const [endpoint, url] of PLACES) {
  test(`with the endpoint ${endpoint} a file is at ${url}`, async () => {
    const { sent, fetch } = serve(new Response('content'))
    const bucket = createBucket({ ...ADDRESS, endpoint }, { fetch, clock: fixedClock })

    const content = await drain(bucket.get('k'))

    assert.equal(content, 'content')
    assert.equal(sent[0]?.url, url)
  })
}

function page(keys: readonly string[], more: string): Response {
  const contents = keys.map((key) => `<Contents><Key>${key}</Key><Size>7</Size></Contents>`)
  return new Response(
    `<?xml version="1.0"?><ListBucketResult xmlns="x"><Name>files</Name>${contents.join('')}${more}</ListBucketResult>`,
  )
}

test('a list goes on until its last page', async () => {
  const { sent, fetch } = serve(
    page(['a', 'b&amp;c'], '<IsTruncated>true</IsTruncated><NextMarker>b&amp;c</NextMarker>'),
    page(['d'], '<IsTruncated>true</IsTruncated>'),
    page(['e'], '<IsTruncated>false</IsTruncated>'),
  )
  const bucket = createBucket(ADDRESS, { fetch, clock: fixedClock })

  const names = await namesOf(bucket.list('customerUsage/'))

  assert.deepEqual(names, ['a', 'b&c', 'd', 'e'])
  const markers = sent.map(({ url }) => new URL(url).searchParams.get('marker'))
  assert.deepEqual(markers, [null, 'b&c', 'd'])
})

test('a list whose marker does not move ends in a refusal', async () => {
  const stuck = () => page(['a'], '<IsTruncated>true</IsTruncated><NextMarker>a</NextMarker>')
  const { fetch } = serve(stuck(), stuck())
  const bucket = createBucket(ADDRESS, { fetch, clock: fixedClock })

  await assert.rejects(namesOf(bucket.list('')), { code: 'FILES_BUCKET_REFUSED' })
})

const NO_LISTS = [
  '<html>Sign in</html>',
  '<!DOCTYPE x [<!ENTITY a "b">]><ListBucketResult></ListBucketResult>',
  '<ListBucketResult><Contents><Key>a</Key><Size>many</Size></Contents></ListBucketResult>',
  '<ListBucketResult><Contents><Key>a</Contents></ListBucketResult>',
  '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>',
]

for (const xml of NO_LISTS) {
  test(`no list is read from ${xml.slice(0, 60)}`, () => {
    assert.equal(readListPage(xml), undefined)
  })
}

test('an upload carries its checksum and type', async () => {
  const { sent, fetch } = serve(new Response(''))
  const bucket = createBucket(ADDRESS, { fetch, clock: fixedClock })

  await bucket.put('download/a.png', Buffer.from('abc'), 'image/png')

  const headers = headersOf(sent[0])
  assert.equal(sent[0]?.init.method, 'PUT')
  assert.equal(headers.get('content-md5'), 'kAFQmDzST7DWlj99KOF/cg==')
  assert.equal(headers.get('content-type'), 'image/png')
})

const REFUSED = [
  {
    title: 'a file that is not there',
    answer: () => new Response('<Error><Code>NoSuchKey</Code></Error>', { status: 404 }),
    code: 'FILES_NOT_FOUND',
    facts: { key: 'k' },
  },
  {
    title: 'a wrong key',
    answer: () =>
      new Response('<Error><Code>SignatureDoesNotMatch</Code></Error>', {
        status: 403,
        headers: { 'x-obs-request-id': 'r-1' },
      }),
    code: 'FILES_BUCKET_REFUSED',
    facts: { status: 403, code: 'SignatureDoesNotMatch', key: 'k', requestId: 'r-1' },
  },
  {
    title: 'a bucket of another region',
    answer: () => new Response(null, { status: 307, headers: { location: 'https://else' } }),
    code: 'FILES_BUCKET_REFUSED',
    facts: { status: 307, code: undefined, key: 'k', requestId: undefined },
  },
  {
    title: 'a bucket that is away',
    answer: () => new TypeError('fetch failed'),
    code: 'FILES_BUCKET_UNREACHABLE',
    facts: { endpoint: ADDRESS.endpoint },
  },
] as const

for (const { title, answer, code, facts } of REFUSED) {
  test(`${title} is a refusal that says so`, async () => {
    const { fetch } = serve(answer())
    const bucket = createBucket(ADDRESS, { fetch, clock: fixedClock })

    await assert.rejects(drain(bucket.get('k')), { code, facts })
  })
}
