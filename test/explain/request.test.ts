// Every check of a sign-in request and of a sign-out request has an example that fails it, and the first
// one that fails is the verdict.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readParameters } from '../../src/base/parameters.ts'
import { explainLogout, explainRequest } from '../../src/explain/request.ts'
import { decodeRedirect } from '../../src/saml/redirect-binding.ts'
import { authnRequest, HOUSE, logoutRequest, SITE, trustedParties } from '../support/build.ts'
import { RULES } from '../support/front-door.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery, type Signing } from '../support/send.ts'

const house = { ...RULES, sloUrl: HOUSE.sloUrl, parties: await trustedParties() }

const EXPLAIN = {
  request: { explain: explainRequest, xml: authnRequest() },
  logout: { explain: explainLogout, xml: logoutRequest() },
} as const

type Kind = keyof typeof EXPLAIN

type Row = {
  readonly fails: string
  readonly code: string
  readonly from: string | RegExp
  readonly to: string
  readonly signing?: Partial<Signing>
}

const BOTH: readonly Row[] = [
  { fails: 'xml', code: 'SAML_BAD_XML', from: '<saml2:Issuer', to: '<!-- x --><saml2:Issuer' },
  { fails: 'party', code: 'SAML_UNKNOWN_ISSUER', from: `>${SITE.entityId}<`, to: '>urn:x<' },
  { fails: 'signature', code: 'SAML_BAD_SIGNATURE', from: '', to: '', signing: { key: 'other' } },
  { fails: 'content', code: 'SAML_BAD_REQUEST', from: / ID="[^"]*"/, to: '' },
  { fails: 'version', code: 'SAML_WRONG_VERSION', from: 'Version="2.0"', to: 'Version="1.1"' },
  { fails: 'instant', code: 'SAML_EXPIRED', from: 'Instant="2026', to: 'Instant="2025' },
  { fails: 'destination', code: 'SAML_WRONG_DESTINATION', from: 'idp.partner', to: 'idp.other' },
  // Two Issuers: the first picks the keys, and the request is refused for having a second.
  {
    fails: 'content',
    code: 'SAML_BAD_REQUEST',
    from: /<saml2:Issuer.*<\/saml2:Issuer>/,
    to: '$&$&',
  },
]

const ROWS: Readonly<Record<Kind, readonly Row[]>> = {
  request: [
    ...BOTH,
    { fails: 'return-address', code: 'SAML_WRONG_ACS', from: SITE.acsUrl, to: `${SITE.acsUrl}/` },
    { fails: 'answer-binding', code: 'SAML_UNSUPPORTED_BINDING', from: 'HTTP-POST', to: 'PAOS' },
    { fails: 'name-policy', code: 'SAML_NAME_ID_POLICY', from: ':transient', to: ':kerberos' },
    {
      fails: 'authn-context',
      code: 'SAML_NO_AUTHN_CONTEXT',
      from: '</saml2p:AuthnRequest>',
      to:
        '<saml2p:RequestedAuthnContext><saml2:AuthnContextClassRef' +
        ' xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">urn:x</saml2:AuthnContextClassRef>' +
        '</saml2p:RequestedAuthnContext></saml2p:AuthnRequest>',
    },
    {
      fails: 'subject',
      code: 'SAML_SUBJECT',
      from: '<saml2p:NameIDPolicy',
      to: '<saml2:Subject xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"/><saml2p:NameIDPolicy',
    },
  ],
  logout: [
    ...BOTH,
    { fails: 'still-meant', code: 'SAML_EXPIRED', from: 'After="2026', to: 'After="2025' },
  ],
}

function explain(kind: Kind, { from, to, signing }: Omit<Row, 'fails' | 'code'>) {
  const { explain: judge, xml } = EXPLAIN[kind]
  const message = deflate(xml.replace(from, to))
  const query = redirectQuery('SAMLRequest', message, { ...HUAWEI_SIGNING, ...signing })
  return judge(() => decodeRedirect(readParameters(query), 'SAMLRequest'), house)
}

const SOUND = { from: '', to: '' }

for (const kind of ['request', 'logout'] as const) {
  for (const row of ROWS[kind]) {
    test(`${kind}: the check "${row.fails}" fails with ${row.code}, and names the cause`, () => {
      const sound = explain(kind, SOUND)
      const { checks, verdict } = explain(kind, row)

      assert.equal(sound.verdict, 'accepted', 'the untampered twin must pass')
      const failed = checks.filter((check) => check.verdict === 'failed').map(({ id }) => id)
      assert.deepEqual([failed[0], verdict], [row.fails, row.code])
      assert.deepEqual(
        checks.map(({ id }) => id),
        sound.checks.map(({ id }) => id),
        'every check has its line, whatever failed before',
      )
    })
  }

  test(`${kind}: no check is without an example that fails it`, () => {
    const ids = explain(kind, SOUND).checks.map(({ id }) => id)

    const shown = new Set([...ROWS[kind].map(({ fails }) => fails), 'decode', 'issuer-covered'])

    assert.deepEqual(
      ids.filter((id) => !shown.has(id)),
      [],
    )
  })
}

test('a message that cannot be decoded fails there, and nothing else is judged', () => {
  const { verdict, checks, issuer } = explainRequest(
    () => decodeRedirect(readParameters('SAMLRequest=%25'), 'SAMLRequest'),
    house,
  )

  assert.equal(verdict, 'SAML_BAD_MESSAGE')
  assert.equal(issuer, undefined)
  assert.deepEqual(new Set(checks.slice(1).map((check) => check.verdict)), new Set(['skipped']))
})

test('an issuer that only looks the same to the reader of the hint fails where it is read', () => {
  const hidden = `<saml2p:Issuer xmlns:saml2p="urn:x">${SITE.entityId}</saml2p:Issuer>`
  const { verdict, checks } = explain('request', {
    from: /<saml2:Issuer.*<\/saml2:Issuer>/,
    to: `${hidden}<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">https://sp.other.example/metadata</saml2:Issuer>`,
  })

  assert.equal(verdict, 'SAML_UNKNOWN_ISSUER')
  assert.equal(checks.find(({ id }) => id === 'issuer-covered')?.verdict, 'failed')
})

test('after a signature that does not hold, what the message claims is judged all the same', () => {
  const { verdict, checks, isProven } = explain('request', {
    from: SITE.acsUrl,
    to: 'https://evil.example/acs',
    signing: { key: 'other' },
  })

  assert.equal(verdict, 'SAML_BAD_SIGNATURE')
  assert.equal(isProven, false)
  const acs = checks.find(({ id }) => id === 'return-address')
  assert.equal(acs?.code, 'SAML_WRONG_ACS')
  assert.equal(acs.found, 'https://evil.example/acs')
})

test('a long value of a stranger is cut before it is kept', () => {
  const long = `https://x.example/${'x'.repeat(3000)}`
  const { checks, issuer } = explain('request', { from: SITE.acsUrl, to: long })

  assert.ok(checks.every(({ found, expected }) => found.length < 300 && expected.length < 300))
  assert.ok((issuer ?? '').length < 300)
})
