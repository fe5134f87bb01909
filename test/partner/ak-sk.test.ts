// The vectors that Huawei publishes: the signing guide (1) and the tests of its Python SDK (2 to 4).

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { canonicalRequest, signRequest } from '../../src/partner/ak-sk.ts'

const GUIDE = {
  key: {
    accessKey: 'QTWAOYTTINDUT2QVKYUC',
    secretKey: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc',
  },
  request: {
    method: 'GET',
    url: new URL(
      'https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0',
    ),
    headers: { 'content-type': 'application/json' },
    body: '',
  },
  now: new Date('2019-11-15T03:36:55Z'),
}

const SDK = {
  key: { accessKey: 'AccessKey', secretKey: 'SecretKey' },
  request: {
    method: 'GET',
    url: new URL('https://service.endpoint.myhuaweicloud.com/resources?size=1'),
    headers: {},
    body: '',
  },
  now: new Date('2020-06-08T02:39:00Z'),
}

const VECTORS = [
  {
    title: "the GET request of Huawei's signing guide",
    ...GUIDE,
    authorization:
      'SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe',
  },
  {
    title: 'the same request with spaces around a header, which do not count,',
    ...GUIDE,
    request: { ...GUIDE.request, headers: { 'content-type': ' application/json ' } },
    authorization:
      'SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe',
  },
  {
    title: "the GET request of Huawei's SDK",
    ...SDK,
    authorization:
      'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, Signature=cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842',
  },
  {
    title: "the POST request of Huawei's SDK",
    ...SDK,
    request: { ...SDK.request, method: 'POST', body: '{"name":"test","id":1}' },
    authorization:
      'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, Signature=436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f',
  },
]

for (const { title, request, key, now, authorization } of VECTORS) {
  test(`${title} is signed as Huawei signs it`, () => {
    const headers = signRequest(request, key, now)

    assert.equal(headers['Authorization'], authorization)
  })
}

test("the canonical request of Huawei's signing guide has the published hash", () => {
  const headers = {
    'X-Sdk-Date': '20191115T033655Z',
    Host: GUIDE.request.url.host,
    ...GUIDE.request.headers,
  }

  const canonical = canonicalRequest({ ...GUIDE.request, headers })

  assert.equal(
    createHash('sha256').update(canonical).digest('hex'),
    'b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a',
  )
})

test('a query is sorted, and encoded more strictly than browsers do', () => {
  const url = new URL('https://bss.example.com/v2')
  url.searchParams.append('limit', '1')
  url.searchParams.append('enable', 'true')
  url.searchParams.append('test', '一 (&=?!#%.*)')
  url.searchParams.append('path', '/tmp/123')
  for (const value of ['3', '1', '2']) url.searchParams.append('multi', value)

  const canonical = canonicalRequest({ method: 'GET', url, headers: {}, body: '' })

  assert.equal(
    canonical.split('\n')[2],
    'enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29',
  )
})

test('a path is encoded once, whether it comes encoded or not, and ends with a slash', () => {
  const url = new URL('https://bss.example.com/v2/a%20b/c d(e)')

  const canonical = canonicalRequest({ method: 'GET', url, headers: {}, body: '' })

  assert.equal(canonical.split('\n')[1], '/v2/a%20b/c%20d%28e%29/')
})

test('the security token of a temporary key is sent and signed', () => {
  const headers = signRequest(SDK.request, { ...SDK.key, securityToken: 'temporary' }, SDK.now)

  assert.equal(headers['X-Security-Token'], 'temporary')
  assert.match(headers['Authorization'] ?? '', /SignedHeaders=host;x-sdk-date;x-security-token,/)
})
