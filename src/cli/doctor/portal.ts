// Checks of the partner's portal, where it vouches for people: the keys it signs with, and its sign-in page.

import {
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  X509Certificate,
} from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Portal } from '../../base/portal.ts'
import { type Check, type Examination, error, type Finding, note, ok, warning } from './check.ts'

const NEEDS = ['PORTAL_SIGN_IN_URL', 'PORTAL_KEYS', 'PORTAL_ISSUER', 'HUAWEI_SITE'] as const
const LOSES = 'Nobody can sign in by the portal.'

export const PORTAL_CHECKS: readonly Check[] = [
  {
    id: 'portal.keys',
    group: 'Portal',
    title: 'Keys',
    expected: 'public keys for RS256 (2048 bits or more), ES256 or EdDSA',
    needs: NEEDS,
    run: judgeKeys,
  },
  {
    id: 'portal.sign-in',
    group: 'Portal',
    title: 'Sign-in page',
    expected: 'the sign-in page of every portal answers',
    needs: NEEDS,
    run: judgeSignIn,
  },
]

async function judgeKeys(examination: Examination): Promise<readonly Finding[]> {
  const { portals } = examination.config
  if (portals.length === 0) {
    const meaning = 'People sign in at our own page, with accounts made by partner-idp users add.'
    return [note({ found: 'no portal', meaning })]
  }
  return Promise.all(portals.map((portal) => judgeProof(portal, examination)))
}

const SOURCES = {
  keys: 'PORTAL_KEYS',
  signInUrl: 'PORTAL_SIGN_IN_URL',
} as const

// Where an operator has written it: further portals are entries of a file.
function sourceOf(field: keyof typeof SOURCES, { name }: Portal, { config }: Examination): string {
  const isFirst = config.portals[0]?.name === name
  return isFirst ? SOURCES[field] : `${field} of ${name} in PORTALS_FILE`
}

async function judgeProof(portal: Portal, examination: Examination): Promise<Finding> {
  const { name, proof } = portal
  if (proof.kind === 'secret') {
    return ok(`a secret shared with ${name}`, 'Tokens of the portal can be verified.')
  }
  const { source } = proof
  const found = await readKeys(source, examination).catch(() => undefined)
  if (found === undefined) {
    if (waitsForSandbox(source, examination)) return sandboxIsDown()
    const option = sourceOf('keys', portal, examination)
    const next = `${option} must be a PEM file, or the URL of a JWKS that this machine reaches.`
    return error({ found: `${source} cannot be read`, meaning: LOSES }, next)
  }
  if (found.some(isPrivate)) {
    const meaning =
      'A private key belongs to the portal alone: with it, this host could sign for it.'
    return error({ found: `${source} holds a private key`, meaning }, 'Give the public key only.')
  }
  const good = found.filter((key) => nameAlgorithm(key) !== undefined)
  if (good.length > 0) {
    const names = good.map(nameAlgorithm).join(', ')
    return ok(`${names} from ${source}`, 'Tokens of the portal can be verified.')
  }
  const next = 'Let the portal sign with RSA of 2048 bits or more, EC P-256 or Ed25519.'
  return error({ found: `${source} has no such key`, meaning: LOSES }, next)
}

async function readKeys(source: string, examination: Examination): Promise<readonly KeyObject[]> {
  if (!/^https?:\/\//.test(source)) return [parsePem(await readFile(source, 'utf8'))]
  const { fetch, signal } = examination
  const answer = await fetch(source, { redirect: 'error', signal })
  const set: unknown = await answer.json()
  const keys = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : undefined
  return Array.isArray(keys) ? keys.flatMap(readJwk) : []
}

// A private key would open as a public one as well; it is to be seen for what it is.
function parsePem(pem: string): KeyObject {
  if (pem.includes('PRIVATE KEY')) return createPrivateKey(pem)
  return pem.includes('BEGIN CERTIFICATE')
    ? new X509Certificate(pem).publicKey
    : createPublicKey(pem)
}

// Keys of other kinds may stand beside ours (RFC 7517 §5).
function readJwk(key: unknown): readonly KeyObject[] {
  try {
    // The cast is judged by createPublicKey.
    return [createPublicKey({ key: key as JsonWebKey, format: 'jwk' })]
  } catch {
    return []
  }
}

function isPrivate({ type }: KeyObject): boolean {
  return type === 'private'
}

function nameAlgorithm({ asymmetricKeyType: kind, asymmetricKeyDetails }: KeyObject) {
  const { modulusLength = 0, namedCurve } = asymmetricKeyDetails ?? {}
  if (kind === 'rsa' && modulusLength >= 2048) return 'RS256'
  if (kind === 'ed25519') return 'EdDSA'
  return kind === 'ec' && namedCurve === 'prime256v1' ? 'ES256' : undefined
}

async function judgeSignIn(examination: Examination): Promise<readonly Finding[]> {
  const { portals } = examination.config
  return Promise.all(portals.map((portal) => judgePage(portal, examination)))
}

async function judgePage(portal: Portal, examination: Examination): Promise<Finding> {
  const { signInUrl: url } = portal
  const option = sourceOf('signInUrl', portal, examination)
  const { fetch, signal } = examination
  const answer = await fetch(url, { redirect: 'manual', signal }).catch(() => undefined)
  await answer?.body?.cancel()
  if (answer === undefined) {
    if (waitsForSandbox(url, examination)) return sandboxIsDown()
    const next = `Check ${option}. From inside, it may be closed where browsers get in.`
    return warning({ found: `${url}: no answer`, meaning: LOSES }, next)
  }
  const found = `${url}: status ${answer.status}`
  // A page that asks for more, such as return_to, is there all the same.
  if (answer.status < 500 && answer.status !== 404) return ok(found, 'There is a page.')
  return error({ found, meaning: LOSES }, `Correct ${option}, or repair the portal.`)
}

function waitsForSandbox(url: string, { config }: Examination): boolean {
  return config.site === 'sandbox' && config.sandbox.isOurs && url.startsWith(config.sandbox.url)
}

function sandboxIsDown(): Finding {
  const meaning = 'The portal of the sandbox starts with the service.'
  return note({ found: 'the sandbox does not run', meaning })
}
