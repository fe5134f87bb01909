// A network of few hosts: names with their addresses, URLs with what they answer. What was asked is noted.

import type { Address } from '../../src/base/public-address.ts'
import type { Hop, HopAnswer, Network } from '../../src/metadata/network.ts'

/** What a URL answers; `body` may be chunks without an end. */
export type Page = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>
}

export type FakeNetwork = Network & {
  readonly hops: readonly Hop[]
  /** Puts a page at a URL, in place of what was there. */
  readonly serve: (url: string, page: Page) => void
  /** How many answers have not been let go of. */
  readonly open: () => number
}

/** Where a public host is. */
export const PUBLIC: Address = { address: '93.184.216.34', family: 4 }

/** Starts with no page; a host that is not named is at a public address. */
export function fakeNetwork(
  hosts: Readonly<Record<string, readonly Address[]>> = {},
  timeLimitMs = 5000,
): FakeNetwork {
  const pages = new Map<string, Page>()
  const hops: Hop[] = []
  const closed = new Set<Hop>()
  return {
    hops,
    serve: (url, page) => void pages.set(url, page),
    open: () => hops.length - closed.size,
    lookup: async (hostname) => hosts[hostname] ?? [PUBLIC],
    deadline: () => AbortSignal.timeout(timeLimitMs),
    send: async (hop) => {
      hops.push(hop)
      const page = pages.get(hop.url.href)
      if (page === undefined) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
      return toAnswer(page, () => void closed.add(hop))
    },
  }
}

function toAnswer({ status = 200, headers = {}, body = '' }: Page, close: () => void): HopAnswer {
  return {
    status,
    header: (name) => headers[name],
    body: typeof body === 'string' || body instanceof Uint8Array ? once(body) : body,
    close,
  }
}

async function* once(body: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(body)
}
