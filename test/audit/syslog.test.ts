// The record as syslog: what a message looks like, and that every event arrives at a real receiver, after a
// failure and in two processes too.

import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { test } from 'node:test'
import { createSendSyslog } from '../../src/audit/send-syslog.ts'
import { createShip } from '../../src/audit/ship.ts'
import { formatSyslog, MOST_BYTES } from '../../src/audit/syslog.ts'
import type { AuditRecord } from '../../src/store/audit-records.ts'
import { forEachEngine, type Lifetime, twoStores } from '../support/engines.ts'
import { countingRandom, NOW } from '../support/fixed.ts'

function record(changes: Partial<AuditRecord> = {}): AuditRecord {
  return {
    sequence: 7,
    at: NOW,
    action: 'user.disabled',
    actor: { kind: 'operator', id: 'olivia' },
    subject: 'c-100',
    address: '192.0.2.1',
    reference: undefined,
    before: undefined,
    after: { enabled: false },
    ...changes,
  }
}

test('a message is a line of RFC 5424 whose text is the event as JSON', () => {
  const message = formatSyslog(record(), 'sso.partner.example')

  const head = `<110>1 ${NOW.toISOString()} sso.partner.example partner-idp - user.disabled [origin software="huaweicloud-partner-idp"][meta sequenceId="7"] `
  assert.ok(message.startsWith(head), message)
  assert.deepEqual(JSON.parse(message.slice(head.length)), {
    sequence: 7,
    at: NOW.toISOString(),
    action: 'user.disabled',
    actor: { kind: 'operator', id: 'olivia' },
    subject: 'c-100',
    address: '192.0.2.1',
    reference: null,
    before: null,
    after: { enabled: false },
  })
})

test('a refused sign-in has the severity of a notice', () => {
  assert.ok(formatSyslog(record({ action: 'session.refused' }), 'host').startsWith('<109>1 '))
})

test('nothing in an event can end a line, forge another message or move a cursor', () => {
  const evil = 'c\r\n<110>1 forged\u001b[2J\u202e] "é漢'
  const message = formatSyslog(record({ subject: evil, after: { name: evil } }), 'ho st\n')

  assert.match(message, /^[\x20-\x7e]+$/)
  assert.ok(message.includes(' ho?st? partner-idp '))
  const json: unknown = JSON.parse(message.slice(message.indexOf(' {')))
  assert.equal((json as { subject: string }).subject, evil)
})

test('a message that would be too long goes without its facts and says so', () => {
  const after = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`f${at}`, '漢'.repeat(500)]),
  )
  const long = {
    after,
    subject: '漢'.repeat(500),
    actor: { kind: 'portal', id: '漢'.repeat(500) },
  } as const

  const message = formatSyslog(record(long), 'h'.repeat(300))

  assert.ok(message.length <= MOST_BYTES, String(message.length))
  assert.match(message, /"shortened":true/)
})

/** A receiver over TCP that gathers what octet counting frames. */
async function startReceiver(lifetime: Lifetime): Promise<{
  readonly port: number
  readonly received: () => readonly string[]
  readonly raw: () => string
  readonly server: Server
}> {
  let text = ''
  const server = createServer((socket) => {
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  lifetime.after(async () => void server.close())
  const received = () => {
    const messages: string[] = []
    for (let rest = text; rest !== ''; ) {
      const [, digits = ''] = /^(\d+) /.exec(rest) ?? assert.fail(`no length in ${rest}`)
      const start = digits.length + 1
      messages.push(rest.slice(start, start + Number(digits)))
      rest = rest.slice(start + Number(digits))
    }
    return messages
  }
  return { port: (server.address() as AddressInfo).port, received, raw: () => text, server }
}

test('over TCP each message has its length before it', async (t) => {
  const receiver = await startReceiver(t)
  const send = createSendSyslog({ protocol: 'tcp', host: '127.0.0.1', port: receiver.port })

  await send(['<110>1 one', '<110>1 two {"a":"é"}'])

  assert.deepEqual(receiver.received(), ['<110>1 one', '<110>1 two {"a":"é"}'])
})

test('over UDP each message is a datagram', async (t) => {
  const socket = createSocket('udp4')
  const got: string[] = []
  socket.on('message', (message) => got.push(message.toString()))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.after(() => socket.close())
  const arrived = once(socket, 'message')

  await createSendSyslog({ protocol: 'udp', host: '127.0.0.1', port: socket.address().port })([
    'one',
  ])
  await arrived

  assert.deepEqual(got, ['one'])
})

test('a receiver that is not there, or is no TLS server, is a failure', async (t) => {
  const receiver = await startReceiver(t)
  receiver.server.on('connection', (socket) => socket.end('no TLS here'))
  const noTls = createSendSyslog({ protocol: 'tls', host: '127.0.0.1', port: receiver.port })
  await assert.rejects(noTls(['<110>1 secret']))
  receiver.server.close()
  await once(receiver.server, 'close')

  const gone = createSendSyslog({ protocol: 'tcp', host: '127.0.0.1', port: receiver.port })

  await assert.rejects(gone(['one']))
  assert.equal(receiver.raw().includes('secret'), false)
})

forEachEngine((engine) => {
  test('every event is sent in order, and again where it is not certain that it was', async (t) => {
    const [store, other] = await twoStores(t, engine)
    for (let turn = 0; turn < 450; turn += 1) {
      await store.audit.append(
        { action: 'user.changed', actor: { kind: 'job', id: 'j' }, subject: `c-${turn}` },
        NOW,
      )
    }
    const sent: string[] = []
    let left = 2
    const send = async (messages: readonly string[]) => {
      if (left === 0) throw new Error('the receiver is away')
      left -= 1
      sent.push(...messages)
    }
    let now = NOW
    const random = countingRandom()
    const deps = { clock: { now: () => now }, random, send, hostname: 'host' }
    const first = createShip({ ...deps, audit: store.audit })
    const second = createShip({ ...deps, audit: other.audit })

    await assert.rejects(first(), /away/)
    left = 10
    await second()
    const whileLeased = sent.length
    now = new Date(NOW.getTime() + 121_000)
    await second()
    await first()

    assert.equal(whileLeased, 400, 'the lease of the first was still running')
    const subjects = sent.map((message) => /"subject":"(c-\d+)"/.exec(message)?.[1])
    assert.deepEqual(
      subjects,
      Array.from({ length: 450 }, (_, turn) => `c-${turn}`),
    )
  })
})
