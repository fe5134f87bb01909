// Where webhooks may go: a URL that somebody with a key has chosen must not reach what only we can reach
// (SSRF). It is looked at when it is set, and again, with what its name leads to, at each delivery.

import { isIP } from 'node:net'
import { Refusal } from '../base/errors.ts'
import { type Address, kindOf } from '../base/public-address.ts'

/** What an installation allows. */
export type AddressRule = { readonly allowsPrivateAddresses: boolean; readonly allowsHttp: boolean }

/** Throws `WEBHOOK_BAD_URL`; the fact `problem` says what is wrong. */
export function checkWebhookUrl(text: string, rule: AddressRule): URL {
  const url = URL.parse(text)
  if (url === null) throw bad('is no URL')
  if (url.protocol !== 'https:' && !(rule.allowsHttp && url.protocol === 'http:')) {
    throw bad('must begin with https://')
  }
  if (url.username !== '' || url.password !== '') throw bad('must hold no user or password')
  if (url.hash !== '') throw bad('must hold no fragment')
  const host = hostOf(url)
  const family = isIP(host)
  if (family !== 0) checkAddresses([{ address: host, family: family === 6 ? 6 : 4 }], rule)
  if (/(^|\.)localhost$/i.test(host) && !rule.allowsPrivateAddresses) {
    throw bad('must lead to a public address')
  }
  return url
}

/** Throws `WEBHOOK_BAD_URL` unless every address is fit: which is taken is the resolver's chance. */
export function checkAddresses(addresses: readonly Address[], rule: AddressRule): void {
  const kinds = addresses.map(kindOf)
  if (kinds.includes('forbidden')) throw bad('leads to an address that is never sent to')
  if (kinds.includes('private') && !rule.allowsPrivateAddresses) {
    throw bad('must lead to a public address')
  }
}

/** The host of a URL without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function bad(problem: string): Refusal {
  return new Refusal('WEBHOOK_BAD_URL', { problem })
}
