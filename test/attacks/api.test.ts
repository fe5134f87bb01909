// Attacks on the portal API by somebody who has a key of their own, or none. Each has its twin: the same
// request, unchanged, does what it should. Wrong keys, scopes and bodies are in test/api.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { test } from 'node:test'
import { openPortal } from '../api/client.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { newCustomer } from '../support/steps.ts'

type Answered = { readonly status: number; readonly code: string | undefined }

/** Sends a path as it is written: fetch would tidy it up first. */
async function sendRaw(
  house: House,
  { path, key, method = 'GET', headers = {} }: Sent,
): Promise<Answered> {
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const { hostname, port } = new URL(house.url)
  const sent = request({ hostname, port, path, method, headers: { ...authorization, ...headers } })
  sent.end()
  const [answer] = await once(sent, 'response')
  const body = (await json(answer)) as { error?: { code: string } }
  return { status: answer.statusCode, code: body.error?.code }
}

/** Sends a body as it is written. */
function sendText({ url }: House, key: string, body: string): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return fetch(`${url}/api/v1/customers`, { method: 'POST', headers, body })
}

type Sent = {
  readonly path: string
  readonly key?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

// What they would open, if somebody walked along them, is for a scope that the key does not have.
const WALKS: readonly { title: string; path: string; code: string }[] = [
  { title: 'two dots', path: '/customers/../webhooks', code: 'NOT_FOUND' },
  { title: 'encoded dots', path: '/customers/%2e%2e/webhooks', code: 'NOT_FOUND' },
  { title: 'an encoded slash', path: '/customers/..%2Fwebhooks', code: 'ACCOUNT_NOT_FOUND' },
  { title: 'a slash encoded twice', path: '/customers/..%252Fwebhooks', code: 'ACCOUNT_NOT_FOUND' },
  { title: 'an encoded backslash', path: '/customers/..%5Cwebhooks', code: 'ACCOUNT_NOT_FOUND' },
  { title: 'a zero byte', path: '/customers/C-10001%00', code: 'API_BAD_REQUEST' },
  { title: 'a line break', path: '/customers/C-10001%0A', code: 'API_BAD_REQUEST' },
  { title: 'a broken escape', path: '/customers/%E0%A4%A', code: 'BAD_PARAMETERS' },
]

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  for (const { title, path, code } of WALKS) {
    test(`an account id with ${title} leads to no other operation and to no customer`, async () => {
      const { accountId } = await newCustomer(house())
      const { key } = await openPortal(house(), { scopes: ['customers:read'] })

      const twin = await sendRaw(house(), { path: `/api/v1/customers/${accountId}`, key })
      const answer = await sendRaw(house(), { path: `/api/v1${path}`, key })

      assert.equal(twin.status, 200)
      assert.equal(answer.code, code)
    })
  }

  test('the Idempotency-Key of another portal neither shows its answer nor stops ours', async () => {
    const [victim, thief] = [await openPortal(house()), await openPortal(house())]
    const { accountId } = await newCustomer(house())
    const asked = { params: { accountId }, headers: { 'idempotency-key': 'order-1' } }

    const first = await victim.call('makePasswordLink', asked)
    const again = await victim.call('makePasswordLink', asked)
    const other = await thief.call('makePasswordLink', asked)

    assert.deepEqual(again.body, first.body)
    assert.equal(other.headers.get('idempotency-replayed'), null)
    assert.notEqual(other.body['url'], first.body['url'])
  })

  test('a header that names another method changes nothing', async () => {
    const { key, call } = await openPortal(house())
    const body = { url: 'https://93.184.216.34/hook', kinds: ['bound'] }
    await call('setWebhook', { params: { name: 'kept' }, body })
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }

    const answer = await sendRaw(house(), { path: '/api/v1/webhooks/kept', key, headers })
    const kept = await house().store.webhooks.find('kept')
    const twin = await call('removeWebhook', { params: { name: 'kept' } })

    assert.equal(answer.code, 'METHOD_NOT_ALLOWED')
    assert.notEqual(kept, undefined)
    assert.equal(twin.status, 204)
  })

  test('a key in the address opens nothing: addresses are in logs', async () => {
    const { key } = await openPortal(house())
    const path = '/api/v1/bindings'

    const answers = await Promise.all(
      ['access_token', 'key', 'authorization'].map((name) =>
        sendRaw(house(), { path: `${path}?${name}=${key}` }),
      ),
    )
    const twin = await sendRaw(house(), { path, key })

    assert.deepEqual(
      answers.map(({ code }) => code),
      ['API_KEY_INVALID', 'API_KEY_INVALID', 'API_KEY_INVALID'],
    )
    assert.equal(twin.status, 200)
  })

  test('a body as deep as it is long is refused like any other that does not fit', async () => {
    const { key } = await openPortal(house())
    const half = 40_000

    const answer = await sendText(house(), key, '['.repeat(half) + ']'.repeat(half))

    assert.equal(answer.status, 400)
  })

  test('a body that is no JSON does not get into the log', async () => {
    const { key } = await openPortal(house())

    const answer = await sendText(house(), key, '{"code":a482911}')

    const lines = house()
      .log()
      .map((line) => JSON.stringify(line))
    assert.equal(answer.status, 400)
    assert.deepEqual(
      lines.filter((line) => line.includes('482911')),
      [],
    )
  })
})
