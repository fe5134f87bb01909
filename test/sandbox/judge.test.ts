// The judge accepts a right answer and refuses each wrong one by the rule that it breaks, and by that
// rule alone: a judge that always says no would be no use.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import type { Expected } from '../../src/sandbox/evidence.ts'
import {
  judge,
  type PostedAnswer,
  readPostedXml,
  unreadable,
  type Verdict,
} from '../../src/sandbox/judge.ts'
import { RULES } from '../../src/sandbox/rules.ts'
import { XmlError } from '../../src/sandbox/xml-tree.ts'
import {
  base64,
  expected,
  makeKey,
  partyOf,
  REQUEST,
  type SigningChoices,
  sign,
  type TestKey,
  unsignedAnswer,
} from './good-answer.ts'

type Row = {
  /** Rules that must be reported, and no others. */
  readonly breaks: readonly string[]
  readonly title: string
  /** Applied before signing, so that the signature is right. */
  readonly before?: (xml: string) => string
  /** Applied after signing. */
  readonly after?: (xml: string) => string
  readonly signing?: SigningChoices
  readonly posted?: Partial<PostedAnswer>
  readonly expected?: Partial<Expected>
}

const swap = (from: string | RegExp, to: string) => (xml: string) => {
  const changed = xml.replace(from, to)
  assert.notEqual(changed, xml, `nothing to spoil: ${from}`)
  return changed
}

const ROWS: readonly Row[] = [
  {
    breaks: ['response'],
    title: 'a Response of another SAML version',
    before: swap('Version="2.0"><saml2:Issuer xmlns', 'Version="1.1"><saml2:Issuer xmlns'),
  },
  {
    breaks: ['ids'],
    title: 'an ID that starts with a digit',
    before: swap('ID="_response-1"', 'ID="1-response"'),
  },
  {
    breaks: ['issue-instant'],
    title: 'a Response issued six minutes ago',
    before: swap(/IssueInstant="[^"]+"/, 'IssueInstant="2026-03-01T11:54:00.000Z"'),
  },
  {
    breaks: ['destination'],
    title: 'another Destination',
    before: swap(/Destination="[^"]+"/, 'Destination="http://127.0.0.1:4000/elsewhere"'),
  },
  {
    breaks: ['in-response-to'],
    title: 'an answer to a request that was never sent',
    expected: { request: undefined },
  },
  {
    breaks: ['answered-once'],
    title: 'a second answer to one request',
    expected: { request: { ...REQUEST, isAnswered: true } },
  },
  { breaks: ['relay-state'], title: 'another RelayState', posted: { relayState: 'other' } },
  { breaks: ['relay-state'], title: 'no RelayState', posted: { relayState: undefined } },
  {
    breaks: ['issuer'],
    title: 'another Issuer of the Response',
    before: swap(
      '/saml/metadata</saml2:Issuer><saml2p:Status>',
      '/x</saml2:Issuer><saml2p:Status>',
    ),
  },
  {
    breaks: ['prefixes'],
    title: 'other namespace prefixes',
    before: (xml) => xml.replaceAll('saml2p:', 'samlp:').replace('xmlns:saml2p', 'xmlns:samlp'),
  },
  {
    breaks: ['one-assertion', 'element-order'],
    title: 'a second assertion',
    after: swap(
      '</saml2p:Response>',
      '<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="_evil"/></saml2p:Response>',
    ),
  },
  {
    breaks: ['signature-place'],
    title: 'a signature at the end of the assertion',
    signing: { place: 'last' },
  },
  {
    breaks: ['signature-algorithm'],
    title: 'a signature by rsa-sha512',
    signing: { signature: 'sha512' },
  },
  {
    breaks: ['digest-algorithm'],
    title: 'a digest by SHA-1',
    signing: { digest: 'sha1' },
  },
  {
    breaks: ['signature'],
    title: 'an assertion changed after it was signed',
    after: swap('ada@example.com', 'eve@example.com'),
  },
  {
    breaks: [
      'signature-place',
      'signature-reference',
      'canonicalization',
      'signature-algorithm',
      'digest-algorithm',
      'certificate',
      'signature',
    ],
    title: 'an answer without a signature',
    after: swap(/<ds:Signature[\s\S]*<\/ds:Signature>/, ''),
  },
  {
    breaks: ['element-order'],
    title: 'the AuthnStatement before the attributes',
    before: swap(
      /(<saml2:AttributeStatement>.*)(<saml2:AuthnStatement .*<\/saml2:AuthnStatement>)/,
      '$2$1',
    ),
  },
  {
    breaks: ['samlify', 'assertion-issuer'],
    title: 'another Issuer of the assertion',
    before: swap(
      '/saml/metadata</saml2:Issuer><saml2:Subject>',
      '/x</saml2:Issuer><saml2:Subject>',
    ),
  },
  {
    breaks: ['name-id'],
    title: 'a NameID that is not transient',
    before: swap('nameid-format:transient', 'nameid-format:persistent'),
  },
  {
    breaks: ['name-qualifier'],
    title: 'a NameQualifier of another party',
    before: swap('NameQualifier="http://127.0.0.1:4000/"', 'NameQualifier="http://localhost:3000"'),
  },
  {
    breaks: ['bearer'],
    title: 'a confirmation that is not bearer',
    before: swap('cm:bearer', 'cm:sender-vouches'),
  },
  {
    breaks: ['confirmation-in-response-to'],
    title: 'a confirmation for another request',
    before: swap(
      'SubjectConfirmationData InResponseTo="_request-1"',
      'SubjectConfirmationData InResponseTo="_request-2"',
    ),
  },
  {
    breaks: ['recipient'],
    title: 'another Recipient',
    before: swap(/Recipient="[^"]+"/, 'Recipient="http://127.0.0.1:4000/elsewhere"'),
  },
  {
    breaks: ['confirmation-window'],
    title: 'a confirmation that ends this very moment',
    before: swap(
      /NotOnOrAfter="[^"]+" Recipient/,
      'NotOnOrAfter="2026-03-01T12:00:00.000Z" Recipient',
    ),
  },
  {
    breaks: ['confirmation-window'],
    title: 'a confirmation with a NotBefore',
    before: swap(
      'SubjectConfirmationData ',
      'SubjectConfirmationData NotBefore="2026-03-01T11:00:00Z" ',
    ),
  },
  {
    breaks: ['conditions-window'],
    title: 'conditions that begin in the future',
    before: swap(/NotBefore="[^"]+"/, 'NotBefore="2026-03-01T12:00:01.000Z"'),
  },
  {
    breaks: ['conditions-window'],
    title: 'conditions that have ended',
    before: swap(
      /(NotBefore="[^"]+") NotOnOrAfter="[^"]+"/,
      '$1 NotOnOrAfter="2026-03-01T12:00:00Z"',
    ),
  },
  {
    breaks: ['audience'],
    title: 'another audience',
    before: swap('>http://127.0.0.1:4000/</saml2:Audience>', '>http://other/</saml2:Audience>'),
  },
  {
    breaks: ['audience'],
    title: 'a second audience',
    before: swap(
      '</saml2:Audience>',
      '</saml2:Audience><saml2:Audience>http://other/</saml2:Audience>',
    ),
  },
  {
    breaks: ['authn-statement'],
    title: 'no SessionIndex',
    before: swap(' SessionIndex="_session-1"', ''),
  },
  {
    breaks: ['attribute-names', 'partner'],
    title: 'the misspelling bpld, which Huawei’s PDF prints',
    before: swap(/"bpId"/g, '"bpld"'),
  },
  {
    breaks: ['attribute-names'],
    title: 'an attribute that Huawei does not know',
    before: swap(/"email"/g, '"mail"'),
  },
  {
    breaks: ['attribute-form'],
    title: 'a FriendlyName that is not the Name',
    before: swap('FriendlyName="email"', 'FriendlyName="E-mail"'),
  },
  {
    breaks: ['attribute-form'],
    title: 'a NameFormat that is not uri',
    before: swap('attrname-format:uri', 'attrname-format:basic'),
  },
  {
    breaks: ['attribute-type'],
    title: 'a value without xsi:type',
    before: swap(' xsi:type="xsd:string"', ''),
  },
  {
    breaks: ['attribute-value'],
    title: 'an attribute that is sent empty',
    before: swap('ada@example.com', ''),
  },
  {
    breaks: ['same-account'],
    title: 'an xUserId that is not the xAccountId',
    before: swap('>customer-1<', '>customer-2<'),
  },
  {
    breaks: ['partner'],
    title: 'the id of another partner',
    before: swap('>sandboxpartner0001<', '>otherpartner<'),
  },
]

describe('the judge of the sandbox', () => {
  let key: TestKey
  before(async () => {
    key = await makeKey()
  })

  const verdictOn = async (row: Omit<Row, 'breaks' | 'title'>): Promise<Verdict> => {
    const keep = (xml: string) => xml
    const unsigned = (row.before ?? keep)(unsignedAnswer())
    const xml = (row.after ?? keep)(sign(unsigned, key, row.signing))
    const posted = { samlResponse: base64(xml), relayState: REQUEST.relayState, ...row.posted }
    const { response } = readPostedXml(posted.samlResponse)
    const sides = { party: partyOf(key), expected: { ...expected(key), ...row.expected } }
    return judge(posted, response, sides)
  }

  test('accepts a right answer and reads who signed in', async () => {
    const verdict = await verdictOn({})

    assert.deepEqual(verdict, {
      kind: 'accepted',
      person: {
        xAccountId: 'customer-1',
        attributes: [
          ['xUserId', 'customer-1'],
          ['xAccountId', 'customer-1'],
          ['bpId', 'sandboxpartner0001'],
          ['email', 'ada@example.com'],
        ],
        nameId: '_name-1',
        sessionIndex: '_session-1',
      },
    })
  })

  for (const row of ROWS) {
    test(`refuses ${row.title}`, async () => {
      const verdict = await verdictOn(row)

      assert.equal(verdict.kind, 'refused')
      assert.deepEqual(verdict.kind === 'refused' && verdict.broken.map(({ id }) => id), row.breaks)
    })
  }

  test('refuses an answer that a stranger signed with their own certificate', async () => {
    const stranger = await makeKey()
    const xml = sign(unsignedAnswer(), stranger)
    const posted = { samlResponse: base64(xml), relayState: REQUEST.relayState }
    const { response } = readPostedXml(posted.samlResponse)

    const verdict = await judge(posted, response, { party: partyOf(key), expected: expected(key) })

    assert.equal(verdict.kind, 'refused')
    assert.deepEqual(verdict.kind === 'refused' && verdict.broken.map(({ id }) => id), [
      'certificate',
      'signature',
    ])
  })

  const judgeRefusal = async (status: string, signer: TestKey | undefined) => {
    const unsigned = unsignedAnswer()
      .replace(/<saml2:Assertion .*<\/saml2:Assertion>/, '')
      .replace(/<saml2p:StatusCode [^>]*\/>/, status)
    const xml =
      signer === undefined ? unsigned : sign(unsigned, signer, { target: 'saml2p:Response' })
    const posted = { samlResponse: base64(xml), relayState: REQUEST.relayState }
    const { response } = readPostedXml(posted.samlResponse)
    return judge(posted, response, { party: partyOf(key), expected: expected(key) })
  }
  const NO_PASSIVE =
    '<saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:NoPassive"/></saml2p:StatusCode>'

  test('takes a signed refusal for a status, not for a broken rule', async () => {
    const verdict = await judgeRefusal(NO_PASSIVE, key)

    assert.deepEqual(verdict, { kind: 'status', words: 'Responder, NoPassive' })
  })

  test('refuses a refusal that is not signed, or by a stranger', async () => {
    const unsigned = await judgeRefusal(NO_PASSIVE, undefined)
    const foreign = await judgeRefusal(NO_PASSIVE, await makeKey())

    for (const verdict of [unsigned, foreign]) {
      assert.deepEqual(verdict.kind === 'refused' && verdict.broken.map(({ id }) => id), [
        'signature',
      ])
    }
  })

  test('refuses a status that SAML does not have', async () => {
    const verdict = await judgeRefusal('<saml2p:StatusCode Value="urn:example:maybe"/>', key)

    assert.deepEqual(verdict.kind === 'refused' && verdict.broken.map(({ id }) => id), ['status'])
  })

  test('refuses a refusal that carries an assertion', async () => {
    const verdict = await verdictOn({ before: swap('status:Success', 'status:Responder') })

    assert.deepEqual(verdict.kind === 'refused' && verdict.broken.map(({ id }) => id), [
      'status-without-assertion',
    ])
  })

  test('refuses what it cannot read, with the reason', () => {
    const verdict = unreadable(new XmlError('attribute x twice'))

    assert.deepEqual(verdict, {
      kind: 'refused',
      broken: [{ id: 'readable', says: RULES.get('readable'), found: 'attribute x twice' }],
    })
  })

  test('has a case in this file for every rule, so that each is known to be able to fail', () => {
    const tested = new Set([...ROWS.flatMap(({ breaks }) => breaks), 'readable'])
    // What the last one guards against, one-assertion and signature-reference report first.
    const elsewhere = ['status', 'status-without-assertion', 'signed-assertion']

    const untested = [...RULES.keys()].filter((id) => !tested.has(id) && !elsewhere.includes(id))

    assert.deepEqual(untested, [])
  })
})
