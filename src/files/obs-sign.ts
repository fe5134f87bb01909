// The Authorization header of the Object Storage Service: a request and a key in, its headers out. This
// is not the signature of the partner API (OBS API Reference, "Using an Authorization Header").

import { createHmac } from 'node:crypto'

export type BucketKey = {
  readonly accessKey: string
  readonly secretKey: string
  /** Comes with a temporary key. */
  readonly securityToken: string | undefined
}

/** What is signed of a request; empty texts stand for headers that it does not have. */
export type Signable = {
  readonly method: 'GET' | 'PUT'
  readonly contentMd5: string
  readonly contentType: string
  /** `/bucket/key`, percent-encoded; `/bucket/` for a list. Its query is not signed. */
  readonly resource: string
}

/** The headers that sign the request at `now`; the bucket takes them for 15 minutes. */
export function signRequest(
  { method, contentMd5, contentType, resource }: Signable,
  { accessKey, secretKey, securityToken }: BucketKey,
  now: Date,
): Readonly<Record<string, string>> {
  const own: Record<string, string> = { 'x-obs-date': now.toUTCString() }
  if (securityToken !== undefined) own['x-obs-security-token'] = securityToken
  const canonical = Object.keys(own)
    .toSorted()
    .map((name) => `${name}:${own[name]}\n`)
    .join('')
  // The line of Date stays empty where x-obs-date is sent.
  const text = `${method}\n${contentMd5}\n${contentType}\n\n${canonical}${resource}`
  const signature = createHmac('sha1', secretKey).update(text, 'utf8').digest('base64')
  return { ...own, authorization: `OBS ${accessKey}:${signature}` }
}
