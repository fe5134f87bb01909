// Every attack on an AuthnRequest is refused with its own code, and its untampered twin is accepted.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authnRequest, OPEN_SITE, SITE, trustedParties } from '../support/build.ts'
import { arriveByPost, arriveByRedirect } from '../support/front-door.ts'
import {
  deflate,
  formBody,
  HUAWEI_SIGNING,
  redirectQuery,
  type Signing,
  signEnveloped,
  unsignedQuery,
} from '../support/send.ts'
import {
  applyTamperings,
  DEFLATED_CHANGES,
  SIGNED_CHANGES,
  SIGNING_CHANGES,
  type Tampering,
  WIRE_CHANGES,
  XML_CHANGES,
} from '../support/tamper.ts'
import { expectedRefusal, readAttacks, refusalOf } from './rows.ts'

type Base = { readonly xml: string; readonly signing: Signing | undefined }

const ECDSA = { algorithm: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', key: 'site-ec' }

const BASES: Readonly<Record<string, Base>> = {
  'signed-redirect': { xml: authnRequest(), signing: HUAWEI_SIGNING },
  'signed-redirect-without-relay-state': {
    xml: authnRequest(),
    signing: { ...HUAWEI_SIGNING, relayState: undefined },
  },
  'signed-redirect-ecdsa': {
    xml: authnRequest(),
    signing: { ...HUAWEI_SIGNING, ...ECDSA, key: 'site-ec' },
  },
  'unsigned-redirect': { xml: authnRequest(OPEN_SITE), signing: undefined },
  'signed-post': { xml: authnRequest(), signing: HUAWEI_SIGNING },
  'unsigned-post': { xml: authnRequest(OPEN_SITE), signing: undefined },
}

async function buildRedirect(name: string, tamperings: readonly Tampering[]): Promise<string> {
  const { xml, signing } = await buildRequest(name, tamperings)
  const bytes = await applyTamperings(deflate(xml), 'deflated', DEFLATED_CHANGES, tamperings)
  const query = signing ? redirectQuery('SAMLRequest', bytes, signing) : unsignedQuery(xml)
  return applyTamperings(query, 'wire', WIRE_CHANGES, tamperings)
}

async function buildPost(name: string, tamperings: readonly Tampering[]): Promise<string> {
  const { xml, signing } = await buildRequest(name, tamperings)
  const signed = signing ? signEnveloped(xml, signing.key) : xml
  const sent = await applyTamperings(signed, 'signed', SIGNED_CHANGES, tamperings)
  return applyTamperings(formBody(sent, signing?.relayState), 'wire', WIRE_CHANGES, tamperings)
}

async function buildRequest(name: string, tamperings: readonly Tampering[]) {
  const base = BASES[name]
  if (base === undefined) throw new Error(`there is no base "${name}"`)
  const xml = await applyTamperings(base.xml, 'xml', XML_CHANGES, tamperings)
  const { signing } = base
  return {
    xml,
    signing: signing && (await applyTamperings(signing, 'signing', SIGNING_CHANGES, tamperings)),
  }
}

const parties = await trustedParties()

const DOORS = [
  { file: 'authn-request-redirect.json', build: buildRedirect, arrive: arriveByRedirect },
  { file: 'authn-request-post.json', build: buildPost, arrive: arriveByPost },
] as const

for (const { file, build, arrive } of DOORS) {
  for (const row of readAttacks(file)) {
    test(`${row.id} ${row.title}`, async () => {
      const good = await build(row.base, [])
      const tampered = await build(row.base, row.tamper)

      const accepted = arrive(good, parties)
      const outcome = refusalOf(row, () => arrive(tampered, parties))

      assert.equal(accepted.facts.id, SITE.requestId, 'the twin must pass, or this proves nothing')
      assert.deepEqual(outcome, expectedRefusal(row))
    })
  }
}
