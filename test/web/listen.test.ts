// What one client can take of the listener: too much, too slowly, too many at once. Raw sockets, because no
// HTTP client would behave like this.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { LIMITS, type Limits, listen } from '../../src/web/listen.ts'
import type { Lifetime } from '../support/engines.ts'

/** The limits of the product, with the times of a hurried test. */
const HURRIED: Limits = { ...LIMITS, headersMs: 200, requestMs: 400, checkMs: 50 }

const readAll: RequestListener = (request, response) => {
  request.resume()
  request.on('end', () => response.end('read'))
}

async function startListener(test: Lifetime, limits: Limits): Promise<number> {
  const { port, drain } = await listen(readAll, { host: '127.0.0.1', port: 0 }, limits)
  test.after(() => drain(0))
  return port
}

function open(test: Lifetime, port: number): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  test.after(async () => void socket.destroy())
  return socket
}

/** What the listener sends until it hangs up. */
async function untilHungUp(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}

const HEAD = 'POST /bind HTTP/1.1\r\nHost: localhost\r\n'

const HANGS_UP: readonly { title: string; sends: string; status: string }[] = [
  {
    title: 'headers that never end',
    sends: `${HEAD}X-Slow: `,
    status: '408 Request Timeout',
  },
  {
    title: 'a body that never ends',
    sends: `${HEAD}Content-Length: 100\r\n\r\nSAMLResponse=`,
    status: '408 Request Timeout',
  },
  {
    title: 'more than 32 kB of headers',
    sends: `${HEAD}X-Flood: ${'a'.repeat(LIMITS.headerBytes)}\r\n\r\n`,
    status: '431 Request Header Fields Too Large',
  },
  {
    title: 'many small headers that come to more than 32 kB',
    sends: `${HEAD}${'X-Flood: aaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(1024)}\r\n`,
    status: '431 Request Header Fields Too Large',
  },
  {
    title: 'two lengths of one body, as smugglers send',
    sends: `${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    status: '400 Bad Request',
  },
  {
    title: 'a header with a space before its colon, as smugglers send',
    sends: `${HEAD}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    status: '400 Bad Request',
  },
]

for (const { title, sends, status } of HANGS_UP) {
  test(`${title}: the client is hung up on`, { timeout: 10_000 }, async (t) => {
    const socket = open(t, await startListener(t, HURRIED))
    socket.write(sends)

    const answer = await untilHungUp(socket)

    assert.ok(answer.startsWith(`HTTP/1.1 ${status}\r\n`), answer)
  })
}

test('a client that dribbles is hung up on while others are answered', {
  timeout: 10_000,
}, async (t) => {
  const port = await startListener(t, HURRIED)
  const slow = open(t, port)
  slow.write(HEAD)
  const dribble = setInterval(() => slow.write('X-Slow: a\r\n'), 50)
  t.after(() => clearInterval(dribble))

  const answer = await fetch(`http://127.0.0.1:${port}/`)
  const ending = await untilHungUp(slow)

  assert.equal(await answer.text(), 'read')
  assert.ok(ending.startsWith('HTTP/1.1 408 '), ending)
})

test('a connection on which nothing more comes is hung up on', { timeout: 10_000 }, async (t) => {
  const socket = open(t, await startListener(t, { ...LIMITS, idleMs: 100 }))
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')

  const answer = await untilHungUp(socket)

  assert.ok(answer.startsWith('HTTP/1.1 200 OK\r\n'), answer)
})

test('a connection carries no more requests than it may', async (t) => {
  const socket = open(t, await startListener(t, { ...LIMITS, requestsPerConnection: 2 }))
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(3))

  const answers = await untilHungUp(socket)

  const statuses = answers.match(/HTTP\/1\.1 \d+/g)
  assert.deepEqual(statuses?.slice(0, 2), ['HTTP/1.1 200', 'HTTP/1.1 200'])
  assert.ok(!statuses?.slice(2).includes('HTTP/1.1 200'), answers)
})

test('a connection more than there may be is hung up on, and one less makes room', async (t) => {
  const port = await startListener(t, { ...LIMITS, connections: 2 })
  const first = open(t, port)
  const second = open(t, port)
  await Promise.all([once(first, 'connect'), once(second, 'connect')])

  const refused = await untilHungUp(open(t, port))
  first.end()
  await once(first, 'close')
  const third = open(t, port)
  third.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  const answer = await untilHungUp(third)

  assert.equal(refused, '')
  assert.ok(answer.startsWith('HTTP/1.1 200 OK\r\n'), answer)
})
