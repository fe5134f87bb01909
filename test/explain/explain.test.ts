// Whatever a person copied is recognised by what it is, and explained.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainText } from '../../src/explain/explain.ts'
import { answer } from '../support/answers.ts'
import {
  authnRequest,
  logoutRequest,
  OPEN_SITE,
  SITE_KEYS,
  siteMetadata,
} from '../support/build.ts'
import {
  deflate,
  formBody,
  HUAWEI_SIGNING,
  redirectQuery,
  signEnveloped,
  unsignedQuery,
} from '../support/send.ts'
import { startExplainHouse } from './house.ts'

const house = await startExplainHouse()

const signedQuery = (xml: string) => redirectQuery('SAMLRequest', deflate(xml), HUAWEI_SIGNING)
const base64 = (text: string) => Buffer.from(text).toString('base64')
const bareAnswer = async () => (await answer()).response
const NOTICE = '{"xUserId":"c","domainId":"d","bindAction":1}'

const KINDS: readonly (readonly [string, () => string | Promise<string>, string, string])[] = [
  [
    'an address',
    () => `https://x.example/saml/sso?${signedQuery(authnRequest())}`,
    'request',
    'accepted',
  ],
  [
    'an address with a fragment',
    () => `https://x/?${signedQuery(authnRequest())}#top`,
    'request',
    'accepted',
  ],
  ['a query string', () => `${signedQuery(logoutRequest())}\n`, 'logout', 'accepted'],
  ['an unsigned query string', () => unsignedQuery(authnRequest(OPEN_SITE)), 'request', 'accepted'],
  [
    'a form body',
    () => formBody(signEnveloped(authnRequest(), 'site'), 'state'),
    'request',
    'accepted',
  ],
  ['a SAMLRequest', () => base64(signEnveloped(authnRequest(), 'site')), 'request', 'accepted'],
  [
    'a deflated SAMLRequest',
    () => deflate(authnRequest(OPEN_SITE)).toString('base64'),
    'request',
    'accepted',
  ],
  ['XML', () => signEnveloped(authnRequest(), 'site'), 'request', 'accepted'],
  ['a SAMLResponse', async () => base64(await bareAnswer()), 'response', 'accepted'],
  [
    'the form of an answer',
    async () => new URLSearchParams({ SAMLResponse: base64(await bareAnswer()) }).toString(),
    'response',
    'accepted',
  ],
  ['the XML of an answer', bareAnswer, 'response', 'accepted'],
  ['a bindRequest', () => base64(NOTICE), 'notice', 'BIND_BAD_MESSAGE'],
  ['the JSON of a bindRequest', () => NOTICE, 'notice', 'BIND_BAD_MESSAGE'],
  ['metadata', () => siteMetadata(SITE_KEYS), 'metadata', 'accepted'],
  [
    'metadata with an unknown certificate',
    () => siteMetadata(['house']),
    'metadata',
    'METADATA_UNUSABLE',
  ],
  [
    'metadata of nobody',
    async () => (await siteMetadata()).replace(/entityID="[^"]*"/, ''),
    'metadata',
    'METADATA_UNUSABLE',
  ],
  [
    'metadata of a stranger',
    async () => (await siteMetadata()).replace(/entityID="[^"]*"/, 'entityID="urn:x"'),
    'metadata',
    'SAML_UNKNOWN_ISSUER',
  ],
  [
    'metadata whose time is over',
    async () => (await siteMetadata()).replace(' ID="M349b"', ' validUntil="2026-01-01T00:00:00Z"'),
    'metadata',
    'SAML_PARTY_EXPIRED',
  ],
]

for (const [title, text, kind, verdict] of KINDS) {
  test(`${title} is recognised as ${kind}: ${verdict}`, async () => {
    const explanation = await explainText(await text(), house)

    assert.deepEqual([explanation?.kind, explanation?.verdict], [kind, verdict])
  })
}

for (const text of ['', 'hello', 'https://x.example/', '%']) {
  test(`"${text}" is nothing that can be explained`, async () => {
    assert.equal(await explainText(text, house), undefined)
  })
}
