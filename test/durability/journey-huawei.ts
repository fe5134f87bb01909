// Huawei Cloud for processes that die: a server of the partner API that does what it is asked and counts it,
// and the product's own client that a process reaches it with.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import type { ActivationDeps } from '../../src/accounts/journey/move.ts'
import { createPartnerClient } from '../../src/partner/client.ts'
import { ACCESS_KEY } from '../partner/fake-huawei.ts'
import type { Lifetime } from '../support/engines.ts'
import type { Scenario } from './journey-points.ts'

type Input = {
  readonly account_name?: string
  readonly xaccount_id?: string
  readonly domain_name?: string
}

/** An account as Huawei has it. */
export type CloudAccount = {
  readonly xAccountId: string
  readonly id: string
  readonly name: string
}

export type CountingHuawei = {
  readonly url: string
  /** Every account that was ever created, a second one for a customer included. */
  readonly accounts: CloudAccount[]
  /** How it takes the creation of an account from now on. */
  readonly play: (scenario: Scenario) => void
}

type World = { readonly accounts: CloudAccount[]; scenario: Scenario; answers: number }

/** Starts a Huawei that ends with the test. It would create a second account for whoever asks. */
export async function startHuawei(test: Lifetime): Promise<CountingHuawei> {
  const world: World = { accounts: [], scenario: 'normal', answers: 0 }
  const server = createServer((request, response) => {
    void serve(request, response, world)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.after(async () => {
    server.closeAllConnections()
    await once(server.close(), 'close')
  })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    accounts: world.accounts,
    play: (scenario) => {
      world.scenario = scenario
    },
  }
}

const CREATE = '/v2/partners/sub-customers'
const SIGNED = `SDK-HMAC-SHA256 Access=${ACCESS_KEY.accessKey},`

type Answer = { readonly status: number; readonly body?: unknown }

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  world: World,
): Promise<void> {
  const input = (await json(request)) as Input
  const isSigned = request.headers.authorization?.startsWith(SIGNED) === true
  const { status, body } = isSigned
    ? perform(`${request.method} ${request.url}`, input, world)
    : refuse(401, 'APIGW.0301')
  if (world.scenario === 'silent' && request.url === CREATE) {
    response.destroy()
    return
  }
  world.answers += 1
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'X-Request-Id': `request-${world.answers}`,
  })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

function refuse(status: number, code: string): Answer {
  return { status, body: { error_code: code, error_msg: 'refused' } }
}

function perform(call: string, input: Input, { accounts, scenario }: World): Answer {
  switch (call) {
    case 'POST /v2/partners/sub-customers/users/check-identity':
      return { status: 200, body: { check_result: 'available' } }
    case 'POST /v2/bases/verificationcode/send':
      return { status: 204 }
    case 'POST /v2/partners/sub-customers/query': {
      const customers = search(input, accounts)
      return { status: 200, body: { count: customers.length, customer_infos: customers } }
    }
    case `POST ${CREATE}`:
      return scenario === 'refusing' ? refuse(400, 'CBC.99000038') : create(input, accounts)
    default:
      return refuse(404, 'APIGW.0101')
  }
}

function create(input: Input, accounts: CloudAccount[]): Answer {
  const { xaccount_id: xAccountId = '', domain_name: name = '' } = input
  const account = { xAccountId, id: `d-${accounts.length + 1}`, name }
  accounts.push(account)
  return { status: 200, body: { domain_id: account.id, domain_name: account.name } }
}

function search({ account_name: name }: Input, accounts: readonly CloudAccount[]) {
  return accounts
    .filter((account) => account.name === name)
    .map(({ id, xAccountId }) => ({
      customer_id: id,
      account_name: name,
      xaccount_id: xAccountId,
      xaccount_type: 'example_IDP',
    }))
}

/** Hands a call on; it may do something before and after. */
export type Around = <T>(work: () => Promise<T>) => Promise<T>

/** What a process has of the partner API: the client that the service has. `around` is told of every call. */
export function partnerAt(
  url: string,
  around: Around = (work) => work(),
): ActivationDeps['partner'] & { readonly close: () => Promise<void> } {
  const client = createPartnerClient({
    bssUrl: url,
    iamUrl: url,
    key: ACCESS_KEY,
    timeoutSeconds: 10,
    patience: 'none',
  })
  const watch =
    <Given extends unknown[], T>(ask: (...given: Given) => Promise<T>) =>
    (...given: Given) =>
      around(() => ask(...given))
  return {
    checkIdentity: watch(client.checkIdentity),
    sendVerificationCode: watch(client.sendVerificationCode),
    createCustomer: watch(client.createCustomer),
    queryCustomers: watch(client.queryCustomers),
    close: client.close,
  }
}
