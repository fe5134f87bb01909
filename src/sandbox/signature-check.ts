// The gateway's side of request signing (SDK-HMAC-SHA256): a request as it came on the wire goes in,
// who signed it or why it is refused comes out. Written from Huawei's page and not from our signer.
// https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-003.html

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** A request as it came. */
export type WireRequest = {
  readonly method: string
  /** Path and query, exactly as in the request line. */
  readonly target: string
  /** By lower-case name, as node:http gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/** An access key and its secret. */
export type KnownKey = { readonly accessKey: string; readonly secretKey: string }

/** `undefined` when the signature is right; otherwise what the gateway says, in its own words. */
export type Complaint = string | undefined

const AUTHORIZATION =
  /^SDK-HMAC-SHA256 Access=([^\s,]+), ?SignedHeaders=([a-z0-9;_-]+), ?Signature=([0-9a-f]{64})$/

const MOST_MINUTES_APART = 15

/** What the Authorization header names; `undefined` if it is absent or of another kind. */
export function readAuthorization(request: WireRequest) {
  const [, accessKey, signedHeaders = '', signature = ''] =
    AUTHORIZATION.exec(header(request, 'authorization') ?? '') ?? []
  if (accessKey === undefined) return undefined
  return { accessKey, signedHeaders: signedHeaders.split(';'), signature }
}

/** Checks the Authorization header of a request against the one key that is known. */
export function checkSignature(request: WireRequest, key: KnownKey, now: Date): Complaint {
  const authorization = readAuthorization(request)
  if (authorization === undefined) return 'authorization header is missing or cannot be read'
  const { accessKey, signedHeaders, signature } = authorization
  if (accessKey !== key.accessKey) return `access key ${accessKey} does not exist`

  const time = header(request, 'x-sdk-date') ?? ''
  const signedAt = readTime(time)
  const isSigned = signedHeaders.includes('x-sdk-date')
  if (signedAt === undefined || !isSigned) return 'x-sdk-date is missing or not signed'
  const minutesApart = Math.abs(now.getTime() - signedAt.getTime()) / 60_000
  if (minutesApart > MOST_MINUTES_APART) {
    return `signature expired, signature time:${time}, server time:${writeTime(now)}`
  }

  const canonical = canonicalForm(request, signedHeaders)
  const toSign = `SDK-HMAC-SHA256\n${time}\n${hash(canonical)}`
  const right = createHmac('sha256', key.secretKey).update(toSign).digest()
  if (timingSafeEqual(right, Buffer.from(signature, 'hex'))) return undefined
  // The real gateway shows its canonical request too, with | for line breaks.
  return `verify aksk signature fail, canonicalRequest: ${canonical.replaceAll('\n', '|')}`
}

function canonicalForm(request: WireRequest, signedHeaders: readonly string[]): string {
  const [path = '', query = ''] = request.target.split('?', 2)
  const withSlash = path.endsWith('/') ? path : `${path}/`
  const lines = signedHeaders.map((name) => `${name}:${(header(request, name) ?? '').trim()}\n`)
  return [
    request.method,
    withSlash.split('/').map(reEncode).join('/'),
    canonicalQuery(query),
    lines.join(''),
    signedHeaders.join(';'),
    hash(request.body),
  ].join('\n')
}

// Sorted by name and then by value, each by its encoded form.
function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=')
      return { name: reEncode(name), value: reEncode(rest.join('=')) }
    })
    .sort((a, b) => order(a.name, b.name) || order(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&')
}

function order(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

// RFC 3986 leaves only these alone; everything else is written byte by byte.
function reEncode(part: string): string {
  let decoded: string
  try {
    decoded = decodeURIComponent(part)
  } catch {
    decoded = part
  }
  return [...Buffer.from(decoded, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      if (/[A-Za-z0-9_.~-]/.test(character)) return character
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}

function header(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : value?.join(',')
}

function hash(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function readTime(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second] = match
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}

function writeTime(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '')
}
