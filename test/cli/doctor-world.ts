// An installation that is as it should be, and the world around it as the doctor sees it. Tests spoil one
// thing at a time.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { CHECKS } from '../../src/cli/doctor/checks.ts'
import type { Connect, TlsFacts } from '../../src/cli/doctor/connect.ts'
import { type Examined, examine } from '../../src/cli/doctor/examine.ts'
import type { ProbeDirectory } from '../../src/signin/ldap-probe.ts'
import { siteMetadata } from '../support/build.ts'
import { fixedClock, keyPair, NOW } from '../support/fixed.ts'
import { pinOf, signMetadata } from '../support/sign-metadata.ts'
import { type Shell, startShell } from './start.ts'

const PUBLIC_URL = 'https://sso.partner.example'
const PORTAL = 'https://portal.partner.example'

/** Texts that nobody may ever read in a report. */
export const SECRETS = {
  HUAWEI_SECRET_KEY: 'the-secret-key-of-tests',
  SIGNING_KEY_PASSPHRASE: 'the-passphrase-of-tests',
  OIDC_CLIENT_SECRET: 'the-client-secret-of-tests',
  LDAP_BIND_PASSWORD: 'the-directory-password-of-tests',
  OBS_SECRET_KEY: 'the-bucket-key-of-tests',
} as const

const OPTIONS = {
  ...SECRETS,
  PUBLIC_URL,
  HUAWEI_SITE: 'international',
  HUAWEI_PLATFORM_ID: 'example_IDP',
  HUAWEI_PARTNER_ID: 'partner-1',
  HUAWEI_ACCESS_KEY: 'AK-OF-TESTS',
  TRUST_PROXY: '1',
  PORTAL_SIGN_IN_URL: `${PORTAL}/sign-in`,
  PORTAL_ISSUER: PORTAL,
  PORTAL_KEYS: `${PORTAL}/jwks.json`,
  OIDC_ISSUER: 'https://login.partner.example/realm',
  OIDC_CLIENT_ID: 'idp',
  LDAP_URL: 'ldaps://dc.partner.example',
  LDAP_BASE_DN: 'dc=partner,dc=example',
  LDAP_BIND_DN: 'cn=idp,dc=partner,dc=example',
  SECOND_FACTOR: 'optional',
  OPERATOR_SECOND_FACTOR: 'required',
  AUDIT_SYSLOG: 'tls://syslog.partner.example:6514',
  OBS_ENDPOINT: 'https://obs.eu-west-101.myhuaweicloud.eu',
  OBS_BUCKET: 'bills',
  OBS_ACCESS_KEY: 'AK-OF-THE-BUCKET',
} as const

/** Addresses of the world, as in `PAGES` below. */
export const URLS = {
  metadata: `${PUBLIC_URL}/saml/metadata`,
  bind: `${PUBLIC_URL}/bind`,
  iam: 'https://iam.myhuaweicloud.com/',
  bss: 'https://bss-intl.myhuaweicloud.com/v2/partners/sub-customers/query',
  jwks: OPTIONS.PORTAL_KEYS,
  signIn: OPTIONS.PORTAL_SIGN_IN_URL,
  discovery: `${OPTIONS.OIDC_ISSUER}/.well-known/openid-configuration`,
  bucket: 'https://bills.obs.eu-west-101.myhuaweicloud.eu/?prefix=',
} as const

export type Answer = () => Response

/** What a test may spoil. */
export type World = {
  readonly shell: Shell
  readonly environment: Record<string, string>
  readonly pages: Map<string, Answer>
  clock: typeof fixedClock
  connect: Connect
  probeDirectory: ProbeDirectory
  readonly certs: string
  readonly metadata: string
  /** Puts another document in the place of the site's, without pin. */
  readonly saveSite: (xml: string) => void
}

/** What an OpenID provider says of itself, as it should be. */
export const GOOD_PROVIDER = {
  issuer: OPTIONS.OIDC_ISSUER,
  response_types_supported: ['code', 'id_token'],
  code_challenge_methods_supported: ['plain', 'S256'],
  id_token_signing_alg_values_supported: ['HS256', 'RS256'],
} as const

const LIST = `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>
<Contents><Key>bills/2026-01.zip</Key><Size>100</Size></Contents></ListBucketResult>`

/** TLS as it should be. */
export const GOOD_TLS: TlsFacts = {
  version: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  issuer: 'A Known CA',
  endsAt: new Date('2027-01-01T00:00:00Z'),
  problem: undefined,
}

const FACTOR_KEY = 'zK3v9Qm1xW8rT5bL2nJ7cH4gF6dS0aPe'

/** A list of known passwords whose hashes begin with these letters, twenty of each. */
export function listOf(letters: readonly string[]): string {
  return letters.flatMap((each) => Array<string>(20).fill(`${each.repeat(40)}:3\n`)).join('')
}

/** Makes it. */
export async function makeWorld(test: TestContext): Promise<World> {
  const shell = await startShell(test)
  const environment: Record<string, string> = { ...shell.environment, ...OPTIONS }
  const factorKey = join(shell.folder, 'factor.key')
  const breached = join(shell.folder, 'breached.txt')
  writeFileSync(factorKey, FACTOR_KEY)
  writeFileSync(breached, listOf(['0', '3', '5', 'A', 'F']))
  environment['FACTOR_KEY_FILE'] = factorKey
  environment['BREACHED_PASSWORDS_FILE'] = breached
  await shell.run('init', { environment })
  const own = await shell.run('metadata idp', { environment })
  const certs = environment['CERTS_DIR'] ?? ''
  const metadata = environment['METADATA_DIR'] ?? ''
  const options = join(metadata, 'huawei.json')
  mkdirSync(metadata, { recursive: true })
  writeFileSync(
    join(metadata, 'huawei.xml'),
    await signMetadata(await siteMetadata(), { key: 'site' }),
  )
  writeFileSync(options, JSON.stringify({ pin: await pinOf('site') }))
  const jwk = keyPair('site').publicKey.export({ format: 'jwk' })
  const pages = new Map<string, Answer>([
    [URLS.metadata, () => new Response(own.stdout)],
    [URLS.bind, () => new Response('', { status: 405 })],
    [URLS.iam, () => new Response(null, { headers: { date: NOW.toUTCString() } })],
    [URLS.bss, () => Response.json({ count: 0, customer_infos: [] })],
    [URLS.jwks, () => Response.json({ keys: [jwk] })],
    [URLS.signIn, () => new Response('a form')],
    [URLS.discovery, () => Response.json(GOOD_PROVIDER)],
    [URLS.bucket, () => new Response(LIST)],
  ])
  return {
    shell,
    environment,
    pages,
    clock: fixedClock,
    connect: async () => ({ address: '93.184.216.34', tls: GOOD_TLS }),
    probeDirectory: async () => ({ bind: 'taken', base: 'found' }),
    certs,
    metadata,
    saveSite: (xml) => {
      writeFileSync(join(metadata, 'huawei.xml'), xml)
      writeFileSync(options, '{}')
    },
  }
}

/** The world's network: a page for each address, and no answer from elsewhere. */
export function fetchOf({ pages }: World): typeof fetch {
  return async (input) => {
    const url = input instanceof Request ? input.url : String(input)
    const answer = pages.get(url)
    if (answer !== undefined) return answer()
    throw Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    })
  }
}

/** Runs one check of the table, by its id. */
export async function runCheck(world: World, id: string): Promise<Examined> {
  const { environment, clock, connect, probeDirectory } = world
  const checks = CHECKS.filter((check) => check.id === id)
  const fetch = fetchOf(world)
  const ours = { environment, clock, connect, probeDirectory }
  const given = { ...ours, fetch, partnerFetch: fetch, checks }
  const report = await examine({ ...given, limitMs: 10_000 })
  const found = report.checks.find((check) => check.id === id)
  assert.ok(found, `no check ${id}`)
  return found
}
