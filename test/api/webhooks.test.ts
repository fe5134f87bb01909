// Webhooks: where they may go, how they are signed, and what happens while the portal does not answer.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { createTellCertificateDue } from '../../src/api/certificate-due.ts'
import { createDeliver, RETRY_MINUTES } from '../../src/api/deliver.ts'
import { WebhookEvent } from '../../src/api/schemas.ts'
import { checkAddresses, checkWebhookUrl } from '../../src/api/webhook-address.ts'
import { type Post, postTo, type WebhookNetwork } from '../../src/api/webhook-network.ts'
import { signWebhook, webhookSecret } from '../../src/api/webhook-signature.ts'
import { addDays, addMinutes } from '../../src/base/clock.ts'
import { Refusal } from '../../src/base/errors.ts'
import { createLog } from '../../src/base/log.ts'
import { type AccountEvent, eventBody, eventId } from '../../src/base/portal-event.ts'
import type { Address } from '../../src/base/public-address.ts'
import { systemRandom } from '../../src/base/random.ts'
import type { Store } from '../../src/store/store.ts'
import { listen } from '../../src/web/listen.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'
import { readWebhook } from './sample.ts'

const STRICT = { allowsPrivateAddresses: false, allowsHttp: false }
const PUBLIC: Address = { address: '93.184.216.34', family: 4 }

// Standard Webhooks' own example: its specification prints secret, message and signature.
test('a signature is the one that the standard’s example has', () => {
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: '{"test": 2432232314}',
  }

  const headers = signWebhook(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])

  assert.equal(headers['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('each generation of each webhook has a secret of its own, which never changes', () => {
  const one = webhookSecret('key', { id: 'a', generation: 1 })

  const others = [
    webhookSecret('key', { id: 'a', generation: 2 }),
    webhookSecret('key', { id: 'b', generation: 1 }),
    webhookSecret('other', { id: 'a', generation: 1 }),
  ]

  assert.match(one, /^whsec_[A-Za-z0-9+/]{43}=$/)
  assert.equal(webhookSecret('key', { id: 'a', generation: 1 }), one)
  assert.equal(new Set([one, ...others]).size, 4)
})

const REFUSED_URLS = [
  ['http', 'http://portal.example/'],
  ['another scheme', 'ftp://portal.example/'],
  ['a user', 'https://me@portal.example/'],
  ['a fragment', 'https://portal.example/#x'],
  ['this machine', 'https://localhost/'],
  ['a name that means this machine', 'https://x.localhost/'],
  ['a loopback address', 'https://127.0.0.1/'],
  ['the same, written as a number', 'https://2130706433/'],
  ['a private address', 'https://10.1.2.3/'],
  ['a private address of IPv6', 'https://[fd00::1]/'],
  ['where a cloud server keeps its secrets', 'https://169.254.169.254/latest'],
  ['an IPv4 address inside IPv6', 'https://[::ffff:10.0.0.1]/'],
] as const

for (const [what, url] of REFUSED_URLS) {
  test(`a webhook does not go to ${what}`, () => {
    assert.equal(checkWebhookUrl('https://portal.example/hook?x=1', STRICT).pathname, '/hook')

    assert.throws(
      () => checkWebhookUrl(url, STRICT),
      (error) => error instanceof Refusal && error.code === 'WEBHOOK_BAD_URL',
    )
  })
}

test('private networks may be allowed; the address of cloud secrets never is', () => {
  const rule = { ...STRICT, allowsPrivateAddresses: true }
  const link: Address = { address: '169.254.169.254', family: 4 }

  checkAddresses([{ address: '10.0.0.1', family: 4 }], rule)

  assert.throws(() => checkAddresses([PUBLIC, link], rule), Refusal)
})

test('a redirect is not followed, and what the portal answers is not read', async (t) => {
  const paths: string[] = []
  const server = createServer((request, response) => {
    paths.push(request.url ?? '')
    response.writeHead(302, { location: '/elsewhere' }).write('x'.repeat(1000))
  })
  const front = await listen((request, response) => server.emit('request', request, response), {
    host: '127.0.0.1',
    port: 0,
  })
  t.after(() => front.drain(1))

  const status = await postTo({
    url: new URL(`http://portal.invalid:${front.port}/hook`),
    address: { address: '127.0.0.1', family: 4 },
    headers: {},
    body: '{}',
    signal: AbortSignal.timeout(5000),
  })

  assert.equal(status, 302)
  assert.deepEqual(paths, ['/hook'])
})

type World = Awaited<ReturnType<typeof startWorld>>

// A sender over a store, a clock that tests move, and a portal that answers what it is told to.
async function startWorld(store: Store) {
  const state = { now: NOW, status: 204, posts: [] as Post[], addresses: [PUBLIC] }
  const network: WebhookNetwork = {
    lookup: async () => state.addresses,
    post: async (post) => {
      state.posts.push(post)
      return state.status
    },
    deadline: () => new AbortController().signal,
  }
  const clock = { now: () => state.now }
  const deps = { store, clock, random: systemRandom, log: createLog('silent') }
  const webhookKey = 'key-of-the-tests'
  const deliver = createDeliver({ ...deps, network, webhookKey, webhookRule: STRICT })
  const tellDue = createTellCertificateDue({ ...deps, nudge: () => undefined })
  let told = 0
  const notify = async (event: AccountEvent) => {
    told += 1
    const { now } = state
    await store.deliveries.enqueue({
      eventId: eventId(['test', told]),
      kind: event.kind,
      body: eventBody(event, now),
      now,
      expiresAt: addDays(now, 30),
    })
  }
  const { webhook } = await store.webhooks.set({
    name: 'main',
    id: 'id-of-main',
    url: 'https://portal.example/hook',
    kinds: ['bound', 'certificate-due'],
    createdAt: NOW,
  })
  return { state, deliver, notify, tellDue, secret: webhookSecret(webhookKey, webhook), webhookKey }
}

const BOUND = { kind: 'bound', accountId: 'C-1', domainId: 'd-1' } as const

function readLast({ state, secret }: World) {
  const { headers, body } = state.posts.at(-1) ?? { headers: {}, body: '' }
  return readWebhook({ headers, body, secret, now: state.now.getTime() })
}

forEachEngine((engine) => {
  test('an event arrives once, signed, and says no name', async (t) => {
    const world = await startWorld(await freshStore(t, engine))

    await world.notify(BOUND)
    await Promise.all([world.deliver.run(), world.deliver.run()])
    await world.deliver.run()

    assert.equal(world.state.posts.length, 1)
    const { id, ...event } = readLast(world)
    assert.match(id, /^evt_/)
    assert.deepEqual(WebhookEvent.parse(event), {
      type: 'bound',
      timestamp: NOW.toISOString(),
      data: { accountId: 'C-1', domainId: 'd-1' },
    })
  })

  test('a message that was changed, or is sent again later, is not believed', async (t) => {
    const world = await startWorld(await freshStore(t, engine))
    await world.notify(BOUND)
    await world.deliver.run()
    const [post] = world.state.posts
    assert.ok(post !== undefined)
    const { headers, body } = post
    const { secret } = world
    const now = NOW.getTime()

    const genuine = readWebhook({ headers, body, secret, now })

    assert.equal(genuine.type, 'bound')
    const changed = body.replace('C-1', 'C-2')
    assert.throws(() => readWebhook({ headers, body: changed, secret, now }), /signature/)
    assert.throws(() => readWebhook({ headers, body, secret, now: now + 301_000 }), /too old/)
    const renamed = { ...headers, 'webhook-id': 'evt_other' }
    assert.throws(() => readWebhook({ headers: renamed, body, secret, now }), /signature/)
  })

  test('while a secret is changed both are good; a day later only the new one', async (t) => {
    const store = await freshStore(t, engine)
    const world = await startWorld(store)
    const rotated = await store.webhooks.rotate('main', addDays(NOW, 1))
    assert.ok(rotated !== undefined)
    const newSecret = webhookSecret(world.webhookKey, rotated)

    await world.notify(BOUND)
    await world.deliver.run()
    const both = [readLast(world), readLast({ ...world, secret: newSecret })]
    world.state.now = addDays(NOW, 1)
    await world.notify(BOUND)
    await world.deliver.run()

    assert.deepEqual(
      both.map(({ type }) => type),
      ['bound', 'bound'],
    )
    assert.equal(readLast({ ...world, secret: newSecret }).type, 'bound')
    assert.throws(() => readLast(world), /signature/)
  })

  test('while the portal fails it is tried again for three days, then no more', async (t) => {
    const store = await freshStore(t, engine)
    const world = await startWorld(store)
    world.state.status = 500
    await world.notify(BOUND)

    await world.deliver.run()
    for (const minutes of RETRY_MINUTES) {
      world.state.now = addMinutes(world.state.now, minutes - 0.5)
      await world.deliver.run()
      world.state.now = addMinutes(world.state.now, 0.5)
      await world.deliver.run()
    }
    world.state.now = addDays(world.state.now, 1)
    await world.deliver.run()

    assert.equal(world.state.posts.length, 1 + RETRY_MINUTES.length)
    const hours = RETRY_MINUTES.reduce((sum, minutes) => sum + minutes, 0) / 60
    assert.ok(hours > 70 && hours <= 72)
    const ids = world.state.posts.map(({ headers }) => headers['webhook-id'])
    assert.equal(new Set(ids).size, 1, 'every attempt carries the same id')
    assert.deepEqual(await store.deliveries.count('main'), { waiting: 0, dead: 1 })
    const { problem, failingSince } = (await store.webhooks.find('main')) ?? {}
    assert.deepEqual([problem, failingSince], ['status 500', NOW])
  })

  test('a portal that comes back gets what waited, and is fine again', async (t) => {
    const store = await freshStore(t, engine)
    const world = await startWorld(store)
    world.state.status = 503
    await world.notify(BOUND)
    await world.deliver.run()
    world.state.status = 200
    world.state.now = addMinutes(NOW, 1)

    await world.deliver.run()

    assert.equal(readLast(world).type, 'bound')
    assert.equal((await store.webhooks.find('main'))?.failingSince, undefined)
  })

  test('a portal that says it is gone is sent nothing more', async (t) => {
    const store = await freshStore(t, engine)
    const world = await startWorld(store)
    world.state.status = 410

    await world.notify(BOUND)
    await world.deliver.run()
    await world.notify(BOUND)
    await world.deliver.run()

    assert.equal(world.state.posts.length, 1)
    assert.deepEqual((await store.webhooks.find('main'))?.endedAt, NOW)
  })

  test('a name that comes to lead into our network is not followed there', async (t) => {
    const store = await freshStore(t, engine)
    const world = await startWorld(store)
    world.state.addresses = [PUBLIC, { address: '10.0.0.7', family: 4 }]

    await world.notify(BOUND)
    await world.deliver.run()

    assert.deepEqual(world.state.posts, [])
    assert.match((await store.webhooks.find('main'))?.problem ?? '', /public address/)
  })

  test('a certificate that ends is told once for each step that it comes nearer', async (t) => {
    const store = await freshStore(t, engine)
    const world = await startWorld(store)
    const endsAt = addDays(NOW, 59)
    const due = { certificate: 'ours active', endsAt }

    for (const days of [0, 1, 28, 30, 51, 53, 58, 60, 89, 100]) {
      world.state.now = addDays(NOW, days)
      await store.sweep(world.state.now)
      await world.tellDue(due)
      await world.tellDue(due)
      await world.deliver.run()
    }

    // At 59, 29, 6 and -1 days before the end.
    assert.equal(world.state.posts.length, 4)
    const { type, data } = readLast({ ...world, state: { ...world.state, now: addDays(NOW, 60) } })
    assert.deepEqual([type, data['endsAt']], ['certificate-due', endsAt.toISOString()])
  })
})
