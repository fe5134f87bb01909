// Listening and leaving: slow clients are cut off, and stopping waits for the answers under way.

import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A listener that can be drained. */
export type Listener = {
  readonly port: number
  /** Takes no new connection and resolves when the last answer is out, or after `graceSeconds`. */
  readonly drain: (graceSeconds: number) => Promise<void>
}

/** What one client may take of us, and all of them together. */
export type Limits = {
  /** Messages travel in the URL; a signed AuthnRequest takes some 3 kB. */
  readonly headerBytes: number
  /** A request that dribbles in byte by byte must not hold a connection for ever. */
  readonly headersMs: number
  readonly requestMs: number
  readonly idleMs: number
  /** How often the limits of time are looked at. */
  readonly checkMs: number
  readonly requestsPerConnection: number
  /** One more is hung up on at once. */
  readonly connections: number
}

export const LIMITS: Limits = {
  headerBytes: 32 * 1024,
  headersMs: 15_000,
  requestMs: 30_000,
  idleMs: 10_000,
  checkMs: 2000,
  requestsPerConnection: 1000,
  connections: 10_000,
}

/** Starts to listen; rejects when the address is taken. Port 0 takes any free one. */
export async function listen(
  handler: RequestListener,
  at: { readonly host: string; readonly port: number },
  limits: Limits = LIMITS,
): Promise<Listener> {
  const { headerBytes: maxHeaderSize, checkMs: connectionsCheckingInterval } = limits
  const server = createServer({ maxHeaderSize, connectionsCheckingInterval }, handler)
  server.headersTimeout = limits.headersMs
  server.requestTimeout = limits.requestMs
  server.keepAliveTimeout = limits.idleMs
  server.maxRequestsPerSocket = limits.requestsPerConnection
  server.maxConnections = limits.connections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, resolve)
  })
  const { port } = server.address() as AddressInfo // It listens on TCP, so it has one.
  return { port, drain: (graceSeconds) => drain(server, graceSeconds) }
}

function drain(server: Server, graceSeconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceSeconds * 1000)
    // A connection that is still busy would be kept alive afterwards, for requests that we do not take.
    const sweep = setInterval(() => server.closeIdleConnections(), 100)
    server.close(() => {
      clearTimeout(timer)
      clearInterval(sweep)
      resolve()
    })
    server.closeIdleConnections()
  })
}
