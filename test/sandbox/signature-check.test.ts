// The gateway's check of signed requests, against the vectors that Huawei publishes: the signing guide
// and the tests of its Python SDK.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkSignature, type WireRequest } from '../../src/sandbox/signature-check.ts'

const SDK_KEY = { accessKey: 'AccessKey', secretKey: 'SecretKey' }
const SDK_HEADERS = {
  host: 'service.endpoint.myhuaweicloud.com',
  'x-sdk-date': '20200608T023900Z',
}
const SDK_AUTHORIZATION = (signature: string) =>
  `SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, Signature=${signature}`
const SDK_GET: WireRequest = {
  method: 'GET',
  target: '/resources?size=1',
  headers: {
    ...SDK_HEADERS,
    authorization: SDK_AUTHORIZATION(
      'cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842',
    ),
  },
  body: Buffer.alloc(0),
}
const SDK_NOW = new Date('2020-06-08T02:39:00Z')

const VECTORS = [
  { title: 'the GET request of Huawei’s SDK', request: SDK_GET, key: SDK_KEY, now: SDK_NOW },
  {
    title: 'the POST request of Huawei’s SDK',
    key: SDK_KEY,
    now: SDK_NOW,
    request: {
      ...SDK_GET,
      method: 'POST',
      body: Buffer.from('{"name":"test","id":1}'),
      headers: {
        ...SDK_HEADERS,
        authorization: SDK_AUTHORIZATION(
          '436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f',
        ),
      },
    },
  },
  {
    title: 'the GET request of Huawei’s signing guide',
    key: {
      accessKey: 'QTWAOYTTINDUT2QVKYUC',
      secretKey: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc',
    },
    now: new Date('2019-11-15T03:36:55Z'),
    request: {
      method: 'GET',
      target:
        '/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0',
      headers: {
        'content-type': 'application/json',
        host: 'service.region.example.com',
        'x-sdk-date': '20191115T033655Z',
        authorization:
          'SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe',
      },
      body: Buffer.alloc(0),
    },
  },
]

for (const { title, request, key, now } of VECTORS) {
  test(`${title} is accepted`, () => {
    assert.equal(checkSignature(request, key, now), undefined)
  })
}

const REFUSED: readonly {
  readonly title: string
  readonly change: Partial<WireRequest>
  readonly now?: Date
  readonly says: RegExp
}[] = [
  {
    title: 'another body',
    change: { body: Buffer.from('{}') },
    says: /verify aksk signature fail/,
  },
  {
    title: 'another path',
    change: { target: '/other?size=1' },
    says: /verify aksk signature fail/,
  },
  { title: 'another query', change: { target: '/resources?size=2' }, says: /\|size=2\|/ },
  { title: 'another method', change: { method: 'PUT' }, says: /canonicalRequest: PUT\|/ },
  {
    title: 'another host',
    change: { headers: { ...SDK_GET.headers, host: 'evil.example.com' } },
    says: /verify aksk signature fail/,
  },
  {
    title: 'an unknown access key',
    change: {
      headers: {
        ...SDK_GET.headers,
        authorization: SDK_AUTHORIZATION('0'.repeat(64)).replace('AccessKey', 'Other'),
      },
    },
    says: /access key Other does not exist/,
  },
  { title: 'no Authorization header', change: { headers: SDK_HEADERS }, says: /is missing/ },
  {
    title: 'a date that is not signed',
    change: {
      headers: {
        ...SDK_HEADERS,
        authorization: SDK_AUTHORIZATION('0'.repeat(64)).replace('host;x-sdk-date', 'host'),
      },
    },
    says: /x-sdk-date is missing or not signed/,
  },
  {
    title: 'a clock more than 15 minutes behind',
    change: {},
    now: new Date('2020-06-08T02:54:01Z'),
    says: /signature expired, signature time:20200608T023900Z, server time:20200608T025401Z/,
  },
  {
    title: 'a clock more than 15 minutes ahead',
    change: {},
    now: new Date('2020-06-08T02:23:59Z'),
    says: /signature expired/,
  },
]

for (const { title, change, now = SDK_NOW, says } of REFUSED) {
  test(`${title} is refused`, () => {
    const complaint = checkSignature({ ...SDK_GET, ...change }, SDK_KEY, now)

    assert.match(complaint ?? '', says)
  })
}

test('a clock 15 minutes away is still accepted', () => {
  assert.equal(checkSignature(SDK_GET, SDK_KEY, new Date('2020-06-08T02:54:00Z')), undefined)
})
