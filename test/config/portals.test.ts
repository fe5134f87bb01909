// PORTALS_FILE and the options of the first portal: what they mean, and how mistakes are told.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '../../src/config/load.ts'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-portals-'))
after(() => rmSync(folder, { recursive: true }))

const FILE = join(folder, 'portals.json')
const SECRET = 'a secret that two machines share.'
const SECRET_FILE = join(folder, 'secret')
const SHORT_FILE = join(folder, 'short')
writeFileSync(SECRET_FILE, `${SECRET}\n`)
writeFileSync(SHORT_FILE, 'short')

const EUROPE = {
  HUAWEI_SITE: 'europe',
  HUAWEI_PLATFORM_ID: 'platform',
  HUAWEI_PARTNER_ID: 'partner',
  PUBLIC_URL: 'https://sso.partner.example',
}
const FIRST = {
  PORTAL_SIGN_IN_URL: 'https://portal.example/sign-in',
  PORTAL_ISSUER: 'https://portal.example',
}
const EAST = {
  name: 'east',
  issuer: 'https://east.example',
  signInUrl: 'https://east.example/sign-in',
}

function read(environment: Readonly<Record<string, string>>, file?: unknown) {
  if (file !== undefined)
    writeFileSync(FILE, typeof file === 'string' ? file : JSON.stringify(file))
  const named = file === undefined ? {} : { PORTALS_FILE: FILE }
  return readConfig({ ...EUROPE, ...named, ...environment })
}

test('the portal of the options is the first one, and those of the file come after it', () => {
  const file = [{ ...EAST, secretFile: SECRET_FILE, skewSeconds: 5, homeUrl: 'https://e.example/' }]

  const { config, mistakes } = read({ ...FIRST, PORTAL_KEYS: 'portal.pem' }, file)

  assert.deepEqual(mistakes, [])
  assert.equal(config?.portalHome, 'https://portal.example/')
  assert.deepEqual(config?.portals, [
    {
      name: 'portal',
      issuer: 'https://portal.example',
      proof: { kind: 'keys', source: 'portal.pem' },
      algorithms: ['RS256', 'ES256', 'EdDSA'],
      skewSeconds: 30,
      signInUrl: 'https://portal.example/sign-in',
      homeUrl: 'https://portal.example/',
    },
    {
      ...EAST,
      proof: { kind: 'secret', secret: SECRET },
      algorithms: ['HS256'],
      skewSeconds: 5,
      homeUrl: 'https://e.example/',
    },
  ])
})

test('a secret takes the place of keys', () => {
  const { config, mistakes } = read({ ...FIRST, PORTAL_SECRET: SECRET })

  assert.deepEqual(mistakes, [])
  assert.deepEqual(config?.portals[0]?.proof, { kind: 'secret', secret: SECRET })
  assert.deepEqual(config?.portals[0]?.algorithms, ['HS256'])
})

const at = (field: string) => `PORTALS_FILE: ${FILE}: [0].${field}`

const MISTAKES: readonly {
  readonly title: string
  readonly environment?: Readonly<Record<string, string>>
  readonly file?: unknown
  readonly mistakes: readonly string[]
}[] = [
  {
    title: 'keys and a secret for one portal',
    environment: { ...FIRST, PORTAL_KEYS: 'portal.pem', PORTAL_SECRET: SECRET },
    mistakes: ['PORTAL_SECRET: must not be set beside PORTAL_KEYS'],
  },
  {
    title: 'a secret that can be guessed',
    environment: { PORTAL_SECRET: 'x'.repeat(31) },
    mistakes: [
      'PORTAL_SECRET: must be a text of 32 bytes or more, but is a value that is not shown',
    ],
  },
  {
    title: 'HS256 for public keys',
    environment: { ...FIRST, PORTAL_KEYS: 'portal.pem', PORTAL_ALGORITHMS: 'RS256 HS256' },
    mistakes: [
      'PORTAL_ALGORITHMS: must list some of RS256, PS256, ES256, EdDSA, but is "RS256 HS256"',
    ],
  },
  {
    title: 'a file that is no JSON',
    file: '[',
    mistakes: [`PORTALS_FILE: must hold a JSON list, but is "${FILE}"`],
  },
  {
    title: 'a file that holds one portal without a list',
    file: EAST,
    mistakes: [`PORTALS_FILE: must hold a JSON list, but "${FILE}" holds something else`],
  },
  {
    title: 'a portal without a proof',
    file: [EAST],
    mistakes: [at('keys: must be given, or secretFile in its place, and not both')],
  },
  {
    title: 'a portal with two proofs',
    file: [{ ...EAST, keys: 'east.pem', secretFile: SECRET_FILE }],
    mistakes: [at('keys: must be given, or secretFile in its place, and not both')],
  },
  {
    title: 'HS256 with keys in the file',
    file: [{ ...EAST, keys: 'east.pem', algorithms: ['ES256', 'HS256'] }],
    mistakes: [at('algorithms: must be HS256 with secretFile, and never with keys')],
  },
  {
    title: 'RS256 with a secret in the file',
    file: [{ ...EAST, secretFile: SECRET_FILE, algorithms: ['RS256'] }],
    mistakes: [at('algorithms: must be HS256 with secretFile, and never with keys')],
  },
  {
    title: 'a short secret in a file',
    file: [{ ...EAST, secretFile: SHORT_FILE }],
    mistakes: [at('secretFile: must hold 32 bytes or more')],
  },
  {
    title: 'fields that are wrong, missing and unknown',
    file: [{ name: 'East!', issuer: EAST.issuer, keys: 'east.pem', skew: 3 }],
    mistakes: [
      at('name: must be small letters, digits and hyphens, 40 at most'),
      at('signInUrl: must be an http(s) URL'),
      at('skew: is no field'),
    ],
  },
  {
    title: 'clear text where tokens travel',
    file: [{ ...EAST, keys: 'http://east.example/jwks.json' }],
    mistakes: [
      at('keys: must start with https:// for a real site, but is "http://east.example/jwks.json"'),
    ],
  },
  {
    title: 'two portals that nobody could tell apart',
    file: [
      { ...EAST, keys: 'east.pem' },
      { ...EAST, name: 'west', keys: 'west.pem' },
    ],
    mistakes: ['PORTALS_FILE: each issuer must be there once, but "https://east.example" is twice'],
  },
]

for (const { title, environment = {}, file, mistakes } of MISTAKES) {
  test(`${title}: the mistake says where it is`, () => {
    assert.deepEqual(read(environment, file).mistakes, mistakes)
  })
}
