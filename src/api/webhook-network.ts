// How a webhook leaves the house: one POST to the one address that was looked at; no redirect is followed
// and nothing of the answer is read but its status.

import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { lookupAll, pinTo } from '../base/pinned-address.ts'
import type { Address } from '../base/public-address.ts'

/** One message to one address. */
export type Post = {
  readonly url: URL
  readonly address: Address
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal: AbortSignal
}

/** What delivering needs of a network; tests hand in another. */
export type WebhookNetwork = {
  readonly lookup: (hostname: string) => Promise<readonly Address[]>
  /** Answers the status. */
  readonly post: (post: Post) => Promise<number>
  /** A fresh signal that aborts when the time for one message is over. */
  readonly deadline: () => AbortSignal
}

const DEADLINE_MS = 10_000

/** The machine's own. */
export const systemWebhookNetwork: WebhookNetwork = {
  lookup: lookupAll,
  post: postTo,
  deadline: () => AbortSignal.timeout(DEADLINE_MS),
}

/** Sends one POST to the address. TLS still asks for a certificate of the URL's name. */
export function postTo({ url, address, headers, body, signal }: Post): Promise<number> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  // No agent: a connection that was kept could lead to an address that was checked for another message.
  const options = { method: 'POST', headers, signal, agent: false, lookup: pinTo(address) }
  return new Promise((resolve, reject) => {
    request(url, options, (message) => {
      message.destroy()
      resolve(message.statusCode ?? 0)
    })
      .once('error', reject)
      .end(body)
  })
}
