// What options mean together: defaults that follow from others, and rules across several.

import { SITES } from '../base/huawei-sites.ts'
import type { Portal } from '../base/portal.ts'
import { SANDBOX } from '../base/sandbox-names.ts'
import { type BrandSettings, readBrand } from './brand.ts'
import { checkBreachedFile } from './breached-file.ts'
import { isSafeTransport } from './option.ts'
import type { OPTIONS, OptionKey } from './options.ts'
import { readPortals, type SandboxPortal } from './portals.ts'
import type { SiteName } from './sites.ts'
import { readUpstream, type UpstreamSettings } from './upstream.ts'

/** The value of each option after its own row has read it. */
export type RawValues = {
  readonly [K in OptionKey]: ReturnType<(typeof OPTIONS)[K]['schema']['parse']> | undefined
}

export type PartnerKey =
  | { readonly kind: 'access-key'; readonly accessKey: string; readonly secretKey: string }
  | {
      readonly kind: 'password'
      readonly user: string
      readonly password: string
      readonly domain: string
    }

/** The bucket that Huawei puts the subscribed files into. */
export type BucketSettings = {
  readonly endpoint: string
  readonly bucket: string
  readonly accessKey: string
  readonly secretKey: string
  readonly securityToken: string | undefined
}

/** Where the record of what people did is sent as well. */
export type SyslogSettings = {
  readonly protocol: 'udp' | 'tcp' | 'tls'
  readonly host: string
  readonly port: number
}

type FactorPolicy = 'off' | 'optional' | 'required'

/** Who is asked for a second factor. */
export type FactorSettings = {
  readonly customer: FactorPolicy
  readonly operator: FactorPolicy
  /** `undefined` in the sandbox, which draws its own, and where nobody is asked. */
  readonly key: string | undefined
}

/** The complete settings of one installation. */
export type Settings = {
  readonly site: SiteName
  readonly huawei: {
    readonly authUrl: string
    readonly consoleUrl: string
    readonly iamUrl: string
    readonly bssUrl: string
    readonly platformId: string
    readonly partnerId: string
    readonly timeoutSeconds: number
    readonly createsByEmail: boolean
    /** May hold a password. */
    readonly proxy: string | undefined
    readonly partnerKey: PartnerKey | undefined
  }
  readonly publicUrl: string
  readonly entityId: string
  readonly listen: { readonly host: string; readonly port: number }
  readonly ops: { readonly host: string; readonly port: number }
  readonly trustProxy: number
  readonly rateLimitPerMinute: number
  readonly databaseUrl: string
  readonly ledgerDays: number
  readonly auditDays: number
  readonly auditSyslog: SyslogSettings | undefined
  readonly certsDir: string
  /** How the private keys of CERTS_DIR are reached. */
  readonly keyAccess: {
    readonly passphrase: string | undefined
    readonly command: readonly string[] | undefined
  }
  readonly metadataDir: string
  readonly sessionMinutes: number
  readonly sessionHoursMax: number
  readonly assertionMinutes: number
  readonly clockSkewSeconds: number
  readonly factors: FactorSettings
  /** Those that vouch for people; whom nobody knows is sent to the first one. */
  readonly portals: readonly Portal[]
  readonly upstream: UpstreamSettings
  /** Where people go when they are done here: the portal, or our own page. */
  readonly portalHome: string
  readonly passwordLinkMinutes: number
  readonly breachedPasswordsFile: string | undefined
  readonly bindHours: number
  readonly reconcileHours: number
  readonly traceKeep: number
  readonly traceDays: number
  readonly bindSignedBytes: 'base64' | 'json'
  readonly agreements: { readonly customer: string; readonly privacy: string } | undefined
  readonly bucket: BucketSettings | undefined
  readonly sandbox: { readonly port: number; readonly url: string; readonly isOurs: boolean }
  readonly brand: BrandSettings
  /** What the portal API allows. */
  readonly api: {
    readonly requestsPerMinute: number
    /** Webhooks may go to private networks. */
    readonly allowsPrivateAddresses: boolean
    /** And by http. */
    readonly allowsHttp: boolean
  }
  readonly logLevel: string
}

const SAMPLE_AGREEMENT =
  'Sample text for the sandbox. On a real site your customers read the Huawei Cloud Customer Agreement here.'
const SAMPLE_PRIVACY =
  'Sample text for the sandbox. On a real site your customers read the Huawei Cloud Privacy Statement here.'

/**
 * Completes the values and pushes a mistake for each rule that is broken. The result is only
 * meaningful while `mistakes` is empty; `undefined` when a value it cannot do without is missing.
 */
export function fillIn(values: RawValues, mistakes: string[]): Settings | undefined {
  const site = values.huaweiSite
  if (site === undefined) return undefined // What else is required depends on it.
  const port = values.port ?? 0 // A wrong one is in mistakes.
  const sandbox = sandboxAddress(values)
  const publicUrl = values.publicUrl ?? `http://localhost:${port}`
  requireTogether(values, mistakes)
  requireSafeTransport(values, publicUrl, mistakes)
  const required = <T>(value: T | undefined): T => value as T // A missing one is in mistakes.
  const portals = readPortals(values, sandboxPortal(values, sandbox.url), mistakes)

  return {
    site,
    huawei: { ...huawei(values, sandbox.url, mistakes), partnerKey: partnerKey(values) },
    publicUrl,
    entityId: values.entityId ?? `${publicUrl}/saml/metadata`,
    listen: { host: required(values.host), port },
    ops: { host: required(values.opsHost), port: required(values.opsPort) },
    trustProxy: required(values.trustProxy),
    rateLimitPerMinute: required(values.rateLimitPerMinute),
    databaseUrl: required(values.databaseUrl),
    ledgerDays: required(values.ledgerDays),
    auditDays: required(values.auditDays),
    auditSyslog: readSyslog(values.auditSyslog),
    certsDir: required(values.certsDir),
    keyAccess: {
      passphrase: values.signingKeyPassphrase,
      command: values.signerCommand?.trim().split(/\s+/),
    },
    metadataDir: required(values.metadataDir),
    sessionMinutes: required(values.sessionMinutes),
    sessionHoursMax: required(values.sessionHoursMax),
    assertionMinutes: required(values.assertionMinutes),
    clockSkewSeconds: required(values.clockSkewSeconds),
    factors: factors(values, mistakes),
    portals,
    upstream: readUpstream(values, portals.length > 0, mistakes),
    portalHome: values.portalUrl ?? portals[0]?.homeUrl ?? '/',
    passwordLinkMinutes: required(values.passwordLinkMinutes),
    breachedPasswordsFile: checkBreachedFile(values.breachedPasswordsFile, mistakes),
    bindHours: required(values.bindHours),
    reconcileHours: required(values.reconcileHours),
    traceKeep: required(values.traceKeep),
    traceDays: required(values.traceDays),
    bindSignedBytes: required(values.bindSignedBytes),
    agreements: agreements(values),
    bucket: bucket(values, sandbox.url),
    sandbox,
    brand: readBrand(values, mistakes),
    api: {
      requestsPerMinute: required(values.apiRequestsPerMinute),
      allowsPrivateAddresses: site === 'sandbox' || values.webhookPrivateAddresses === 'allow',
      allowsHttp: site === 'sandbox',
    },
    logLevel: required(values.logLevel),
  }
}

// The option's own pattern has let nothing else through.
function readSyslog(value: string | undefined): SyslogSettings | undefined {
  const [, protocol, host, port] = /^(udp|tcp|tls):\/\/(.+):(\d+)$/.exec(value ?? '') ?? []
  if (protocol !== 'udp' && protocol !== 'tcp' && protocol !== 'tls') return undefined
  return { protocol, host: (host ?? '').replace(/^\[|\]$/g, ''), port: Number(port) }
}

function sandboxAddress(values: RawValues): Settings['sandbox'] {
  const port = values.sandboxPort ?? 4000
  const url = values.sandboxUrl ?? `http://127.0.0.1:${port}`
  return { port, url, isOurs: values.sandboxUrl === undefined }
}

function huawei(values: RawValues, sandboxUrl: string, mistakes: string[]) {
  const site = values.huaweiSite
  const isSandbox = site === 'sandbox'
  const preset = site === undefined || site === 'custom' || isSandbox ? undefined : SITES[site]
  const url = (given: string | undefined, name: string, ofSite: string | undefined) => {
    const value = given ?? ofSite ?? (isSandbox ? sandboxUrl : undefined)
    if (value === undefined) mistakes.push(`${name}: must be set when HUAWEI_SITE is custom`)
    return value ?? ''
  }
  const id = (given: string | undefined, name: string, inSandbox: string) => {
    const value = given ?? (isSandbox ? inSandbox : undefined)
    if (value === undefined) mistakes.push(`${name}: must be set when HUAWEI_SITE is ${site}`)
    return value ?? ''
  }
  return {
    authUrl: url(values.huaweiAuthUrl, 'HUAWEI_AUTH_URL', preset?.authUrl),
    consoleUrl: url(values.huaweiConsoleUrl, 'HUAWEI_CONSOLE_URL', preset?.consoleUrl),
    iamUrl: url(values.huaweiIamUrl, 'HUAWEI_IAM_URL', preset?.iamUrl),
    bssUrl: url(values.huaweiBssUrl, 'HUAWEI_BSS_URL', preset?.bssUrl),
    platformId: id(values.huaweiPlatformId, 'HUAWEI_PLATFORM_ID', SANDBOX.platformId),
    partnerId: id(values.huaweiPartnerId, 'HUAWEI_PARTNER_ID', SANDBOX.partnerId),
    timeoutSeconds: values.huaweiTimeoutSeconds ?? 15,
    createsByEmail: preset?.createsByEmail ?? true,
    proxy: values.huaweiProxy,
  }
}

function partnerKey(values: RawValues): PartnerKey | undefined {
  const { huaweiAccessKey: accessKey, huaweiSecretKey: secretKey } = values
  if (accessKey !== undefined && secretKey !== undefined) {
    return { kind: 'access-key', accessKey, secretKey }
  }
  const { huaweiIamUser: user, huaweiIamPassword: password, huaweiIamDomain: domain } = values
  if (user !== undefined && password !== undefined && domain !== undefined) {
    return { kind: 'password', user, password, domain }
  }
  if (values.huaweiSite !== 'sandbox') return undefined
  return { kind: 'access-key', accessKey: SANDBOX.accessKey, secretKey: SANDBOX.secretKey }
}

// The sandbox's browsers see it at HUAWEI_AUTH_URL; this service reaches it at SANDBOX_URL.
function sandboxPortal(values: RawValues, sandboxUrl: string): SandboxPortal | undefined {
  if (values.huaweiSite !== 'sandbox') return undefined
  return { seen: values.huaweiAuthUrl ?? sandboxUrl, reached: sandboxUrl }
}

const SHORTEST_KEY = 32

function factors(values: RawValues, mistakes: string[]): FactorSettings {
  const isSandbox = values.huaweiSite === 'sandbox'
  const usual = isSandbox ? 'optional' : 'off'
  const { secondFactor: customer = usual, operatorSecondFactor: operator = usual } = values
  const { factorKey: key } = values
  const isUsed = customer !== 'off' || operator !== 'off'
  if (isUsed && !isSandbox && key === undefined) {
    mistakes.push('FACTOR_KEY: must be set when SECOND_FACTOR or OPERATOR_SECOND_FACTOR is not off')
  }
  if (key !== undefined && [...key].length < SHORTEST_KEY) {
    mistakes.push(`FACTOR_KEY: must have ${SHORTEST_KEY} characters or more`)
  }
  return { customer, operator, key }
}

function agreements(values: RawValues): Settings['agreements'] {
  const { customerAgreement: customer, privacyStatement: privacy } = values
  if (customer !== undefined && privacy !== undefined) return { customer, privacy }
  if (values.huaweiSite !== 'sandbox') return undefined
  return { customer: customer ?? SAMPLE_AGREEMENT, privacy: privacy ?? SAMPLE_PRIVACY }
}

function bucket(values: RawValues, sandboxUrl: string): BucketSettings | undefined {
  const { obsEndpoint: endpoint, obsBucket: name, obsSecurityToken: securityToken } = values
  const { obsAccessKey: accessKey, obsSecretKey: secretKey } = values
  const isNamed = endpoint !== undefined && name !== undefined
  if (isNamed && accessKey !== undefined && secretKey !== undefined) {
    return { endpoint, bucket: name, accessKey, secretKey, securityToken }
  }
  if (values.huaweiSite !== 'sandbox') return undefined
  const { bucket, accessKey: sandboxKey, secretKey: sandboxSecret } = SANDBOX
  const key = { accessKey: sandboxKey, secretKey: sandboxSecret, securityToken: undefined }
  return { endpoint: sandboxUrl, bucket, ...key }
}

const TOGETHER: readonly (readonly [OptionKey, string])[][] = [
  [
    ['huaweiAccessKey', 'HUAWEI_ACCESS_KEY'],
    ['huaweiSecretKey', 'HUAWEI_SECRET_KEY'],
  ],
  [
    ['huaweiIamUser', 'HUAWEI_IAM_USER'],
    ['huaweiIamPassword', 'HUAWEI_IAM_PASSWORD'],
    ['huaweiIamDomain', 'HUAWEI_IAM_DOMAIN'],
  ],
  [
    ['oidcIssuer', 'OIDC_ISSUER'],
    ['oidcClientId', 'OIDC_CLIENT_ID'],
  ],
  [
    ['ldapUrl', 'LDAP_URL'],
    ['ldapBaseDn', 'LDAP_BASE_DN'],
  ],
  [
    ['obsEndpoint', 'OBS_ENDPOINT'],
    ['obsBucket', 'OBS_BUCKET'],
    ['obsAccessKey', 'OBS_ACCESS_KEY'],
    ['obsSecretKey', 'OBS_SECRET_KEY'],
  ],
]

function requireTogether(values: RawValues, mistakes: string[]): void {
  for (const group of TOGETHER) {
    const given = group.filter(([key]) => values[key] !== undefined).map(([, name]) => name)
    if (given.length === 0) continue
    for (const [key, name] of group) {
      if (values[key] === undefined) {
        mistakes.push(`${name}: must be set together with ${given.join(' and ')}`)
      }
    }
  }
}

// Tokens and sign-ins travel on these. The sandbox guards nothing and may be anywhere.
function requireSafeTransport(values: RawValues, publicUrl: string, mistakes: string[]): void {
  if (values.huaweiSite === 'sandbox') return
  const urls: readonly (readonly [string, string | undefined])[] = [
    ['PUBLIC_URL', publicUrl],
    ['HUAWEI_AUTH_URL', values.huaweiAuthUrl],
    ['HUAWEI_CONSOLE_URL', values.huaweiConsoleUrl],
    ['HUAWEI_IAM_URL', values.huaweiIamUrl],
    ['HUAWEI_BSS_URL', values.huaweiBssUrl],
    ['PORTAL_SIGN_IN_URL', values.portalSignInUrl],
    ['PORTAL_URL', values.portalUrl],
    ['OBS_ENDPOINT', values.obsEndpoint],
    ['PORTAL_KEYS', values.portalKeys?.includes('://') ? values.portalKeys : undefined],
  ]
  for (const [name, url] of urls) {
    if (url !== undefined && !isSafeTransport(url)) {
      mistakes.push(`${name}: must start with https:// for a real site, but is "${url}"`)
    }
  }
}
