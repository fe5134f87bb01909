// The portals that vouch for people: the one of the PORTAL_* options first, then those of PORTALS_FILE.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { PORTAL_ALGORITHMS, type Portal, type PortalAlgorithm } from '../base/portal.ts'
import { isSafeTransport } from './option.ts'
import {
  LARGEST_SKEW_SECONDS,
  type PORTAL_OPTIONS,
  SHORTEST_SECRET_BYTES,
  USUAL_SKEW_SECONDS,
} from './portal-options.ts'

type Rows = typeof PORTAL_OPTIONS

/** The value of each of these options after its own row has read it. */
export type PortalValues = {
  readonly [K in keyof Rows]: ReturnType<Rows[K]['schema']['parse']> | undefined
}

/** The addresses of the sandbox's portal, as browsers and as this service see it. */
export type SandboxPortal = { readonly seen: string; readonly reached: string }

// PS256 uses the keys of RS256: two ways to sign with one key are taken only when somebody wants both.
const USUAL: readonly PortalAlgorithm[] = ['RS256', 'ES256', 'EdDSA']

/**
 * Reads the portals and pushes a mistake for each rule that is broken. The sandbox brings its own where
 * none is named; `undefined` is for a real site.
 */
export function readPortals(
  values: PortalValues,
  sandbox: SandboxPortal | undefined,
  mistakes: string[],
): readonly Portal[] {
  const first = readFirst(values, mistakes)
  const others = readFile(values.portalsFile, sandbox !== undefined, mistakes)
  const portals = [...(first === undefined ? [] : [first]), ...others]
  if (portals.length > 0 || sandbox === undefined) return checkUnique(portals, mistakes)
  return [
    {
      name: 'sandbox',
      issuer: `${sandbox.seen}/portal`,
      proof: { kind: 'keys', source: `${sandbox.reached}/portal/jwks.json` },
      algorithms: USUAL,
      skewSeconds: values.portalSkewSeconds ?? USUAL_SKEW_SECONDS,
      signInUrl: `${sandbox.seen}/portal/sign-in`,
      homeUrl: values.portalUrl ?? `${sandbox.seen}/portal`,
    },
  ]
}

function readFirst(values: PortalValues, mistakes: string[]): Portal | undefined {
  const { portalSignInUrl, portalIssuer, portalKeys, portalSecret } = values
  const given = {
    PORTAL_SIGN_IN_URL: portalSignInUrl,
    PORTAL_ISSUER: portalIssuer,
    ...(portalSecret === undefined ? { PORTAL_KEYS: portalKeys } : { PORTAL_SECRET: portalSecret }),
  }
  const names = Object.entries(given)
  const set = names.filter(([, value]) => value !== undefined).map(([name]) => name)
  if (portalSecret !== undefined && portalKeys !== undefined) {
    mistakes.push('PORTAL_SECRET: must not be set beside PORTAL_KEYS')
  }
  if (portalSecret !== undefined && values.portalAlgorithms !== undefined) {
    mistakes.push('PORTAL_ALGORITHMS: must not be set beside PORTAL_SECRET, which is for HS256')
  }
  if (set.length === 0) return undefined
  for (const [name, value] of names) {
    if (value !== undefined) continue
    mistakes.push(`${name}: must be set together with ${set.join(' and ')}`)
  }
  if (portalSignInUrl === undefined || portalIssuer === undefined) return undefined
  return {
    name: 'portal',
    issuer: portalIssuer,
    ...proofOf({ keys: portalKeys, secret: portalSecret, algorithms: values.portalAlgorithms }),
    skewSeconds: values.portalSkewSeconds ?? USUAL_SKEW_SECONDS,
    signInUrl: portalSignInUrl,
    homeUrl: values.portalUrl ?? new URL('/', portalSignInUrl).href,
  }
}

type Given = {
  readonly keys?: string | undefined
  readonly secret?: string | undefined
  readonly algorithms?: readonly PortalAlgorithm[] | undefined
}

function proofOf({ keys, secret, algorithms }: Given): Pick<Portal, 'proof' | 'algorithms'> {
  if (secret !== undefined) return { proof: { kind: 'secret', secret }, algorithms: ['HS256'] }
  // Missing keys are in mistakes.
  return { proof: { kind: 'keys', source: keys ?? '' }, algorithms: algorithms ?? USUAL }
}

const ADDRESS = z.string().refine((value) => {
  const url = URL.parse(value)
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.hash === ''
})

const ENTRY = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  issuer: z.string().min(1),
  keys: z.string().min(1).optional(),
  secretFile: z.string().min(1).optional(),
  signInUrl: ADDRESS,
  homeUrl: ADDRESS.optional(),
  algorithms: z.array(z.enum(PORTAL_ALGORITHMS)).min(1).optional(),
  skewSeconds: z.number().int().min(0).max(LARGEST_SKEW_SECONDS).optional(),
})

type Entry = z.infer<typeof ENTRY>

const MUST: Readonly<Record<string, string>> = {
  name: 'be small letters, digits and hyphens, 40 at most',
  issuer: 'be a text',
  keys: 'be a PEM file or the URL of a JWKS',
  secretFile: 'be the name of a file',
  signInUrl: 'be an http(s) URL',
  homeUrl: 'be an http(s) URL',
  algorithms: `list some of ${PORTAL_ALGORITHMS.join(', ')}`,
  skewSeconds: `be a whole number from 0 to ${LARGEST_SKEW_SECONDS}`,
}

function readFile(
  path: string | undefined,
  isSandbox: boolean,
  mistakes: string[],
): readonly Portal[] {
  if (path === undefined) return []
  const list = parseList(path, mistakes)
  return list.flatMap((entry, index) => {
    const found: string[] = []
    const portal = readEntry(entry, isSandbox, found)
    mistakes.push(...found.map((mistake) => `PORTALS_FILE: ${path}: [${index}].${mistake}`))
    return portal === undefined ? [] : [portal]
  })
}

function parseList(path: string, mistakes: string[]): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (Array.isArray(list)) return list
    mistakes.push(`PORTALS_FILE: must hold a JSON list, but "${path}" holds something else`)
  } catch (error) {
    const why = error instanceof SyntaxError ? 'hold a JSON list' : 'name a readable file'
    mistakes.push(`PORTALS_FILE: must ${why}, but is "${path}"`)
  }
  return []
}

function readEntry(entry: unknown, isSandbox: boolean, mistakes: string[]): Portal | undefined {
  const read = ENTRY.safeParse(entry)
  if (!read.success) {
    mistakes.push(...read.error.issues.flatMap(describeIssue))
    return undefined
  }
  const { data } = read
  const secret = readSecret(data, mistakes)
  checkEntry(data, isSandbox, mistakes)
  const { name, issuer, signInUrl, keys, algorithms, homeUrl = new URL('/', signInUrl).href } = data
  const skewSeconds = data.skewSeconds ?? USUAL_SKEW_SECONDS
  const proof = proofOf({ keys, secret, algorithms })
  return { name, issuer, signInUrl, homeUrl, skewSeconds, ...proof }
}

function describeIssue(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key}: is no field`)
  const [field] = issue.path
  return field === undefined
    ? ['name: must be there: each portal is an object']
    : [`${String(field)}: must ${MUST[String(field)] ?? 'be right'}`]
}

function checkEntry(entry: Entry, isSandbox: boolean, mistakes: string[]): void {
  const { keys, secretFile, algorithms } = entry
  if ((keys === undefined) === (secretFile === undefined)) {
    mistakes.push('keys: must be given, or secretFile in its place, and not both')
  }
  const isShared = secretFile !== undefined
  if (algorithms?.some((name) => (name === 'HS256') !== isShared)) {
    mistakes.push('algorithms: must be HS256 with secretFile, and never with keys')
  }
  if (isSandbox) return
  const source = keys?.includes('://') ? keys : undefined
  const urls = { signInUrl: entry.signInUrl, homeUrl: entry.homeUrl, keys: source }
  for (const [field, url] of Object.entries(urls)) {
    if (url === undefined || isSafeTransport(url)) continue
    mistakes.push(`${field}: must start with https:// for a real site, but is "${url}"`)
  }
}

function readSecret({ secretFile }: Entry, mistakes: string[]): string | undefined {
  if (secretFile === undefined) return undefined
  try {
    const secret = readFileSync(secretFile, 'utf8').replace(/\r?\n$/, '')
    if (Buffer.byteLength(secret) < SHORTEST_SECRET_BYTES) {
      mistakes.push(`secretFile: must hold ${SHORTEST_SECRET_BYTES} bytes or more`)
    }
    return secret
  } catch {
    mistakes.push(`secretFile: must name a readable file, but is "${secretFile}"`)
    return ''
  }
}

// By its issuer a token's portal is found, by its name a person's.
function checkUnique(portals: readonly Portal[], mistakes: string[]): readonly Portal[] {
  for (const field of ['name', 'issuer'] as const) {
    const values = portals.map((portal) => portal[field])
    const twice = values.find((value, index) => values.indexOf(value) !== index)
    if (twice !== undefined) {
      mistakes.push(`PORTALS_FILE: each ${field} must be there once, but "${twice}" is twice`)
    }
  }
  return portals
}
