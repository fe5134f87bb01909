// Metadata files of service providers in, parties we trust out. A bad file is named with line and
// remedy and takes nobody else down.

import { type KeyObject, X509Certificate } from 'node:crypto'
import { Refusal } from '../base/errors.ts'
import { readInstant } from './instant.ts'
import { verifyMetadata } from './metadata-signature.ts'
import { BINDINGS, NAMESPACES } from './names.ts'
import { DEFAULT_PARTY_OPTIONS, type PartyOptions } from './party-options.ts'
import type { ConsumerService, LogoutService, PartyKey, RelyingParty } from './relying-party.ts'
import {
  attributeOf,
  childrenOf,
  elementsIn,
  isNamed,
  lineOf,
  METADATA_LIMITS,
  readXml,
  textOf,
  type XmlElement,
} from './xml-read.ts'

/** What is wrong with a file, where, and what to do. */
export type MetadataProblem = {
  readonly source: string
  readonly line: number | undefined
  readonly problem: string
  readonly remedy: string
}

export type MetadataFile = {
  readonly source: string
  /** The short name of the site; `source` where there is none. */
  readonly name?: string
  readonly xml: string
  /** What was decided about the party; Huawei's contract where it is absent. */
  readonly options?: PartyOptions
}

export type ReadMetadata = {
  readonly parties: readonly RelyingParty[]
  readonly problems: readonly MetadataProblem[]
}

const FETCH_AGAIN = 'Fetch the SP metadata again from the site and save it unchanged.'

/** Thrown inside this file only: where the trouble is. */
class Trouble extends Error {
  readonly at: XmlElement
  readonly remedy: string

  constructor(at: XmlElement, problem: string, remedy = FETCH_AGAIN) {
    super(problem)
    this.at = at
    this.remedy = remedy
  }
}

/** Reads all files; a party whose entity id came before is a problem, not a second one. */
export function readMetadataFiles(files: readonly MetadataFile[]): ReadMetadata {
  const parties = new Map<string, RelyingParty>()
  const problems: MetadataProblem[] = []
  for (const file of files) {
    const read = readMetadata(file)
    problems.push(...read.problems)
    for (const party of read.parties) {
      const first = parties.get(party.entityId)
      if (first === undefined) parties.set(party.entityId, party)
      else problems.push(duplicate(party, first))
    }
  }
  return { parties: [...parties.values()], problems }
}

function duplicate(party: RelyingParty, first: RelyingParty): MetadataProblem {
  return {
    source: party.source,
    line: undefined,
    problem: `the entity ID ${party.entityId} is in ${first.source} already`,
    remedy: 'Keep one of the two files. Until then the first one counts.',
  }
}

/** Reads one file: an EntityDescriptor, or an EntitiesDescriptor with many. */
export function readMetadata(file: MetadataFile): ReadMetadata {
  const { source } = file
  let root: XmlElement
  try {
    root = readProven(file)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { parties: [], problems: [notXml(source, error)] }
  }
  const parties: RelyingParty[] = []
  const problems: MetadataProblem[] = []
  const entities = findEntities(root)
  if (entities.length === 0) {
    const problem = `the root element is ${root.nodeName}, not an md:EntityDescriptor`
    problems.push({ source, line: lineOf(root), problem, remedy: FETCH_AGAIN })
  }
  for (const { entity, validUntil } of entities) {
    try {
      parties.push(readParty(entity, file, validUntil))
    } catch (error) {
      const trouble = error instanceof Refusal ? new Trouble(entity, factsText(error)) : error
      if (!(trouble instanceof Trouble)) throw error
      const { message: problem, remedy } = trouble
      problems.push({ source, line: lineOf(trouble.at), problem, remedy })
    }
  }
  return { parties, problems }
}

// With a pin nothing counts but what the signature covers, so that is what is read from then on.
function readProven({ xml, options = DEFAULT_PARTY_OPTIONS }: MetadataFile): XmlElement {
  const root = readXml(xml, METADATA_LIMITS)
  const { pin, allowsSha1Digest } = options
  if (pin === undefined) return root
  return readXml(verifyMetadata(xml, root, { pin, allowsSha1Digest }), METADATA_LIMITS)
}

function notXml(source: string, refusal: Refusal): MetadataProblem {
  if (refusal.code === 'METADATA_UNTRUSTED') return notProven(source, refusal)
  const line = refusal.facts['line']
  return {
    source,
    line: typeof line === 'number' ? line : undefined,
    problem: `it is no XML that is accepted here: ${factsText(refusal)}`,
    remedy: FETCH_AGAIN,
  }
}

function notProven(source: string, refusal: Refusal): MetadataProblem {
  return {
    source,
    line: undefined,
    problem: `its signature does not prove it: ${factsText(refusal)}`,
    remedy: 'Ask the site which certificate signs its metadata, and compare it with "pin".',
  }
}

function factsText(refusal: Refusal): string {
  const { problem, characters } = refusal.facts
  return typeof problem === 'string' ? problem : `${characters} characters are too many`
}

type Entity = { readonly entity: XmlElement; readonly validUntil: Date | undefined }

// The earliest validUntil on the way down counts (Metadata §2.3.1).
function findEntities(root: XmlElement, until?: Date): readonly Entity[] {
  const own = readValidUntil(root)
  const validUntil = until === undefined || (own !== undefined && own < until) ? own : until
  if (isNamed(root, NAMESPACES.md, 'EntityDescriptor')) return [{ entity: root, validUntil }]
  if (!isNamed(root, NAMESPACES.md, 'EntitiesDescriptor')) return []
  return elementsIn(root).flatMap((child) => findEntities(child, validUntil))
}

// A date that cannot be read must not mean "for ever".
function readValidUntil(element: XmlElement): Date | undefined {
  const text = attributeOf(element, 'validUntil')
  return text === undefined ? undefined : (readInstant(text) ?? new Date(0))
}

function readParty(entity: XmlElement, file: MetadataFile, until: Date | undefined): RelyingParty {
  const { source, options = DEFAULT_PARTY_OPTIONS } = file
  const entityId = (attributeOf(entity, 'entityID') ?? '').trim()
  if (entityId === '' || entityId.length > 1024) {
    throw new Trouble(entity, 'the entityID is missing or longer than 1024 characters')
  }
  const [role] = childrenOf(entity, NAMESPACES.md, 'SPSSODescriptor')
  if (role === undefined) {
    const remedy =
      'This is not the metadata of a service provider. Did you save our own, or the IdP’s?'
    throw new Trouble(entity, `${entityId} has no SPSSODescriptor`, remedy)
  }
  const ofRole = readValidUntil(role)
  const validUntil =
    ofRole !== undefined && (until === undefined || ofRole < until) ? ofRole : until
  if (options.requiresValidUntil && validUntil === undefined) {
    const remedy = 'Ask the site for metadata that ends, or take requiresValidUntil back.'
    throw new Trouble(entity, 'it has no validUntil, which its options require', remedy)
  }
  const consumers = readConsumers(role)
  return {
    entityId,
    source,
    name: file.name ?? source,
    signsRequests: /^(true|1)$/.test((attributeOf(role, 'AuthnRequestsSigned') ?? '').trim()),
    signingKeys: readSigningKeys(role),
    encryptionKeys: readKeys(role, 'encryption'),
    consumers,
    logouts: readLogouts(role),
    validUntil,
    options,
  }
}

function readSigningKeys(role: XmlElement): readonly PartyKey[] {
  const keys = readKeys(role, 'signing')
  if (keys.length === 0) throw new Trouble(role, 'it has no certificate for signing')
  return keys
}

// A descriptor without `use` serves both purposes (Metadata §2.4.1.1).
function readKeys(role: XmlElement, purpose: 'signing' | 'encryption'): readonly PartyKey[] {
  const other = purpose === 'signing' ? 'encryption' : 'signing'
  return childrenOf(role, NAMESPACES.md, 'KeyDescriptor')
    .filter((descriptor) => attributeOf(descriptor, 'use') !== other)
    .flatMap((descriptor) => childrenOf(descriptor, NAMESPACES.ds, 'KeyInfo'))
    .flatMap((info) => childrenOf(info, NAMESPACES.ds, 'X509Data'))
    .flatMap((data) => childrenOf(data, NAMESPACES.ds, 'X509Certificate'))
    .map(readCertificate)
}

function readCertificate(element: XmlElement): PartyKey {
  const der = Buffer.from(textOf(element).replace(/\s/g, ''), 'base64')
  let certificate: X509Certificate
  let key: KeyObject
  try {
    certificate = new X509Certificate(der)
    // Decoded only now: a certificate can be read whose key cannot.
    key = certificate.publicKey
  } catch {
    throw new Trouble(element, 'an X509Certificate is not a certificate in Base64')
  }
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  const isStrong =
    key.asymmetricKeyType === 'rsa'
      ? modulusLength >= 2048
      : key.asymmetricKeyType === 'ec' &&
        ['prime256v1', 'secp384r1', 'secp521r1'].includes(namedCurve)
  if (!isStrong) {
    const remedy =
      'Ask the site for a certificate with an RSA key of 2048 bits or an EC key of 256.'
    throw new Trouble(element, 'a certificate has a key too weak to trust', remedy)
  }
  return { key, endsAt: certificate.validToDate }
}

function readConsumers(role: XmlElement): readonly ConsumerService[] {
  const consumers = childrenOf(role, NAMESPACES.md, 'AssertionConsumerService')
    .filter((each) => attributeOf(each, 'Binding')?.trim() === BINDINGS.post)
    .map((each) => ({
      url: readLocation(each, 'Location'),
      index: Number(attributeOf(each, 'index') ?? Number.NaN),
      isDefault: /^(true|1)$/.test((attributeOf(each, 'isDefault') ?? '').trim()),
    }))
  if (consumers.length === 0) {
    throw new Trouble(role, 'it has no AssertionConsumerService for HTTP-POST')
  }
  return consumers
}

function readLogouts(role: XmlElement): readonly LogoutService[] {
  return childrenOf(role, NAMESPACES.md, 'SingleLogoutService').flatMap((each) => {
    const binding = attributeOf(each, 'Binding')?.trim()
    if (binding !== BINDINGS.redirect && binding !== BINDINGS.post) return []
    const url = readLocation(each, 'Location')
    const hasOther = attributeOf(each, 'ResponseLocation') !== undefined
    return {
      binding: binding === BINDINGS.redirect ? ('redirect' as const) : ('post' as const),
      url,
      responseUrl: hasOther ? readLocation(each, 'ResponseLocation') : url,
    }
  })
}

// An address where signed sign-ins are sent. In clear text only when it stays on this machine.
function readLocation(element: XmlElement, name: string): string {
  const text = (attributeOf(element, name) ?? '').trim()
  const url = URL.parse(text)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '')
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)
  if (!isSafe || url.username !== '' || url.password !== '' || url.hash !== '') {
    const where = `${element.localName} ${name}`
    const remedy = 'Answers are sent to https addresses only. Is this the file of the right site?'
    throw new Trouble(element, `${where} is no https address: "${text.slice(0, 200)}"`, remedy)
  }
  return text
}
