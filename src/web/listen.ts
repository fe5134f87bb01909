// Listening and leaving: slow clients are cut off, and stopping waits for the answers under way.

import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A listener that can be drained. */
export type Listener = {
  readonly port: number
  /** Takes no new connection and resolves when the last answer is out, or after `graceSeconds`. */
  readonly drain: (graceSeconds: number) => Promise<void>
}

/** Starts to listen; rejects when the address is taken. Port 0 takes any free one. */
export async function listen(
  handler: RequestListener,
  at: { readonly host: string; readonly port: number },
): Promise<Listener> {
  const server = createServer({ maxHeaderSize: 32 * 1024 }, handler)
  // A request that dribbles in byte by byte must not hold a connection for ever.
  server.headersTimeout = 15_000
  server.requestTimeout = 30_000
  server.keepAliveTimeout = 10_000
  server.maxRequestsPerSocket = 1000
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
