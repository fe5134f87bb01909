// The options: what is taken, what is completed, and every mistake at once, each as a sentence.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ConfigurationError, type Environment, loadConfig } from '../../src/config/load.ts'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-config-'))
after(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function mistakesOf(environment: Environment): readonly string[] {
  try {
    loadConfig(environment)
  } catch (error) {
    assert.ok(error instanceof ConfigurationError)
    return error.mistakes
  }
  return []
}

const EUROPE = {
  HUAWEI_SITE: 'europe',
  HUAWEI_PLATFORM_ID: 'example_IDP',
  HUAWEI_PARTNER_ID: 'partner0001',
  PUBLIC_URL: 'https://sso.partner.example',
} as const

test('nothing is set: the sandbox, on this machine, with everything it needs', () => {
  const config = loadConfig({})

  assert.equal(config.site, 'sandbox')
  assert.equal(config.publicUrl, 'http://localhost:3000')
  assert.equal(config.entityId, 'http://localhost:3000/saml/metadata')
  assert.deepEqual(config.listen, { host: '127.0.0.1', port: 3000 })
  assert.deepEqual(config.ops, { host: '127.0.0.1', port: 9464 })
  assert.equal(config.huawei.authUrl, 'http://127.0.0.1:4000')
  assert.equal(config.portals[0]?.signInUrl, 'http://127.0.0.1:4000/portal/sign-in')
  assert.equal(config.databaseUrl, 'sqlite:./data/idp.db')
  assert.ok(config.huawei.partnerKey !== undefined)
})

const PRESETS = [
  ['china', 'https://auth.huaweicloud.com', 'https://bss.myhuaweicloud.com', false],
  [
    'international',
    'https://auth-intl.huaweicloud.com',
    'https://bss-intl.myhuaweicloud.com',
    true,
  ],
  ['europe', 'https://auth.eu.huaweicloud.com', 'https://bss.myhuaweicloud.eu', true],
] as const

for (const [site, authUrl, bssUrl, createsByEmail] of PRESETS) {
  test(`the site "${site}" presets its addresses, and nothing of the sandbox`, () => {
    const { huawei, portals, agreements } = loadConfig({ ...EUROPE, HUAWEI_SITE: site })

    assert.deepEqual(
      { authUrl: huawei.authUrl, bssUrl: huawei.bssUrl, createsByEmail: huawei.createsByEmail },
      { authUrl, bssUrl, createsByEmail },
    )
    assert.deepEqual([portals, agreements, huawei.partnerKey], [[], undefined, undefined])
  })
}

test('a single address can be replaced', () => {
  const { huawei } = loadConfig({ ...EUROPE, HUAWEI_BSS_URL: 'https://bss.proxy.example/' })

  assert.equal(huawei.bssUrl, 'https://bss.proxy.example')
  assert.equal(huawei.authUrl, 'https://auth.eu.huaweicloud.com')
})

const RECEIVERS = [
  {
    text: 'tls://syslog.example.com:6514',
    read: { protocol: 'tls', host: 'syslog.example.com', port: 6514 },
  },
  { text: 'udp://[2001:db8::1]:514', read: { protocol: 'udp', host: '2001:db8::1', port: 514 } },
]

for (const { text, read } of RECEIVERS) {
  test(`the record can be sent to ${text}`, () => {
    assert.deepEqual(loadConfig({ AUDIT_SYSLOG: text }).auditSyslog, read)
  })
}

for (const text of ['syslog.example.com:514', 'https://syslog.example.com:514', 'tcp://host']) {
  test(`${text} is no receiver of the record`, () => {
    assert.match(mistakesOf({ AUDIT_SYSLOG: text }).join(), /^AUDIT_SYSLOG: must be a receiver/)
  })
}

test('every mistake is told in one go', () => {
  const mistakes = mistakesOf({
    HUAWEI_SITE: 'europe',
    SESSION_MINUTES: 'soon',
    PORT: '0',
    TRUST_PROXY: 'yes',
    DATABASE_URL: 'mysql://db/idp',
    LEDGER_DAYS: '7',
    HUAWEI_ACCESS_KEY: 'AK',
    PORTAL_ISSUER: 'https://portal.example',
    LOG_LEVEL: 'loud',
  })

  const names = mistakes.map((mistake) => mistake.split(':')[0])
  for (const name of ['SESSION_MINUTES', 'PORT', 'TRUST_PROXY', 'LEDGER_DAYS', 'LOG_LEVEL']) {
    assert.ok(names.includes(name), `${name} in ${names.join(', ')}`)
  }
  assert.ok(
    mistakes.includes('SESSION_MINUTES: must be a whole number from 5 to 720, but is "soon"'),
  )
})

const MISTAKES = [
  {
    title: 'a real site without the ids of the partner',
    environment: { HUAWEI_SITE: 'europe', PUBLIC_URL: 'https://sso.partner.example' },
    mistakes: [
      'HUAWEI_PLATFORM_ID: must be set when HUAWEI_SITE is europe',
      'HUAWEI_PARTNER_ID: must be set when HUAWEI_SITE is europe',
    ],
  },
  {
    title: 'a custom site without addresses',
    environment: { ...EUROPE, HUAWEI_SITE: 'custom', HUAWEI_AUTH_URL: 'https://auth.example' },
    mistakes: [
      'HUAWEI_CONSOLE_URL: must be set when HUAWEI_SITE is custom',
      'HUAWEI_IAM_URL: must be set when HUAWEI_SITE is custom',
      'HUAWEI_BSS_URL: must be set when HUAWEI_SITE is custom',
    ],
  },
  {
    title: 'half of an access key',
    environment: { ...EUROPE, HUAWEI_ACCESS_KEY: 'AK' },
    mistakes: ['HUAWEI_SECRET_KEY: must be set together with HUAWEI_ACCESS_KEY'],
  },
  {
    title: 'second factors without a key for their secrets',
    environment: { ...EUROPE, OPERATOR_SECOND_FACTOR: 'required' },
    mistakes: ['FACTOR_KEY: must be set when SECOND_FACTOR or OPERATOR_SECOND_FACTOR is not off'],
  },
  {
    title: 'a key for second factors that can be guessed',
    environment: { ...EUROPE, SECOND_FACTOR: 'optional', FACTOR_KEY: 'x'.repeat(31) },
    mistakes: ['FACTOR_KEY: must have 32 characters or more'],
  },
  {
    title: 'a third of a portal',
    environment: { ...EUROPE, PORTAL_ISSUER: 'https://portal.example' },
    mistakes: [
      'PORTAL_SIGN_IN_URL: must be set together with PORTAL_ISSUER',
      'PORTAL_KEYS: must be set together with PORTAL_ISSUER',
    ],
  },
  {
    title: 'clear text where sign-ins travel',
    environment: { ...EUROPE, PUBLIC_URL: 'http://sso.partner.example' },
    mistakes: [
      'PUBLIC_URL: must start with https:// for a real site, but is "http://sso.partner.example"',
    ],
  },
  {
    title: 'an address with a path',
    environment: { ...EUROPE, PUBLIC_URL: 'https://partner.example/sso' },
    mistakes: [
      'PUBLIC_URL: must be an http(s) origin such as https://sso.example.com, but is "https://partner.example/sso"',
    ],
  },
  {
    title: 'an address with a password in it',
    environment: { ...EUROPE, HUAWEI_BSS_URL: 'https://user:pass@bss.example' },
    mistakes: [
      'HUAWEI_BSS_URL: must be an http(s) origin such as https://sso.example.com, but is "https://user:pass@bss.example"',
    ],
  },
  {
    title: 'a value and a file for the same option',
    environment: { HUAWEI_SECRET_KEY: 'SK', HUAWEI_SECRET_KEY_FILE: '/run/secrets/sk' },
    mistakes: ['HUAWEI_SECRET_KEY: must be given once, but HUAWEI_SECRET_KEY_FILE is set as well'],
  },
  {
    title: 'a file that is not there',
    environment: { CONFIG_FILE: '/no/such/file.env' },
    mistakes: ['CONFIG_FILE: must name a readable file, but is "/no/such/file.env" (ENOENT)'],
  },
] as const

for (const { title, environment, mistakes } of MISTAKES) {
  test(`${title} is told`, () => {
    assert.deepEqual(mistakesOf(environment), mistakes)
  })
}

test('a secret may come as a file, and its line break does not count', () => {
  const HUAWEI_SECRET_KEY_FILE = file('secret', 'the-secret-key\n')

  const { huawei } = loadConfig({ ...EUROPE, HUAWEI_ACCESS_KEY: 'AK', HUAWEI_SECRET_KEY_FILE })

  assert.deepEqual(huawei.partnerKey, {
    kind: 'access-key',
    accessKey: 'AK',
    secretKey: 'the-secret-key',
  })
})

test('the environment wins over the file, and the file over the default', () => {
  const CONFIG_FILE = file('some.env', 'SESSION_MINUTES=40\nASSERTION_MINUTES=7\n')

  const config = loadConfig({ CONFIG_FILE, SESSION_MINUTES: '50' })

  assert.equal(config.sessionMinutes, 50)
  assert.equal(config.assertionMinutes, 7)
  assert.equal(config.clockSkewSeconds, 180)
})

test('a misspelt name in our own file is a mistake, in the environment it is not', () => {
  const CONFIG_FILE = file('misspelt.env', 'SESION_MINUTES=40\n')

  assert.deepEqual(mistakesOf({ CONFIG_FILE }), [
    `SESION_MINUTES: is no option (in ${CONFIG_FILE})`,
  ])
  assert.deepEqual(mistakesOf({ SESION_MINUTES: '40' }), [])
})

test('an empty variable is one that is not set', () => {
  assert.equal(loadConfig({ SESSION_MINUTES: '' }).sessionMinutes, 30)
})

test('a secret is never part of a mistake', () => {
  const HUAWEI_SECRET_KEY_FILE = file('empty-secret', '')

  const mistakes = mistakesOf({ ...EUROPE, HUAWEI_ACCESS_KEY: 'AK', HUAWEI_SECRET_KEY_FILE })

  assert.deepEqual(mistakes, [
    'HUAWEI_SECRET_KEY: must be a text, but is a value that is not shown',
    'HUAWEI_SECRET_KEY: must be set together with HUAWEI_ACCESS_KEY',
  ])
})

test('the settings cannot be changed afterwards', () => {
  assert.ok(Object.isFrozen(loadConfig({})))
})
