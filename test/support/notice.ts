// Bind notifications as Huawei Cloud sends them, and as somebody would who wants to pass for it.

import { createHmac, createPublicKey, createSign, type KeyObject } from 'node:crypto'
import type { Browser, Seen } from './browser.ts'
import type { House } from './house.ts'
import { huaweiKey } from './steps.ts'

export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'

/** What a notification says. */
export type NoticeFacts = {
  readonly xUserId: string
  readonly domainId: string
  readonly domainName?: string
  readonly bindAction: number | string
}

/** The same, after Huawei has connected the two, so that the partner API confirms it. */
export function atHuawei<Facts extends NoticeFacts>(house: House, facts: Facts): Facts {
  const { domainId, domainName = `cloud-${domainId}`, xUserId: xAccountId } = facts
  const associatedAt = house.clock.now().toISOString()
  house.sandbox.addAccount({ domainId, domainName, xAccountId, associatedAt })
  return facts
}

/** How it is signed. */
export type NoticeSigning = {
  readonly key: KeyObject | string
  /** The public key in PEM, for those who misuse it as a secret. */
  readonly publicKey: string
  readonly sigAlg: string
  readonly hash: string
  /** What the signature covers: the Base64 text, as documented, or the JSON in it. */
  readonly over: 'base64' | 'json'
}

/** The three fields of the form. `hmac` as hash signs with the text of the key, as a secret. */
export function noticeForm(bindRequest: string, signing: NoticeSigning): Record<string, string> {
  const { key, sigAlg, hash, over } = signing
  const octets = Buffer.from(bindRequest, over === 'json' ? 'base64' : 'latin1')
  const Signature =
    hash === 'hmac'
      ? createHmac('sha256', key).update(octets).digest('base64')
      : createSign(hash).update(octets).sign(key, 'base64')
  return { bindRequest, SigAlg: sigAlg, Signature }
}

/** A notification in Base64. */
export function encodeNotice(json: string): string {
  return Buffer.from(json, 'utf8').toString('base64')
}

/** What the sandbox's Huawei Cloud chooses. */
export function huaweiNoticeSigning(house: House): NoticeSigning {
  const key = huaweiKey(house)
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  return { key, publicKey, sigAlg: RSA_SHA256, hash: 'sha256', over: 'base64' }
}

/** A genuine notification comes with a browser, from a page of Huawei Cloud. */
export function bringNotice(
  house: House,
  browser: Browser,
  facts: NoticeFacts,
  signing: Partial<NoticeSigning> = {},
): Promise<Seen> {
  const form = noticeForm(encodeNotice(JSON.stringify(facts)), {
    ...huaweiNoticeSigning(house),
    ...signing,
  })
  return browser.post(`${house.url}/bind`, form, house.sandbox.url)
}
