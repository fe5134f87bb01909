// The options of OpenID Connect, LDAP and the sign-in page: what they mean, and what stops the start.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigurationError, type Environment, loadConfig } from '../../src/config/load.ts'
import { keyPair } from '../support/fixed.ts'

function pemOf(name: 'weak' | 'site'): string {
  return keyPair(name).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

const OIDC = { OIDC_ISSUER: 'https://id.example/realm/', OIDC_CLIENT_ID: 'idp' }
const LDAP = {
  LDAP_URL: 'ldaps://dc.example',
  LDAP_BASE_DN: 'dc=example',
  LDAP_DN_TEMPLATE: 'uid={login},dc=example',
}

const ORDERS: readonly {
  readonly title: string
  readonly given: Environment
  readonly methods: string
}[] = [
  { title: 'the sandbox has a portal', given: {}, methods: 'portal local passkey' },
  {
    title: 'what is configured comes along',
    given: { ...OIDC, ...LDAP },
    methods: 'portal local ldap oidc passkey',
  },
  {
    title: 'the order may be another',
    given: { ...OIDC, SIGN_IN_METHODS: 'oidc, local' },
    methods: 'oidc local',
  },
]

for (const { title, given, methods } of ORDERS) {
  test(`ways to sign in: ${title}`, () => {
    assert.equal(loadConfig(given).upstream.methods.join(' '), methods)
  })
}

test('an issuer is kept to the letter, and claims fill fields', () => {
  const given = { ...OIDC, OIDC_CLAIMS: 'account_id=customer_number email=email' }

  const { oidc } = loadConfig(given).upstream

  assert.equal(oidc?.issuer, 'https://id.example/realm/')
  assert.deepEqual(oidc?.claims, { accountId: 'customer_number', email: 'email' })
})

const MISTAKES: readonly {
  readonly title: string
  readonly given: Environment
  readonly name: string
}[] = [
  {
    title: 'a provider in clear text',
    given: { ...OIDC, OIDC_ISSUER: 'http://id.example' },
    name: 'OIDC_ISSUER',
  },
  {
    title: 'a key that is none',
    given: { ...OIDC, OIDC_CLIENT_KEY: 'not a key' },
    name: 'OIDC_CLIENT_KEY',
  },
  {
    title: 'a key that is too short',
    given: { ...OIDC, OIDC_CLIENT_KEY: pemOf('weak') },
    name: 'OIDC_CLIENT_KEY',
  },
  {
    title: 'a key beside a secret',
    given: { ...OIDC, OIDC_CLIENT_KEY: pemOf('site'), OIDC_CLIENT_SECRET: 'secret' },
    name: 'OIDC_CLIENT_KEY',
  },
  {
    title: 'a provider without a client',
    given: { OIDC_ISSUER: 'https://id.example' },
    name: 'OIDC_CLIENT_ID',
  },
  {
    title: 'a field that accounts do not have',
    given: { ...OIDC, OIDC_CLAIMS: 'role=admin' },
    name: 'OIDC_CLAIMS',
  },
  { title: 'scopes without openid', given: { ...OIDC, OIDC_SCOPES: 'email' }, name: 'OIDC_SCOPES' },
  {
    title: 'a directory in clear text',
    given: { ...LDAP, LDAP_URL: 'ldap://dc.example' },
    name: 'LDAP_URL',
  },
  { title: 'TLS within TLS', given: { ...LDAP, LDAP_STARTTLS: 'true' }, name: 'LDAP_STARTTLS' },
  {
    title: 'a directory without a way to look people up',
    given: { ...LDAP, LDAP_DN_TEMPLATE: '' },
    name: 'LDAP_BIND_DN',
  },
  {
    title: 'two ways to look people up',
    given: { ...LDAP, LDAP_BIND_DN: 'cn=s' },
    name: 'LDAP_DN_TEMPLATE',
  },
  {
    title: 'a name that is nothing but what people type',
    given: { ...LDAP, LDAP_DN_TEMPLATE: '{login}' },
    name: 'LDAP_DN_TEMPLATE',
  },
  {
    title: 'a filter without a name',
    given: { ...LDAP, LDAP_FILTER: '(uid=ann)' },
    name: 'LDAP_FILTER',
  },
  {
    title: 'certificates that are not there',
    given: { ...LDAP, LDAP_CA_FILE: '/nowhere.pem' },
    name: 'LDAP_CA_FILE',
  },
  {
    title: 'a method that is not configured',
    given: { SIGN_IN_METHODS: 'local oidc' },
    name: 'SIGN_IN_METHODS',
  },
  { title: 'a method twice', given: { SIGN_IN_METHODS: 'local local' }, name: 'SIGN_IN_METHODS' },
]

for (const { title, given, name } of MISTAKES) {
  test(`${title} stops the start`, () => {
    assert.throws(
      () => loadConfig(given),
      (error) => {
        assert.ok(error instanceof ConfigurationError)
        return error.mistakes.some((mistake) => mistake.startsWith(`${name}: `))
      },
    )
  })
}
