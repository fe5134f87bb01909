// The machine's own network for fetching metadata: names to addresses, and one request to one address.
// Node's fetch would look the name up once more, and could be led elsewhere by then (DNS rebinding).

import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { lookupAll, pinTo } from '../base/pinned-address.ts'
import type { Address } from '../base/public-address.ts'

/** One request of a fetch. */
export type Hop = {
  readonly url: URL
  /** The only address that may be connected to. */
  readonly address: Address
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** What came back; `close` lets go of a body that is not read to its end. */
export type HopAnswer = {
  readonly status: number
  readonly header: (name: string) => string | undefined
  readonly body: AsyncIterable<Uint8Array>
  readonly close: () => void
}

/** What fetching needs of a network; tests hand in another. */
export type Network = {
  readonly lookup: (hostname: string) => Promise<readonly Address[]>
  readonly send: (hop: Hop) => Promise<HopAnswer>
  /** A fresh signal that aborts when the time for one document is over. */
  readonly deadline: () => AbortSignal
}

const DEADLINE_MS = 10_000

/** The real one. */
export const systemNetwork: Network = {
  lookup: lookupAll,
  send: sendTo,
  deadline: () => AbortSignal.timeout(DEADLINE_MS),
}

/** Sends one GET to the hop's address. TLS still asks for a certificate of the URL's name. */
export function sendTo({ url, address, headers, signal }: Hop): Promise<HopAnswer> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  // No agent: a connection that was kept could lead to an address that was checked for another hop.
  const options = { headers, signal, agent: false, lookup: pinTo(address) }
  return new Promise((resolve, reject) => {
    request(url, options, (message) => resolve(toAnswer(message)))
      .once('error', reject)
      .end()
  })
}

function toAnswer(message: IncomingMessage): HopAnswer {
  return {
    status: message.statusCode ?? 0,
    header: (name) => {
      const value = message.headers[name]
      return typeof value === 'string' ? value : undefined
    },
    body: message,
    close: () => message.destroy(),
  }
}
