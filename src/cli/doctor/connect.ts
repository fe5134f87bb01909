// An address in, what a connection to it shows out: where its name leads and, for https, what TLS agreed on.
// Nothing is sent.

import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'

/** What TLS agreed on, and the certificate of the other side. */
export type TlsFacts = {
  /** Such as `TLSv1.3`. */
  readonly version: string
  readonly cipher: string
  /** Name of the certificate's issuer. */
  readonly issuer: string
  readonly endsAt: Date
  /** Why the certificate is not trusted; `undefined` when it is. */
  readonly problem: string | undefined
}

export type Connected = { readonly address: string; readonly tls: TlsFacts | undefined }

/** Connects and lets go. Throws the system's error, whose `code` tells DNS, TCP and TLS apart. */
export type Connect = (url: URL, signal: AbortSignal) => Promise<Connected>

/** The machine's own. */
export const systemConnect: Connect = async (url, signal) => {
  const isTls = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const place = { host, port: Number(url.port || (isTls ? 443 : 80)) }
  // A certificate that is not trusted is to be shown, not only refused. No data follows.
  const tls = { ...place, ...nameOf(host), rejectUnauthorized: false }
  const socket = isTls ? connectTls(tls) : connectTcp(place)
  try {
    await once(socket, isTls ? 'secureConnect' : 'connect', { signal })
    return { address: socket.remoteAddress ?? host, tls: isTls ? readTls(socket) : undefined }
  } finally {
    socket.destroy()
  }
}

// Server names are never IP addresses (RFC 6066 §3).
function nameOf(host: string) {
  return /^[\d.]+$|:/.test(host) ? {} : { servername: host }
}

function readTls(socket: Socket): TlsFacts {
  // The cast holds: it was made by connectTls.
  const tls = socket as TLSSocket
  const { issuer, valid_to: validTo } = tls.getPeerCertificate()
  const problem = tls.authorized ? undefined : codeOf(tls.authorizationError)
  return {
    version: tls.getProtocol() ?? 'unknown',
    cipher: tls.getCipher().name,
    issuer: textOf(issuer['O'] ?? issuer['CN']),
    endsAt: new Date(validTo),
    problem,
  }
}

// Node's types say Error, and Node gives the code alone.
function codeOf(problem: unknown): string {
  if (problem instanceof Error) return 'code' in problem ? String(problem.code) : problem.name
  return String(problem)
}

function textOf(name: string | readonly string[] | undefined): string {
  return typeof name === 'string' ? name : (name?.join(' ') ?? 'unknown')
}
