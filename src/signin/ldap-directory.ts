// One question to the directory: a sign-in name and a password in; the person's entry out, or nobody.
// A connection lives for one question, so that no bind outlasts its person.

import { isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import {
  AndFilter,
  Client,
  type Entry,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  InappropriateAuthError,
  InvalidCredentialsError,
  InvalidDNSyntaxError,
  NoSuchObjectError,
  OrFilter,
  PresenceFilter,
  SizeLimitExceededError,
  UnwillingToPerformError,
} from 'ldapts'
import { Refusal } from '../base/errors.ts'
import type { UpstreamFields } from './identity.ts'
import { fillFilter, fillTemplate } from './ldap-filter.ts'

export type LdapOptions = {
  /** ldaps://HOST or ldap://HOST. */
  readonly url: string
  readonly startTls: boolean
  /** Certificates in PEM; the machine's own without them. */
  readonly ca: string | undefined
  readonly baseDn: string
  readonly access:
    | { readonly kind: 'service'; readonly dn: string; readonly password: string }
    | { readonly kind: 'direct'; readonly template: string }
  readonly filter: string
  readonly idAttribute: 'entryUUID' | 'objectGUID'
  readonly attributes: UpstreamFields
  readonly group: string | undefined
  readonly isGroupNested: boolean
}

/** A person of the directory whose password was right. */
export type LdapPerson = {
  /** What never changes and never comes back: an UUID. */
  readonly subject: string
  readonly fields: UpstreamFields
  /** Not disabled over there, and in the group if there has to be one. */
  readonly isAllowed: boolean
}

export type LdapQuestion = {
  readonly login: string
  readonly password: string
  /** Called with whom the name belongs to, if that is known, before the password is tried. */
  readonly beforeBind: (subject: string | undefined) => Promise<void>
}

/** How long the directory may take for one step. */
export const OPERATION_MS = 5000
const QUESTION_MS = 15_000

/**
 * The person, or `undefined` when name and password do not belong together. Throws
 * `UPSTREAM_UNAVAILABLE` and what `beforeBind` throws.
 */
export async function askDirectory(
  question: LdapQuestion,
  options: LdapOptions,
): Promise<LdapPerson | undefined> {
  const client = new Client({
    url: options.url,
    timeout: OPERATION_MS,
    connectTimeout: OPERATION_MS,
    ...(options.url.startsWith('ldaps:') ? { tlsOptions: tlsOf(options) } : {}),
  })
  const late = AbortSignal.timeout(QUESTION_MS)
  try {
    return await Promise.race([ask(client, question, options), failWhen(late)])
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('UPSTREAM_UNAVAILABLE', { directory: options.url }, error)
  } finally {
    // What it answers matters to nobody: the question has been answered or is lost.
    client.unbind().catch(() => undefined)
  }
}

/** TLS 1.2 or later, and a certificate of the host's own name. */
export function tlsOf({ url, ca }: Pick<LdapOptions, 'url' | 'ca'>): ConnectionOptions {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  return {
    minVersion: 'TLSv1.2',
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
  }
}

function failWhen(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function ask(
  client: Client,
  question: LdapQuestion,
  options: LdapOptions,
): Promise<LdapPerson | undefined> {
  if (options.startTls) await client.startTLS(tlsOf(options))
  const { access } = options
  return access.kind === 'service'
    ? askAsService(client, question, { ...options, access })
    : askAsPerson(client, question, { ...options, template: access.template })
}

type Access<Kind> = Extract<LdapOptions['access'], { kind: Kind }>

async function askAsService(
  client: Client,
  { login, password, beforeBind }: LdapQuestion,
  options: LdapOptions & { readonly access: Access<'service'> },
): Promise<LdapPerson | undefined> {
  await client.bind(options.access.dn, options.access.password)
  const filter = fillFilter(options.filter, login)
  const entry = await findOne(client, { base: options.baseDn, scope: 'sub', filter }, options)
  const person = entry && (await readPerson(client, entry, options))
  await beforeBind(person?.subject)
  // Nobody's name costs a bind too, so that the number of steps does not tell who is known.
  const dn = entry?.dn ?? `cn=nobody,${options.baseDn}`
  return (await isRight(client, dn, password)) ? person : undefined
}

async function askAsPerson(
  client: Client,
  { login, password, beforeBind }: LdapQuestion,
  options: LdapOptions & { readonly template: string },
): Promise<LdapPerson | undefined> {
  const { template, baseDn } = options
  const dn = fillTemplate(template, login)
  await beforeBind(undefined)
  if (dn === undefined || !(await isRight(client, dn, password))) return undefined
  const own = template.includes('=')
    ? { base: dn, scope: 'base' as const, filter: new PresenceFilter({ attribute: 'objectClass' }) }
    : { base: baseDn, scope: 'sub' as const, filter: fillFilter(options.filter, login) }
  const entry = await findOne(client, own, options)
  return entry && readPerson(client, entry, options)
}

async function isRight(client: Client, dn: string, password: string): Promise<boolean> {
  // RFC 4513 §5.1.2: with an empty password a server says yes to anybody.
  if (password === '') return false
  try {
    await client.bind(dn, password)
    return true
  } catch (error) {
    if (WRONG.some((kind) => error instanceof kind)) return false
    throw error
  }
}

/** What servers say to a wrong password, a locked or disabled person, or a name that nobody has. */
const WRONG = [
  InvalidCredentialsError,
  InappropriateAuthError,
  UnwillingToPerformError,
  NoSuchObjectError,
  InvalidDNSyntaxError,
]

type Search = {
  readonly base: string
  readonly scope: 'base' | 'sub'
  readonly filter: Filter | string
}

// Two entries for one name are nobody's: which of them was meant cannot be known. References to other
// servers are not followed.
async function findOne(
  client: Client,
  { base, scope, filter }: Search,
  { idAttribute, attributes }: Pick<LdapOptions, 'idAttribute' | 'attributes'>,
): Promise<Entry | undefined> {
  const wanted = Object.values(attributes).filter((name) => name !== undefined)
  try {
    const { searchEntries } = await client.search(base, {
      scope,
      filter,
      derefAliases: 'never',
      sizeLimit: 2,
      timeLimit: OPERATION_MS / 1000,
      attributes: [...new Set([...wanted, idAttribute, 'userAccountControl'])],
      explicitBufferAttributes: ['objectGUID'],
    })
    return searchEntries.length === 1 ? searchEntries[0] : undefined
  } catch (error) {
    if (error instanceof SizeLimitExceededError || error instanceof NoSuchObjectError) {
      return undefined
    }
    throw error
  }
}

async function readPerson(
  client: Client,
  entry: Entry,
  options: LdapOptions,
): Promise<LdapPerson | undefined> {
  const subject = readSubject(entry, options.idAttribute)
  if (subject === undefined) {
    const facts = { directory: options.url, missing: options.idAttribute }
    throw new Refusal('UPSTREAM_UNAVAILABLE', facts)
  }
  const fields = Object.entries(options.attributes).map(([field, attribute]) => {
    return [field, attribute === undefined ? undefined : textOf(entry[attribute])] as const
  })
  const isAllowed = !isDisabled(entry) && (await isMember(client, entry, options))
  return { subject, fields: Object.fromEntries(fields), isAllowed }
}

function textOf(value: Entry[string] | undefined): string | undefined {
  const first = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first !== '' ? first : undefined
}

function readSubject(entry: Entry, attribute: LdapOptions['idAttribute']): string | undefined {
  if (attribute === 'entryUUID') return textOf(entry[attribute])?.toLowerCase()
  const value = entry[attribute]
  return Buffer.isBuffer(value) && value.length === 16 ? guidText(value) : undefined
}

/** As Windows writes it (MS-DTYP §2.3.4): the first three groups are little-endian numbers. */
export function guidText(bytes: Buffer): string {
  const part = (...at: readonly number[]) => Buffer.from(at.map((each) => bytes[each] ?? 0))
  const groups = [part(3, 2, 1, 0), part(5, 4), part(7, 6), part(8, 9)]
  return [...groups, bytes.subarray(10)].map((group) => group.toString('hex')).join('-')
}

/** MS-ADTS §2.2.16: ADS_UF_ACCOUNT_DISABLE. */
const DISABLED = 0x2

function isDisabled(entry: Entry): boolean {
  const control = Number(textOf(entry['userAccountControl']) ?? 0)
  return (control & DISABLED) !== 0
}

/** MS-ADTS §3.1.1.3.4.4.3: LDAP_MATCHING_RULE_TRANSITIVE_EVAL. */
const WITHIN = '1.2.840.113556.1.4.1941'

// Filters as objects: a distinguished name in them needs no escaping.
async function isMember(
  client: Client,
  { dn }: Entry,
  { group, isGroupNested }: LdapOptions,
): Promise<boolean> {
  if (group === undefined) return true
  const nested = new ExtensibleFilter({ matchType: 'memberOf', rule: WITHIN, value: group })
  const direct = new OrFilter({
    filters: ['member', 'uniqueMember'].map(
      (attribute) => new EqualityFilter({ attribute, value: dn }),
    ),
  })
  const filter = isGroupNested ? nested : direct
  const { searchEntries } = await client.search(isGroupNested ? dn : group, {
    scope: 'base',
    filter: new AndFilter({ filters: [new PresenceFilter({ attribute: 'objectClass' }), filter] }),
    derefAliases: 'never',
    sizeLimit: 1,
    timeLimit: OPERATION_MS / 1000,
    attributes: ['1.1'],
  })
  return searchEntries.length === 1
}
