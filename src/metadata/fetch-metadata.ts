// A URL in, a document out, whatever the other side tries: a private address, a redirect to one, clear
// text, a flood, silence. Nothing here looks at what the document says.

import { Refusal } from '../base/errors.ts'
import { type Address, kindOf } from '../base/public-address.ts'
import type { HopAnswer, Network } from './network.ts'

/** What is asked for. The last two are what the site said of the copy that is here. */
export type Wanted = {
  readonly url: string
  readonly allowsPrivateAddress: boolean
  readonly etag: string | undefined
  readonly lastModified: string | undefined
}

export type Fetched =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'document'
      readonly xml: string
      readonly etag: string | undefined
      readonly lastModified: string | undefined
    }

const MOST_BYTES = 2 * 1024 * 1024
const MOST_REDIRECTS = 3
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const LONGEST_HEADER = 256

/** Fetches the document. Throws `METADATA_UNREACHABLE`, whose facts name the hop and the problem. */
export async function fetchMetadata(wanted: Wanted, network: Network): Promise<Fetched> {
  const signal = network.deadline()
  let url = new URL(wanted.url)
  for (let turn = 0; turn <= MOST_REDIRECTS; turn += 1) {
    const answer = await sendHop(url, { wanted, signal, network })
    try {
      if (!REDIRECTS.has(answer.status)) return await readAnswer(url, answer, wanted)
      url = nextUrl(url, answer.header('location'))
    } finally {
      answer.close()
    }
  }
  throw unreachable(url, `more than ${MOST_REDIRECTS} redirects`)
}

type Asking = {
  readonly wanted: Wanted
  readonly signal: AbortSignal
  readonly network: Network
}

async function sendHop(url: URL, { wanted, signal, network }: Asking): Promise<HopAnswer> {
  const { etag, lastModified } = wanted
  const headers = {
    accept: 'application/samlmetadata+xml, application/xml, text/xml',
    // What is not compressed cannot grow while it is read.
    'accept-encoding': 'identity',
    'user-agent': 'huaweicloud-partner-idp',
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  }
  try {
    const address = await findAddress(url, { wanted, signal, network })
    return await network.send({ url, address, headers, signal })
  } catch (error) {
    throw error instanceof Refusal ? error : unreachable(url, problemOf(error), error)
  }
}

// Every address of the name must be fit: which one is taken is the resolver's chance.
async function findAddress(url: URL, { wanted, signal, network }: Asking): Promise<Address> {
  if (url.username !== '' || url.password !== '') throw unreachable(url, 'a user in the URL')
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = await Promise.race([network.lookup(hostname), rejectOnAbort(signal)])
  const [first] = addresses
  if (first === undefined) throw unreachable(url, 'the name has no address')
  const kinds = addresses.map(kindOf)
  if (kinds.includes('forbidden')) throw unreachable(url, 'an address that is never fetched from')
  const isPrivate = kinds.includes('private')
  if (isPrivate && !wanted.allowsPrivateAddress) {
    throw unreachable(url, 'a private address, which its options do not allow')
  }
  if (url.protocol === 'http:' && !kinds.every((kind) => kind === 'private')) {
    throw unreachable(url, 'http, which is for private addresses only')
  }
  return first
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

// The address of the new hop is checked like the first one.
function nextUrl(from: URL, location: string | undefined): URL {
  const to = location === undefined ? null : URL.parse(location, from)
  const isWeb = to?.protocol === 'https:' || (to?.protocol === 'http:' && from.protocol === 'http:')
  if (to === null || !isWeb) throw unreachable(from, 'a redirect that leads to no https address')
  return to
}

async function readAnswer(url: URL, answer: HopAnswer, wanted: Wanted): Promise<Fetched> {
  const isConditional = wanted.etag !== undefined || wanted.lastModified !== undefined
  if (answer.status === 304 && isConditional) return { kind: 'same' }
  if (answer.status !== 200) throw unreachable(url, `status ${answer.status}`)
  const encoding = answer.header('content-encoding') ?? 'identity'
  if (encoding !== 'identity') throw unreachable(url, 'a compressed answer that nobody asked for')
  try {
    const bytes = await readBytes(url, answer.body)
    const xml = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return {
      kind: 'document',
      xml,
      etag: plainHeader(answer.header('etag')),
      lastModified: plainHeader(answer.header('last-modified')),
    }
  } catch (error) {
    throw error instanceof Refusal ? error : unreachable(url, problemOf(error), error)
  }
}

// Counted while it streams: a Content-Length may be absent, or a lie.
async function readBytes(url: URL, body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > MOST_BYTES) throw unreachable(url, `more than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

// It goes back to the site as it came, so it must be fit for a header.
function plainHeader(value: string | undefined): string | undefined {
  const isPlain = value !== undefined && value.length <= LONGEST_HEADER && /^[ -~]+$/.test(value)
  return isPlain ? value : undefined
}

function unreachable(url: URL, problem: string, cause?: unknown): Refusal {
  const facts = { url: `${url.origin}${url.pathname}`, problem }
  return new Refusal('METADATA_UNREACHABLE', facts, cause)
}

// The code of the system (ECONNREFUSED, CERT_HAS_EXPIRED, …), or the kind of error.
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'it took too long'
  if (error instanceof TypeError) return 'the text is no UTF-8'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
