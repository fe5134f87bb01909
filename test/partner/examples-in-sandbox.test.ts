// Huawei's own example of every operation on its whole way: through the client and over HTTP to the
// sandbox, which reads it as Huawei would; and Huawei's example answer from a server back to the caller.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import { createPartnerClient, type PartnerClient } from '../../src/partner/client.ts'
import { toPlain } from '../../src/partner/field-text.ts'
import type { AnyOperation } from '../../src/partner/operation.ts'
import { customerKey } from '../../src/sandbox/api/keys.ts'
import { makeKey } from '../sandbox/good-answer.ts'
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts'

type Fields = Readonly<Record<string, unknown>>
type Example = { readonly request: Fields; readonly response: Fields | null }

const FOLDER = new URL('examples/', import.meta.url)
const EXAMPLES: Readonly<Record<string, Example>> = Object.assign(
  {},
  ...readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))),
)
const ROWS: readonly (readonly [string, AnyOperation])[] = Object.entries(CATALOGUE)

/**
 * What the sandbox answers to an example: most name orders, resources and customers of Huawei's, which
 * are not in the sandbox, and are told so by the code that Huawei documents for it.
 */
const OUTCOMES: Readonly<Record<string, string>> = {
  queryPeriodPrices: 'CBC.99006006',
  createCustomer: 'CBC.0101',
  queryCustomers: 'CBC.99000037',
  freezeCustomers: 'CBC.99000037',
  unfreezeCustomers: 'CBC.99000037',
  showBudget: 'CBC.99000037',
  setBudget: 'CBC.99000037',
  listBudgetRecords: 'CBC.99000037',
  showCredit: 'CBC.0151',
  listOrders: 'CBC.99000037',
  showOrder: 'CBC.99000037',
  payOrder: 'CBC.30000010',
  cancelOrder: 'CBC.0100',
  showRefunds: 'CBC.99005026',
  renewResources: 'CBC.99003016',
  unsubscribeResources: 'CBC.99003012',
  enableAutoRenewal: 'CBC.99003012',
  disableAutoRenewal: 'CBC.99003012',
  changeToOnDemand: 'CBC.99003012',
  queryOnDemandResources: 'CBC.99000037',
}

function clientOf(url: string, now: () => Date): PartnerClient {
  return createPartnerClient({
    bssUrl: url,
    iamUrl: url,
    key: { kind: 'access-key', ...SANDBOX },
    timeoutSeconds: 15,
    patience: 'none',
    clock: { now },
  })
}

type Ask = (input: unknown, options?: object) => Promise<unknown>

function askOf(client: PartnerClient, name: string): Ask {
  // The cast holds: every name of the catalogue is a method, and the client checks what it is given.
  return Reflect.get(client, name) as Ask
}

describe('an example request', () => {
  let sandbox: TestSandbox
  let client: PartnerClient
  before(async () => {
    sandbox = await startTestSandbox(await makeKey())
    client = clientOf(sandbox.url, () => sandbox.time.now)
  })
  after(async () => {
    await client.close()
    await sandbox.stop()
  })

  for (const [name, row] of ROWS) {
    test(`of ${name} is understood by the sandbox`, async () => {
      const northwind = sandbox.readState().accounts.find((one) => one.domainName === 'northwind')
      const as = { kind: 'key', ...customerKey(northwind?.domainId ?? '') }
      const options = row.caller === 'customer' ? { as } : {}

      const outcome = await askOf(client, name)(EXAMPLES[name]?.request, options).then(
        () => 'done',
        (error: unknown) => String(error instanceof Refusal && error.facts['remoteCode']),
      )

      assert.equal(outcome, OUTCOMES[name] ?? 'done')
      const documented = ['done', ...row.errors.map(({ code }) => code)]
      assert.ok(documented.includes(outcome), `${outcome} is documented for ${name}`)
    })
  }
})

describe('an example answer', () => {
  const server = createServer((request, response) => {
    request.resume()
    const name = request.headers['x-example'] ?? ''
    const body = EXAMPLES[String(name)]?.response
    response.writeHead(body === null ? 204 : 200, { 'Content-Type': 'application/json' })
    response.end(body === null ? undefined : JSON.stringify(body))
  })
  let url = ''
  before(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    // The cast holds for a server that listens on a port.
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => server.close())

  for (const [name, row] of ROWS) {
    test(`of ${name} reaches the caller with every field`, async () => {
      const client = createPartnerClient({
        ...{ bssUrl: url, iamUrl: url, timeoutSeconds: 15, patience: 'none' },
        key: { kind: 'access-key', accessKey: 'AK', secretKey: 'SK' },
        fetch: (input, init) => {
          const headers = new Headers(init?.headers)
          headers.set('X-Example', name)
          headers.set('Connection', 'close')
          return fetch(input, { ...init, headers })
        },
      })
      const as = { kind: 'key', accessKey: 'AK', secretKey: 'SK' }
      const options = row.caller === 'customer' ? { as } : {}

      const result = await askOf(client, name)(EXAMPLES[name]?.request, options)

      const expected: unknown = row.result.parse(EXAMPLES[name]?.response ?? undefined)
      const told = row.failures === undefined ? result : Reflect.get(Object(result), 'result')
      assert.deepEqual(toPlain(told), toPlain(expected))
    })
  }
})
