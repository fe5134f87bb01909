// What the options of OpenID Connect, LDAP and the sign-in page mean together.

import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isSafeTransport } from './option.ts'
import type { SignInMethodName, UPSTREAM_OPTIONS } from './upstream-options.ts'

type Rows = typeof UPSTREAM_OPTIONS

/** The value of each of these options after its own row has read it. */
export type UpstreamValues = {
  readonly [K in keyof Rows]: ReturnType<Rows[K]['schema']['parse']> | undefined
}

/** Which claim or attribute fills which field of an account. */
export type FieldMap = Readonly<
  Partial<Record<'login' | 'accountId' | 'email' | 'name' | 'mobile', string>>
>

/** Whether a person whom nobody has linked gets an account. */
export type Accounts = 'known' | 'create'

/** By which key this service proves its name to the provider (OpenID Connect Core §9). */
export type ClientKey = { readonly key: KeyObject; readonly id: string | undefined }

export type OidcSettings = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | undefined
  readonly clientAuth: 'basic' | 'post'
  /** Signs in place of the secret. */
  readonly clientKey: ClientKey | undefined
  /** What the provider says of a sign-in with a second factor; empty lists when that counts for nothing. */
  readonly mfa: { readonly amr: readonly string[]; readonly acr: readonly string[] }
  readonly name: string
  readonly scopes: string
  readonly claims: FieldMap
  readonly accounts: Accounts
}

export type LdapSettings = {
  readonly url: string
  readonly startTls: boolean
  /** Certificates in PEM; the machine's own without them. */
  readonly ca: string | undefined
  readonly baseDn: string
  /** How an entry is found: as a service, or by the name the person binds by. */
  readonly access:
    | { readonly kind: 'service'; readonly dn: string; readonly password: string }
    | { readonly kind: 'direct'; readonly template: string }
  readonly filter: string
  readonly idAttribute: 'entryUUID' | 'objectGUID'
  readonly attributes: FieldMap
  readonly group: string | undefined
  readonly isGroupNested: boolean
  readonly accounts: Accounts
  /** What the page calls it; in the person's language without one. */
  readonly name: string | undefined
}

export type UpstreamSettings = {
  readonly oidc: OidcSettings | undefined
  readonly ldap: LdapSettings | undefined
  readonly methods: readonly SignInMethodName[]
}

/** Completes the values and pushes a mistake for each rule that is broken. */
export function readUpstream(
  values: UpstreamValues,
  hasPortal: boolean,
  mistakes: string[],
): UpstreamSettings {
  const oidc = readOidc(values, mistakes)
  const ldap = readLdap(values, mistakes)
  const isThere = {
    portal: hasPortal,
    local: true,
    passkey: true,
    ldap: ldap !== undefined,
    oidc: oidc !== undefined,
  }
  const order = ['portal', 'local', 'ldap', 'oidc', 'passkey'] as const
  for (const method of values.signInMethods ?? []) {
    if (!isThere[method]) mistakes.push(`SIGN_IN_METHODS: names ${method}, which is not configured`)
  }
  return { oidc, ldap, methods: values.signInMethods ?? order.filter((method) => isThere[method]) }
}

function readOidc(values: UpstreamValues, mistakes: string[]): OidcSettings | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId } = values
  if (issuer === undefined || clientId === undefined) return undefined
  if (!isSafeTransport(issuer)) {
    mistakes.push(`OIDC_ISSUER: must start with https://, but is "${issuer}"`)
  }
  return {
    issuer,
    clientId,
    clientSecret: values.oidcClientSecret,
    clientAuth: values.oidcClientAuth ?? 'basic',
    clientKey: readClientKey(values, mistakes),
    mfa: { amr: values.oidcMfaAmr ?? [], acr: values.oidcMfaAcr ?? [] },
    name: values.oidcName ?? 'OpenID',
    scopes: values.oidcScopes ?? 'openid',
    claims: readMap(values.oidcClaims),
    accounts: values.oidcAccounts ?? 'known',
  }
}

function readClientKey(values: UpstreamValues, mistakes: string[]): ClientKey | undefined {
  const { oidcClientKey: pem, oidcClientKeyId: id, oidcClientSecret: secret } = values
  if (pem === undefined) return undefined
  if (secret !== undefined)
    mistakes.push('OIDC_CLIENT_KEY: must not be set beside OIDC_CLIENT_SECRET')
  const key = parseKey(pem)
  if (key !== undefined && isStrong(key)) return { key, id }
  mistakes.push(
    'OIDC_CLIENT_KEY: must be a private key in PEM: RSA of 2048 bits or more, EC P-256 or Ed25519',
  )
  return undefined
}

function parseKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

function isStrong({ asymmetricKeyType: kind, asymmetricKeyDetails }: KeyObject): boolean {
  const { modulusLength = 0, namedCurve } = asymmetricKeyDetails ?? {}
  if (kind === 'rsa') return modulusLength >= 2048
  return kind === 'ed25519' || (kind === 'ec' && namedCurve === 'prime256v1')
}

function readLdap(values: UpstreamValues, mistakes: string[]): LdapSettings | undefined {
  const { ldapUrl: url, ldapBaseDn: baseDn, ldapFilter, ldapIdAttribute } = values
  if (url === undefined || baseDn === undefined) return undefined
  const startTls = values.ldapStartTls === 'true'
  checkTransport(url, startTls, mistakes)
  const access = readAccess(values, mistakes)
  if (access === undefined) return undefined
  return {
    url,
    startTls,
    ca: readCertificates(values.ldapCaFile, mistakes),
    baseDn,
    access,
    filter: ldapFilter ?? '',
    idAttribute: ldapIdAttribute ?? 'entryUUID',
    attributes: readMap(values.ldapAttributes),
    group: values.ldapGroup,
    isGroupNested: values.ldapGroupNested === 'true',
    accounts: values.ldapAccounts ?? 'known',
    name: values.ldapName,
  }
}

// Passwords travel here.
function checkTransport(url: string, startTls: boolean, mistakes: string[]): void {
  if (url.startsWith('ldaps:')) {
    if (startTls) mistakes.push('LDAP_STARTTLS: must be false when LDAP_URL starts with ldaps://')
  } else if (!startTls && !isSafeTransport(url)) {
    mistakes.push(`LDAP_URL: must start with ldaps://, or LDAP_STARTTLS be true, but is "${url}"`)
  }
}

function readAccess(
  values: UpstreamValues,
  mistakes: string[],
): LdapSettings['access'] | undefined {
  const { ldapBindDn: dn, ldapBindPassword: password, ldapDnTemplate: template } = values
  if (template !== undefined) {
    if (dn !== undefined) mistakes.push('LDAP_DN_TEMPLATE: must not be set beside LDAP_BIND_DN')
    return { kind: 'direct', template }
  }
  if (dn !== undefined && password !== undefined) return { kind: 'service', dn, password }
  mistakes.push(
    'LDAP_BIND_DN: must be set with LDAP_BIND_PASSWORD, or LDAP_DN_TEMPLATE in their place',
  )
  return undefined
}

function readCertificates(path: string | undefined, mistakes: string[]): string | undefined {
  if (path === undefined) return undefined
  try {
    const pem = readFileSync(path, 'utf8')
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem
    mistakes.push(`LDAP_CA_FILE: must hold certificates in PEM, but "${path}" has none`)
  } catch {
    mistakes.push(`LDAP_CA_FILE: must name a readable file, but is "${path}"`)
  }
  return undefined
}

function readMap(pairs: string | undefined): FieldMap {
  const entries = (pairs ?? '').split(' ').map((pair) => {
    const [field = '', source = ''] = pair.split('=')
    return [field === 'account_id' ? 'accountId' : field, source] as const
  })
  return Object.fromEntries(entries)
}
