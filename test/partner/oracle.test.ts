// Huawei's own SDK for Node as the judge: its signer against ours, and its HTTP client against our
// sandbox. It is CommonJS without an index of these parts, and its ClientBuilder needs a package that
// it does not declare; what the builder puts together is put together here.

import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { after, before, describe, test } from 'node:test'
import sdkCore from '@huaweicloud/huaweicloud-sdk-core'
import sdkSigner from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js'
import sdkClient from '@huaweicloud/huaweicloud-sdk-core/HcClient.js'
import sdkHttp from '@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js'
import sdkLog from '@huaweicloud/huaweicloud-sdk-core/logger/index.js'
import fc from 'fast-check'
import { systemClock } from '../../src/base/clock.ts'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { signRequest } from '../../src/partner/ak-sk.ts'
import { makeKey } from '../sandbox/good-answer.ts'
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts'

const KEY = { accessKey: 'ORACLEACCESSKEY', secretKey: 'the-secret-key-of-the-oracle' }
const NOW = new Date('2026-03-01T10:00:00Z')

// The SDK encodes the path of a URL once more, and url.parse has encoded quotes, blanks and brackets
// by then: a path with any of them is signed as nothing decodes it. Dots would be resolved by URL.
const letter = fc.constantFrom(...'abcXYZ019-_~!()*@:&=+$,;éß一千🙂')
const segment = fc.string({ unit: letter, minLength: 1, maxLength: 8 })
const path = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`)

// Any character, the reserved ones more often; a name may come several times.
const character = fc.oneof(
  fc.constantFrom(...`&=?#%+/ !'()*"<>;:@,$[]~`),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
)
const value = fc.string({ unit: character, maxLength: 10 })
const query = fc.dictionary(value, fc.array(value, { minLength: 1, maxLength: 3 }), { maxKeys: 5 })

// The SDK does not trim values, sorts by a locale that puts _ before -, and asks for "host" itself.
const headerName = fc.stringMatching(/^x-[a-z]{1,6}(-[a-z]{1,6})?$/)
const headerValue = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/)
const headers = fc
  .dictionary(headerName, headerValue, { maxKeys: 4 })
  .map((own) => ({ ...own, 'content-type': 'application/json' }))

// The SDK signs what JSON.stringify makes of an object, and nothing where there is none.
const body = fc.option(fc.dictionary(value, fc.jsonValue()), { nil: undefined })

const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
  path,
  query,
  headers,
  body,
  securityToken: fc.option(fc.stringMatching(/^[\w+/=]{1,60}$/), { nil: undefined }),
})

type Generated = typeof request extends fc.Arbitrary<infer Value> ? Value : never

test("our signature and that of Huawei's SDK are the same for 1,000 generated requests", () => {
  fc.assert(
    fc.property(request, (generated) => {
      assert.equal(signedByUs(generated), signedBySdk(generated))
    }),
    { numRuns: 1000, seed: 20260301 },
  )
})

function signedByUs({ method, path, query, headers, body, securityToken }: Generated) {
  const url = new URL(`https://bss.example.com${path}`)
  url.search = Object.entries(query)
    .flatMap(([name, values]) => values.map((value) => pair(name, value)))
    .join('&')
  const text = body === undefined ? '' : JSON.stringify(body)
  const key = securityToken === undefined ? KEY : { ...KEY, securityToken }
  return signRequest({ method, url, headers, body: text }, key, NOW)['Authorization']
}

function pair(name: string, value: string): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
}

function signedBySdk({ method, path, query, headers, body, securityToken }: Generated) {
  const credential = new sdkCore.BasicCredentials().withAk(KEY.accessKey).withSk(KEY.secretKey)
  const token = securityToken === undefined ? {} : { 'X-Security-Token': securityToken }
  const asked = {
    method,
    endpoint: `https://bss.example.com${path}`,
    queryParams: structuredClone(query), // It sorts the lists it is given.
    headers: { ...headers, ...token, 'X-Sdk-Date': '20260301T100000Z' },
    data: body,
  }
  const signed: Readonly<Record<string, string>> = sdkSigner.AKSKSigner.sign(asked, credential)
  return signed['Authorization']
}

// It prints every answer that is an error otherwise.
const nothing = () => {}
const SILENT = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => sdkLog.LogLevel.ERROR,
  setName: nothing,
}

describe("the HTTP client of Huawei's SDK", () => {
  let sandbox: TestSandbox
  before(async () => {
    sandbox = await startTestSandbox(await makeKey())
    sandbox.time.now = systemClock.now() // The SDK signs with the time of the machine.
  })
  after(() => sandbox.stop())

  // A connection of its own for each call, so that stopping the sandbox need not wait.
  const sdk = (secretKey: string = SANDBOX.secretKey) => {
    const httpAgent = new Agent({ keepAlive: false })
    const options = { axiosRequestConfig: { httpAgent }, logger: SILENT }
    const credential = new sdkCore.GlobalCredentials()
      .withAk(SANDBOX.accessKey)
      .withSk(secretKey)
      .withDomainId(SANDBOX.partnerId)
    return new sdkClient.HcClient(new sdkHttp.DefaultHttpClient(options, [sandbox.url]))
      .withEndpoints([sandbox.url])
      .withCredential(credential)
  }
  const ask = (method: string, url: string) => {
    return { method, url, contentType: 'application/json', pathParams: {}, headers: {} }
  }
  const queryCustomers = (data: object) => {
    return { ...ask('POST', '/v2/partners/sub-customers/query'), queryParams: {}, data }
  }

  test('posts to the sandbox and is answered', async () => {
    const answer = await sdk().sendRequest(queryCustomers({ limit: 10 }))

    assert.deepEqual(answer, { count: 0, customer_infos: [], httpStatusCode: 200 })
  })

  test('gets from the sandbox with a query and is answered', async () => {
    const queryParams = { offset: 0, limit: 3 }

    const answer = await sdk().sendRequest({
      ...ask('GET', '/v2/products/service-types'),
      queryParams,
    })

    const page: { httpStatusCode?: number; service_types?: readonly unknown[] } = answer
    assert.equal(page.httpStatusCode, 200)
    assert.equal(page.service_types?.length, 3)
  })

  test('is told what was wrong with its request', async () => {
    const call = sdk().sendRequest(queryCustomers({ limit: 'many' }))

    await assert.rejects(call, { httpStatusCode: 400, errorCode: 'CBC.0100' })
  })

  test('is refused with a wrong secret key', async () => {
    const call = sdk('another-secret-key').sendRequest(queryCustomers({}))

    await assert.rejects(call, { httpStatusCode: 401, errorCode: 'APIGW.0301' })
  })
})
