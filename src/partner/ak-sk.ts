// Request signing with an access key (SDK-HMAC-SHA256): a request and a key in, headers out. Pure.
// https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-003.html

import { createHash, createHmac } from 'node:crypto'

/** A request as it goes on the wire. Header names may have any case; Host comes from the URL. */
export type SignableRequest = {
  readonly method: string
  /** A blank in the query is to be %20: whether + is one, the two sides need not agree. */
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** The exact body; empty if there is none. */
  readonly body: string
}

export type AccessKey = {
  readonly accessKey: string
  readonly secretKey: string
  /** Comes with a temporary access key only. */
  readonly securityToken?: string
}

const ALGORITHM = 'SDK-HMAC-SHA256'

/**
 * The headers that prove who calls, to be sent beside those of the request. All headers of the
 * request are signed, and Host. Huawei refuses a signature that is 15 minutes from its own clock.
 */
export function signRequest(
  request: SignableRequest,
  key: AccessKey,
  now: Date,
): Readonly<Record<string, string>> {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '')
  const proof = {
    'X-Sdk-Date': time,
    ...(key.securityToken === undefined ? {} : { 'X-Security-Token': key.securityToken }),
  }
  const headers = { ...request.headers, ...proof, Host: request.url.host }

  const canonical = canonicalRequest({ ...request, headers })
  const signature = createHmac('sha256', key.secretKey)
    .update([ALGORITHM, time, sha256(canonical)].join('\n'))
    .digest('hex')
  const parts = [
    `Access=${key.accessKey}`,
    `SignedHeaders=${signedHeaders(headers)}`,
    `Signature=${signature}`,
  ]
  return { ...proof, Authorization: `${ALGORITHM} ${parts.join(', ')}` }
}

/** The one form of a request that both sides can rebuild; its hash is what is signed. */
export function canonicalRequest({ method, url, headers, body }: SignableRequest): string {
  return [
    method,
    canonicalPath(url),
    canonicalQuery(url),
    canonicalHeaders(headers),
    signedHeaders(headers),
    sha256(body),
  ].join('\n')
}

// Ends with a slash here, whatever is on the wire.
function canonicalPath(url: URL): string {
  const segments = url.pathname.split('/').map((segment) => encode(decodeURIComponent(segment)))
  const path = segments.join('/')
  return path.endsWith('/') ? path : `${path}/`
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .sort(([aName, aValue], [bName, bValue]) => compare(aName, bName) || compare(aValue, bValue))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
}

// Each line ends with a line break, so that an empty line follows the last.
function canonicalHeaders(headers: SignableRequest['headers']): string {
  return sorted(headers)
    .map(([name, value]) => `${name}:${value.trim()}\n`)
    .join('')
}

function signedHeaders(headers: SignableRequest['headers']): string {
  return sorted(headers)
    .map(([name]) => name)
    .join(';')
}

function sorted(headers: SignableRequest['headers']): readonly (readonly [string, string])[] {
  return Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .sort(([a], [b]) => compare(a, b))
}

// By code unit: a locale would sort differently from Huawei's side.
function compare(a: string, b: string): number {
  return Number(a > b) - Number(a < b)
}

// RFC 3986 keeps only letters, digits and -_.~; encodeURIComponent keeps !'()* as well.
function encode(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
