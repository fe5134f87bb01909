// Messages in, and at the receiver: over UDP, TCP or TLS. Syslog has no answer: what has left is all that
// can be known.

import { createSocket } from 'node:dgram'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** Where messages go. */
export type SyslogReceiver = {
  readonly protocol: 'udp' | 'tcp' | 'tls'
  readonly host: string
  readonly port: number
}

/** Sends all of them in their order. Throws when they could not be handed over. */
export type SendSyslog = (messages: readonly string[]) => Promise<void>

const TIME_LIMIT_MS = 10_000

/** The way to one receiver; a connection lasts for one call. */
export function createSendSyslog(receiver: SyslogReceiver): SendSyslog {
  return (messages) =>
    receiver.protocol === 'udp' ? sendDatagrams(messages, receiver) : sendStream(messages, receiver)
}

// One message a datagram (RFC 5426 §3.1).
async function sendDatagrams(
  messages: readonly string[],
  { host, port }: SyslogReceiver,
): Promise<void> {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' })
  try {
    for (const message of messages) {
      await new Promise<void>((resolve, reject) => {
        socket.send(message, port, host, (error) => (error === null ? resolve() : reject(error)))
      })
    }
  } finally {
    socket.close()
  }
}

// Octet counting: the length stands before each message (RFC 6587 §3.4.1, RFC 5425 §4.3).
async function sendStream(messages: readonly string[], receiver: SyslogReceiver): Promise<void> {
  const framed = messages.map((message) => `${Buffer.byteLength(message)} ${message}`).join('')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = open(receiver)
  const problem = (text: string) => reject(new Error(`${receiver.host}:${receiver.port} ${text}`))
  let hasLeft = false
  const over = (text: string) => (hasLeft ? resolve() : problem(text))
  socket.setTimeout(TIME_LIMIT_MS, () => over('did not answer in time'))
  socket.on('error', reject)
  socket.on('finish', () => {
    hasLeft = true
  })
  // The receiver closes its side when it has read ours to the end.
  socket.on('close', () => over('closed the connection'))
  // What the receiver says is no part of the protocol, and must be read for its end to be seen.
  socket.resume()
  socket.end(framed)
  try {
    await promise
  } finally {
    socket.destroy()
  }
}

function open({ protocol, host, port }: SyslogReceiver): Socket {
  if (protocol === 'tcp') return connectTcp({ host, port })
  // An address is no name of a server (RFC 6066 §3); the certificate must name it all the same.
  const servername = isIP(host) === 0 ? { servername: host } : {}
  return connectTls({ host, port, ...servername, minVersion: 'TLSv1.2' })
}
