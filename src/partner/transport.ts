// The way to Huawei: a proxy, if there is one, comes in; a fetch over connections that are kept and
// closed together goes out.

import { Agent, EnvHttpProxyAgent, fetch as undiciFetch } from 'undici'
import type { Fetch } from './exchange.ts'

export type Transport = {
  readonly fetch: Fetch
  /** Closes the connections once their requests are done. There is no further request. */
  readonly close: () => Promise<void>
}

/** The proxy for all but this machine and the hosts of NO_PROXY; HTTPS_PROXY without one. */
export type TransportOptions = { readonly proxy?: string | undefined }

const CONNECT_MS = 10_000
const KEEP_ALIVE_MS = 30_000
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Nothing is opened before the first request. TLS is 1.2 at least, also to the proxy. */
export function createTransport({ proxy }: TransportOptions = {}): Transport {
  const connect = { timeout: CONNECT_MS, minVersion: 'TLSv1.2' } as const
  const direct = new Agent({ connect, keepAliveTimeout: KEEP_ALIVE_MS })
  let far: EnvHttpProxyAgent | undefined
  let closing: Promise<unknown> | undefined
  // Made late, because a proxy of the environment that is no URL would stop the program here.
  const getFar = () => {
    far ??= new EnvHttpProxyAgent({
      connect,
      requestTls: connect,
      proxyTls: connect,
      keepAliveTimeout: KEEP_ALIVE_MS,
      ...(proxy === undefined ? {} : { httpProxy: proxy, httpsProxy: proxy }),
    })
    return far
  }
  const fetch = async (input: URL, init: object) => {
    if (closing !== undefined) throw new Error('the connections are closed')
    const dispatcher = LOOPBACK.has(input.hostname) ? direct : getFar()
    return undiciFetch(input, { ...init, dispatcher })
  }
  return {
    // The cast holds: undici's fetch is the one that Node brings, with types of its own, and
    // `exchange` calls it with a URL and plain options.
    fetch: fetch as unknown as Fetch,
    close: async () => {
      closing ??= Promise.all([direct.close(), far?.close()])
      await closing
    },
  }
}
