// A bind notification: who was bound to what goes in, the three form fields that Huawei posts go out.
// https://support.huaweicloud.com/intl/en-us/devg-bpconsole/access_00011.html ("Basic Configuration")

import { createSign } from 'node:crypto'

/** Who was bound to what; names as in Huawei's JSON. */
export type NoticeFacts = {
  readonly domainName: string
  readonly domainId: string
  readonly xUserId: string
}

/** The fields, by their names in the form. */
export type Notice = {
  readonly bindRequest: string
  readonly SigAlg: string
  readonly Signature: string
}

// Huawei's page prints it in capitals.
const SIG_ALG = 'HTTP://WWW.W3.ORG/2001/04/XMLDSIG-MORE#RSA-SHA256'

/** Builds and signs it. What is signed is the Base64 text of bindRequest, as the page describes. */
export function buildNotice(facts: NoticeFacts, privateKey: string): Notice {
  const { domainName, domainId, xUserId } = facts
  const json = JSON.stringify({ domainName, domainId, xUserId, bindAction: 1 })
  const bindRequest = Buffer.from(json, 'utf8').toString('base64')
  const Signature = createSign('sha256').update(bindRequest).sign(privateKey, 'base64')
  return { bindRequest, SigAlg: SIG_ALG, Signature }
}
