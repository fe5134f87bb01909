// Huawei Cloud for processes that die: a server that does what it is asked and counts it, and what a process
// has of the partner API to reach it.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import type { ActivationDeps } from '../../src/accounts/journey/move.ts'
import { Refusal } from '../../src/base/errors.ts'
import type { Lifetime } from '../support/engines.ts'

type Input = {
  readonly scenario?: string
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
}

/** Starts a Huawei that ends with the test. It would create a second account for whoever asks. */
export async function startHuawei(test: Lifetime): Promise<CountingHuawei> {
  const accounts: CloudAccount[] = []
  const server = createServer((request, response) => {
    void serve(request, response, accounts)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.after(async () => {
    server.closeAllConnections()
    await once(server.close(), 'close')
  })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, accounts }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  accounts: CloudAccount[],
): Promise<void> {
  const input = (await json(request)) as Input
  const isCreate = request.url === '/createCustomer'
  if (isCreate && input.scenario === 'refusing') {
    response.writeHead(400).end('{}')
    return
  }
  const answer = perform(request.url ?? '', input, accounts)
  if (isCreate && input.scenario === 'silent') response.destroy()
  else response.end(JSON.stringify(answer))
}

function perform(call: string, input: Input, accounts: CloudAccount[]): unknown {
  if (call === '/checkIdentity') return { check_result: 'available' }
  if (call === '/queryCustomers') return { customer_infos: search(input, accounts) }
  if (call !== '/createCustomer') return {}
  const { xaccount_id: xAccountId = '', domain_name: name = '' } = input
  const account = { xAccountId, id: `d-${accounts.length + 1}`, name }
  accounts.push(account)
  return { domain_id: account.id, domain_name: account.name }
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

/** The partner API of a process: `around` is told of every call. */
export function partnerAt(
  url: string,
  told: {
    readonly scenario: string | undefined
    readonly around: (work: () => Promise<unknown>) => Promise<unknown>
  },
): ActivationDeps['partner'] {
  const ask = (call: string) => (input: object) =>
    told.around(() => post(`${url}/${call}`, { ...input, scenario: told.scenario }))
  const calls = {
    checkIdentity: ask('checkIdentity'),
    sendVerificationCode: ask('sendVerificationCode'),
    createCustomer: ask('createCustomer'),
    queryCustomers: ask('queryCustomers'),
  }
  return calls as unknown as ActivationDeps['partner'] // The answers hold the fields that are read.
}

async function post(url: string, input: object): Promise<unknown> {
  let answer: Response
  try {
    answer = await fetch(url, { method: 'POST', body: JSON.stringify(input) })
  } catch (cause) {
    throw new Refusal('PARTNER_UNREACHABLE', {}, cause)
  }
  if (!answer.ok) throw new Refusal('PARTNER_NAME_TAKEN', { status: answer.status })
  return answer.json()
}
