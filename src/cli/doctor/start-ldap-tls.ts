// A connection to an LDAP server in; the same, about to speak TLS, out (StartTLS, RFC 4511 §4.14).

import { once } from 'node:events'
import type { Socket } from 'node:net'

// ExtendedRequest 1 for the OID 1.3.6.1.4.1.1466.20037: it is always these bytes.
const REQUEST = Buffer.concat([
  Buffer.from('301d02010177188016', 'hex'),
  Buffer.from('1.3.6.1.4.1.1466.20037', 'ascii'),
])

// ENUMERATED, one byte, success: the first part of an ExtendedResponse (RFC 4511 §4.1.9).
const SUCCESS = Buffer.from('0a0100', 'hex')

/** Asks for TLS. Throws an error with the code `ESTARTTLS` when the server does not want to. */
export async function startLdapTls(socket: Socket, signal: AbortSignal): Promise<void> {
  socket.write(REQUEST)
  const [answer] = (await once(socket, 'data', { signal })) as [Buffer]
  socket.pause()
  const isExtendedResponse = answer[0] === 0x30 && answer.includes(0x78)
  if (isExtendedResponse && answer.includes(SUCCESS)) return
  throw Object.assign(new Error('the server refuses StartTLS'), { code: 'ESTARTTLS' })
}
