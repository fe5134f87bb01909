// Fetching metadata: the good answer arrives word for word, and nothing a server does harms us.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type TestContext, test } from 'node:test'
import type { Address } from '../../src/base/public-address.ts'
import { fetchMetadata, type Wanted } from '../../src/metadata/fetch-metadata.ts'
import { type Network, systemNetwork } from '../../src/metadata/network.ts'
import { listen } from '../../src/web/listen.ts'
import { type FakeNetwork, fakeNetwork, type Page, PUBLIC } from '../support/fake-network.ts'
import { certificateOf, keyPair } from '../support/fixed.ts'

const URL = 'https://auth.cloud.example/metadata.xml'
const ELSEWHERE = 'https://next.cloud.example/metadata.xml'
const LOOPBACK: Address = { address: '127.0.0.1', family: 4 }

function wanted(changes: Partial<Wanted> = {}): Wanted {
  return {
    url: URL,
    allowsPrivateAddress: false,
    etag: undefined,
    lastModified: undefined,
    ...changes,
  }
}

test('a document arrives word for word, with what to ask by the next time', async () => {
  const network = fakeNetwork()
  const headers = { etag: '"7"', 'last-modified': 'Thu, 15 Jan 2026 10:00:00 GMT' }
  network.serve(URL, { headers, body: '\uFEFF<md>ü</md>\n' })

  const fetched = await fetchMetadata(wanted(), network)

  const lastModified = headers['last-modified']
  assert.deepEqual(fetched, {
    kind: 'document',
    xml: '\uFEFF<md>ü</md>\n',
    etag: '"7"',
    lastModified,
  })
  assert.deepEqual(
    network.hops.map(({ address }) => address),
    [PUBLIC],
  )
  assert.equal(network.open(), 0)
})

test('a copy that is here is named to the site, which may say that nothing changed', async () => {
  const network = fakeNetwork()
  network.serve(URL, { status: 304 })

  const fetched = await fetchMetadata(wanted({ etag: '"7"', lastModified: 'yesterday' }), network)

  assert.deepEqual(fetched, { kind: 'same' })
  const [hop] = network.hops
  assert.equal(hop?.headers['if-none-match'], '"7"')
  assert.equal(hop?.headers['if-modified-since'], 'yesterday')
})

test('three redirects are followed, each to an address that was checked [S15]', async () => {
  const network = fakeNetwork()
  network.serve(URL, { status: 302, headers: { location: '/1' } })
  network.serve('https://auth.cloud.example/1', { status: 308, headers: { location: ELSEWHERE } })
  network.serve(ELSEWHERE, { status: 301, headers: { location: '/2' } })
  network.serve('https://next.cloud.example/2', { body: '<md/>' })

  const fetched = await fetchMetadata(wanted(), network)

  assert.equal(fetched.kind, 'document')
  assert.equal(network.hops.length, 4)
  assert.equal(network.open(), 0)
})

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield Buffer.alloc(64 * 1024, 'a')
}

async function* never(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('<md')
  await new Promise((_resolve, reject) => {
    AbortSignal.timeout(20).addEventListener('abort', () => {
      reject(new DOMException('slow', 'TimeoutError'))
    })
  })
}

type Attack = {
  readonly id: string
  readonly title: string
  readonly hosts?: Readonly<Record<string, readonly Address[]>>
  readonly page: Page
  readonly asked?: Partial<Wanted>
  readonly problem: RegExp
  /** Requests that may leave before it is noticed. */
  readonly hops: number
}

const at = (...addresses: readonly string[]): Readonly<Record<string, readonly Address[]>> => ({
  'auth.cloud.example': addresses.map((address) => ({
    address,
    family: address.includes(':') ? 6 : 4,
  })),
})
const redirect = (location: string): Page => ({ status: 302, headers: { location } })
const GOOD: Page = { body: '<md/>' }

const ATTACKS: readonly Attack[] = [
  {
    id: 'MF-001',
    title: 'a name that leads to a private network',
    hosts: at('10.0.0.1'),
    page: GOOD,
    problem: /private/,
    hops: 0,
  },
  {
    id: 'MF-002',
    title: 'a name that leads to this machine',
    hosts: at('127.0.0.1'),
    page: GOOD,
    problem: /private/,
    hops: 0,
  },
  {
    id: 'MF-003',
    title: "a name that leads to a cloud's own metadata",
    hosts: at('169.254.169.254'),
    page: GOOD,
    asked: { allowsPrivateAddress: true },
    problem: /never fetched from/,
    hops: 0,
  },
  {
    id: 'MF-004',
    title: 'a name with one private address among public ones',
    hosts: at('93.184.216.34', '192.168.1.1'),
    page: GOOD,
    problem: /private/,
    hops: 0,
  },
  {
    id: 'MF-005',
    title: 'a name that leads to IPv6 link-local',
    hosts: at('fe80::1'),
    page: GOOD,
    problem: /never fetched from/,
    hops: 0,
  },
  {
    id: 'MF-006',
    title: 'a redirect to a private network',
    hosts: { 'inside.example': [{ address: '10.0.0.1', family: 4 }] },
    page: redirect('https://inside.example/'),
    problem: /private/,
    hops: 1,
  },
  {
    id: 'MF-007',
    title: 'a redirect to clear text',
    page: redirect('http://next.cloud.example/'),
    problem: /no https address/,
    hops: 1,
  },
  {
    id: 'MF-008',
    title: 'a redirect to a file',
    page: redirect('file:///etc/passwd'),
    problem: /no https address/,
    hops: 1,
  },
  {
    id: 'MF-009',
    title: 'a redirect without an address',
    page: { status: 302 },
    problem: /no https address/,
    hops: 1,
  },
  {
    id: 'MF-010',
    title: 'a redirect in a circle',
    page: redirect(URL),
    problem: /more than 3 redirects/,
    hops: 4,
  },
  {
    id: 'MF-011',
    title: 'a redirect with a user in it',
    page: redirect('https://user:pass@next.cloud.example/'),
    problem: /a user in the URL/,
    hops: 1,
  },
  {
    id: 'MF-012',
    title: 'clear text',
    page: GOOD,
    asked: { url: 'http://auth.cloud.example/' },
    problem: /http, which is for private/,
    hops: 0,
  },
  {
    id: 'MF-013',
    title: 'clear text to a public address where private ones are allowed',
    page: GOOD,
    asked: { url: 'http://auth.cloud.example/', allowsPrivateAddress: true },
    problem: /http, which is for private/,
    hops: 0,
  },
  {
    id: 'MF-014',
    title: 'an answer without end',
    page: { body: endless() },
    problem: /more than 2097152 bytes/,
    hops: 1,
  },
  {
    id: 'MF-015',
    title: 'one byte too many',
    page: { body: 'a'.repeat(2_097_153) },
    problem: /more than 2097152 bytes/,
    hops: 1,
  },
  {
    id: 'MF-016',
    title: 'an answer that never ends its sentence',
    page: { body: never() },
    problem: /it took too long/,
    hops: 1,
  },
  {
    id: 'MF-017',
    title: 'a compressed answer',
    page: { headers: { 'content-encoding': 'gzip' }, body: 'x' },
    problem: /compressed/,
    hops: 1,
  },
  {
    id: 'MF-018',
    title: 'bytes that are no UTF-8',
    page: { body: Uint8Array.of(0x3c, 0xff) },
    problem: /no UTF-8/,
    hops: 1,
  },
  {
    id: 'MF-019',
    title: 'an error',
    page: { status: 500, body: '<md/>' },
    problem: /status 500/,
    hops: 1,
  },
  {
    id: 'MF-020',
    title: '"not modified" when nothing is here',
    page: { status: 304 },
    problem: /status 304/,
    hops: 1,
  },
  {
    id: 'MF-021',
    title: 'a name without an address',
    hosts: at(),
    page: GOOD,
    problem: /no address/,
    hops: 0,
  },
]

function networkOf({ hosts = {}, page, asked }: Attack): FakeNetwork {
  const network = fakeNetwork(hosts)
  network.serve(asked?.url ?? URL, page)
  return network
}

for (const attack of ATTACKS) {
  test(`${attack.id} ${attack.title} is refused`, async () => {
    const network = networkOf(attack)
    const twin = fakeNetwork()
    twin.serve(URL, GOOD)

    const accepted = await fetchMetadata(wanted(), twin)
    const refused = fetchMetadata(wanted(attack.asked), network)

    assert.equal(accepted.kind, 'document', 'the twin must pass, or this proves nothing')
    await assert.rejects(refused, (error: { code?: string; facts?: { problem?: string } }) => {
      assert.equal(error.code, 'METADATA_UNREACHABLE')
      assert.match(error.facts?.problem ?? '', attack.problem)
      return true
    })
    assert.deepEqual([network.hops.length, network.open()], [attack.hops, 0])
  })
}

async function startSite(t: TestContext, serve: RequestListener): Promise<number> {
  const site = await listen(serve, { host: '127.0.0.1', port: 0 })
  t.after(() => site.drain(0))
  return site.port
}

/** The machine's own network, but names lead where the test says. */
function networkAt(lookup: Network['lookup'], timeLimitMs = 5000): Network {
  return { ...systemNetwork, lookup, deadline: () => AbortSignal.timeout(timeLimitMs) }
}

test('the connection goes to the address that was checked, however the name changes', async (t) => {
  const port = await startSite(t, ({ headers }, response) =>
    response.end(`<to>${headers.host}</to>`),
  )
  let lookups = 0
  const network = networkAt(async () => {
    lookups += 1
    return [lookups === 1 ? LOOPBACK : { address: '10.255.255.1', family: 4 }]
  })
  const url = `http://rebound.example:${port}/`

  const fetched = await fetchMetadata(wanted({ url, allowsPrivateAddress: true }), network)

  assert.ok(fetched.kind === 'document')
  assert.equal(fetched.xml, `<to>rebound.example:${port}</to>`)
  assert.equal(lookups, 1)
})

test('an address in the URL itself is checked like a name', async (t) => {
  let requests = 0
  const port = await startSite(t, (_request, response) => {
    requests += 1
    response.end('<md/>')
  })
  const urls = [`http://127.0.0.1:${port}/`, `https://127.0.0.1:${port}/`, `https://[::1]:${port}/`]

  for (const url of urls) {
    await assert.rejects(fetchMetadata(wanted({ url }), networkAt(systemNetwork.lookup)), {
      code: 'METADATA_UNREACHABLE',
    })
  }

  assert.equal(requests, 0)
})

test('a server that cannot prove its name by TLS is not asked', async (t) => {
  let requests = 0
  const key = keyPair('site').privateKey.export({ format: 'pem', type: 'pkcs8' })
  const cert = (await certificateOf('site')).toString()
  const server = createTlsServer({ key, cert }, (_request, response) => {
    requests += 1
    response.end('<md/>')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const url = `https://auth.cloud.example:${port}/`
  const network = networkAt(async () => [LOOPBACK])

  const fetched = fetchMetadata(wanted({ url, allowsPrivateAddress: true }), network)

  const problem = 'DEPTH_ZERO_SELF_SIGNED_CERT'
  await assert.rejects(fetched, { code: 'METADATA_UNREACHABLE', facts: { url, problem } })
  assert.equal(requests, 0)
})

test('a server that accepts and says nothing is given up in time', async (t) => {
  const port = await startSite(t, () => undefined)
  const url = `http://slow.example:${port}/`
  const network = networkAt(async () => [LOOPBACK], 50)

  await assert.rejects(fetchMetadata(wanted({ url, allowsPrivateAddress: true }), network), {
    code: 'METADATA_UNREACHABLE',
    facts: { url, problem: 'it took too long' },
  })
})

test('a resolver that says nothing is given up in time', async () => {
  const network = networkAt(() => new Promise(() => undefined), 50)

  // Something must keep the process alive: a signal alone does not.
  const alive = createServer().listen(0)
  await assert.rejects(fetchMetadata(wanted(), network), { code: 'METADATA_UNREACHABLE' })
  alive.close()
})
