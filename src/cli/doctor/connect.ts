// An address in, what a connection to it shows out: where its name leads and, with TLS, what it agreed on.
// Nothing is sent but what asks for TLS or for the way through a proxy.

import { once } from 'node:events'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { lookupAll } from '../../base/pinned-address.ts'
import { startLdapTls } from './start-ldap-tls.ts'

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

/** What else there is to know of the way. */
export type Way = {
  /** Certificates in PEM that are trusted in place of the machine's own. */
  readonly ca?: string | undefined
  /** The connection turns to TLS as LDAP does it (RFC 4511 §4.14). */
  readonly isStartTls?: boolean
  /** The HTTP proxy in between; may hold a password. */
  readonly proxy?: string | undefined
}

/**
 * Connects and lets go; of `udp:` it finds the address only. Throws the system's error, whose `code` tells
 * DNS, TCP and TLS apart, and `EPROXY` for a proxy that does not let it through.
 */
export type Connect = (url: URL, signal: AbortSignal, way?: Way) => Promise<Connected>

const PORTS: Readonly<Record<string, number>> = {
  'https:': 443,
  'http:': 80,
  'ldaps:': 636,
  'ldap:': 389,
}

const TLS: ReadonlySet<string> = new Set(['https:', 'ldaps:', 'tls:'])

/** The machine's own. */
export const systemConnect: Connect = async (url, signal, way = {}) => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (url.protocol === 'udp:') {
    const [found] = await lookupAll(host)
    return { address: found?.address ?? host, tls: undefined }
  }
  const place = { host, port: Number(url.port || PORTS[url.protocol]) }
  const socket =
    way.proxy === undefined ? connectTcp(place) : await passProxy(place, way.proxy, signal)
  let tls: TLSSocket | undefined
  try {
    if (way.proxy === undefined) await once(socket, 'connect', { signal })
    const address = socket.remoteAddress ?? host
    const isTls = TLS.has(url.protocol) || way.isStartTls === true
    if (!isTls) return { address, tls: undefined }
    if (way.isStartTls === true) await startLdapTls(socket, signal)
    const trust = way.ca === undefined ? {} : { ca: way.ca }
    // A certificate that is not trusted is to be shown, not only refused. No data follows.
    tls = connectTls({ socket, ...nameOf(host), ...trust, rejectUnauthorized: false })
    await once(tls, 'secureConnect', { signal })
    return { address, tls: readTls(tls) }
  } finally {
    tls?.destroy()
    socket.destroy()
  }
}

type Place = { readonly host: string; readonly port: number }

async function passProxy(
  { host, port }: Place,
  proxy: string,
  signal: AbortSignal,
): Promise<Socket> {
  const { protocol, origin, username, password } = new URL(proxy)
  const path = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const proof = username === '' ? {} : { 'proxy-authorization': `Basic ${btoa(user)}` }
  const send = protocol === 'https:' ? requestHttps : requestHttp
  const request = send(origin, { method: 'CONNECT', path, headers: proof, agent: false, signal })
  request.end()
  const [answer, socket] = await once(request, 'connect', { signal })
  if (answer.statusCode === 200) return socket
  socket.destroy()
  const message = `the proxy answers with status ${answer.statusCode}`
  throw Object.assign(new Error(message), { code: `EPROXY_${answer.statusCode}` })
}

// A name must be of the certificate even where none is sent: server names are never IP addresses (RFC 6066 §3).
function nameOf(host: string) {
  return /^[\d.]+$|:/.test(host) ? { host } : { host, servername: host }
}

function readTls(tls: TLSSocket): TlsFacts {
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
