// SP metadata: what is read from good files. Bad files are in test/attacks/metadata.json.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMetadata, readMetadataFiles } from '../../src/saml/metadata-read.ts'
import { DEFAULT_PARTY_OPTIONS } from '../../src/saml/party-options.ts'
import { keyDescriptor, OTHER_SITE, SITE, siteMetadata, smallMetadata } from '../support/build.ts'
import { certificateOf, keyPair } from '../support/fixed.ts'

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata'

function readOne(xml: string) {
  const { parties, problems } = readMetadata({ source: 'site.xml', xml })
  const [party] = parties
  assert.deepEqual(problems, [])
  assert.ok(party)
  return party
}

test("a file of Huawei Cloud's shape gives address, keys, sign-out and the duty to sign [S5]", async () => {
  const party = readOne(await siteMetadata())

  const base = 'https://auth.cloud.example/authui/saml'
  const { signingKeys, encryptionKeys, ...facts } = party
  assert.deepEqual(facts, {
    entityId: SITE.entityId,
    source: 'site.xml',
    name: 'site.xml',
    signsRequests: true,
    consumers: [
      { url: SITE.secondAcsUrl, index: 1, isDefault: false },
      { url: SITE.acsUrl, index: 0, isDefault: true },
    ],
    logouts: [
      {
        binding: 'redirect',
        url: `${base}/LogoutRedirect`,
        responseUrl: `${base}/LogoutRedirectResponse`,
      },
      { binding: 'post', url: `${base}/LogoutPost`, responseUrl: `${base}/LogoutPost` },
    ],
    validUntil: undefined,
    options: DEFAULT_PARTY_OPTIONS,
  })
  assert.equal(encryptionKeys.length, 1)
  assert.ok(encryptionKeys.every(({ key }) => key.equals(keyPair('site').publicKey)))
  assert.deepEqual(
    signingKeys.map(({ key, endsAt }) => ({
      isOurs: key.equals(keyPair('site').publicKey),
      endsAt,
    })),
    [{ isOurs: true, endsAt: (await certificateOf('site')).validToDate }],
  )
})

const KEYS = [
  {
    title: 'every signing certificate counts',
    xml: () => siteMetadata(['site', 'site-next']),
    keys: 2,
  },
  {
    title: 'a certificate without a purpose counts for signing, one for encryption does not',
    xml: async () => {
      const none = await keyDescriptor(undefined, 'site-next')
      return (await siteMetadata()).replace('<md:ArtifactR', `${none}<md:ArtifactR`)
    },
    keys: 2,
  },
  { title: 'an EC key counts', xml: () => siteMetadata(['site-ec']), keys: 1 },
]

for (const { title, xml, keys } of KEYS) {
  test(title, async () => {
    assert.equal(readOne(await xml()).signingKeys.length, keys)
  })
}

const SIGNS = [
  { attribute: ' AuthnRequestsSigned="true"', signs: true },
  { attribute: ' AuthnRequestsSigned="1"', signs: true },
  { attribute: ' AuthnRequestsSigned="false"', signs: false },
  { attribute: ' AuthnRequestsSigned="0"', signs: false },
  { attribute: '', signs: false },
]

for (const { attribute, signs } of SIGNS) {
  test(`a role with${attribute || ' no word about signing'} means ${signs}`, async () => {
    const xml = (await siteMetadata()).replace(' AuthnRequestsSigned="true"', attribute)

    assert.equal(readOne(xml).signsRequests, signs)
  })
}

const ENDS = [
  { title: 'no end at all', list: '', file: '', role: '', ends: undefined },
  { title: 'the end of the file', list: '', file: '2030', role: '', ends: '2030' },
  { title: 'the end of the list', list: '2029', file: '', role: '', ends: '2029' },
  {
    title: 'the end of the list before that of the file',
    list: '2029',
    file: '2030',
    role: '',
    ends: '2029',
  },
  {
    title: 'the end of the file before that of the list',
    list: '2031',
    file: '2030',
    role: '',
    ends: '2030',
  },
  {
    title: 'the end of the role before the others',
    list: '2031',
    file: '2030',
    role: '2028',
    ends: '2028',
  },
  {
    title: 'the end of the file before that of the role',
    list: '',
    file: '2027',
    role: '2028',
    ends: '2027',
  },
]

function until(year: string): string {
  return year === '' ? '' : ` validUntil="${year}-01-01T00:00:00Z"`
}

for (const { title, list, file, role, ends } of ENDS) {
  test(`the earliest end counts: ${title}`, async () => {
    const entity = (await smallMetadata(OTHER_SITE, 'other', true))
      .replace(' entityID', `${until(file)} entityID`)
      .replace(' AuthnRequestsSigned', `${until(role)} AuthnRequestsSigned`)
    const xml = `<md:EntitiesDescriptor xmlns:md="${MD}"${until(list)}>${entity}</md:EntitiesDescriptor>`

    assert.equal(readOne(xml).validUntil?.toISOString().slice(0, 4), ends)
  })
}

test('of a list with lists inside every good site is read, and every bad one is named [S15]', async () => {
  const good = await smallMetadata(OTHER_SITE, 'other', true)
  const site = (await siteMetadata()).replace(/^<\?xml.*\?>\n/, '')
  const bad = `<md:EntityDescriptor entityID="https://bad.example"/>`
  const list = `<md:EntitiesDescriptor xmlns:md="${MD}">`
  const end = '</md:EntitiesDescriptor>'

  const { parties, problems } = readMetadata({
    source: 'all.xml',
    xml: `${list}${good}${list}${bad}${site}${end}${end}`,
  })

  assert.deepEqual(
    parties.map(({ entityId }) => entityId),
    [OTHER_SITE.entityId, SITE.entityId],
  )
  assert.deepEqual(
    problems.map(({ problem }) => problem),
    ['https://bad.example has no SPSSODescriptor'],
  )
})

test('of two files with one entity ID the first counts', async () => {
  const files = [
    { source: 'a.xml', xml: await siteMetadata(['site']) },
    { source: 'b.xml', xml: await siteMetadata(['stranger']) },
  ]

  const { parties, problems } = readMetadataFiles(files)

  assert.deepEqual(
    parties.map(({ source }) => source),
    ['a.xml'],
  )
  assert.deepEqual(
    problems.map(({ source }) => source),
    ['b.xml'],
  )
})

test('no files give no sites and no problems', () => {
  assert.deepEqual(readMetadataFiles([]), { parties: [], problems: [] })
})
