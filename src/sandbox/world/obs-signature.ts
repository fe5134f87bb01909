// Verifies what a request to the bucket is signed with, as OBS does. The sandbox's own reading of
// https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0010.html, sharing nothing with the product.

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { SANDBOX } from '../../base/sandbox-names.ts'

/** A request, as the signature covers it. */
export type ObsRequest = {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  /** `/bucket/key`, percent-encoded as it was sent. */
  readonly resource: string
}

/** A refusal in the words of OBS. */
export type ObsError = {
  readonly status: number
  readonly code: string
  readonly message: string
  /** What the signature should have covered, for the caller to compare. */
  readonly stringToSign?: string
}

const MOST_SKEW_MS = 15 * 60 * 1000

/** Why the request is refused; `undefined` when it is signed rightly. */
export function refuseSignature(request: ObsRequest, now: Date): ObsError | undefined {
  const { headers } = request
  const [, accessKey, signature] = /^OBS ([^:]+):(\S+)$/.exec(headers.authorization ?? '') ?? []
  if (accessKey === undefined || signature === undefined) {
    return { status: 403, code: 'AccessDenied', message: 'Access Denied' }
  }
  if (accessKey !== SANDBOX.accessKey) {
    const message = 'The OBS Access Key Id you provided does not exist in our records.'
    return { status: 403, code: 'InvalidAccessKeyId', message }
  }
  const date = Date.parse(textOf(headers['x-obs-date'] ?? headers.date))
  if (!(Math.abs(date - now.getTime()) <= MOST_SKEW_MS)) {
    const message = 'The difference between the request time and the current time is too large.'
    return { status: 403, code: 'RequestTimeTooSkewed', message }
  }
  const stringToSign = textToSign(request)
  const right = createHmac('sha1', SANDBOX.secretKey).update(stringToSign).digest()
  const given = Buffer.from(signature, 'base64')
  if (given.length === right.length && timingSafeEqual(given, right)) return undefined
  const message = 'The request signature we calculated does not match the one you provided.'
  return { status: 403, code: 'SignatureDoesNotMatch', message, stringToSign }
}

function textToSign({ method, headers, resource }: ObsRequest): string {
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-obs-'))
    .sort()
    .map((name) => `${name}:${textOf(headers[name]).trim()}\n`)
  return [
    `${method}\n`,
    `${textOf(headers['content-md5'])}\n`,
    `${textOf(headers['content-type'])}\n`,
    // The header of OBS takes the place of the common one.
    `${headers['x-obs-date'] === undefined ? textOf(headers.date) : ''}\n`,
    ...own,
    resource,
  ].join('')
}

function textOf(value: string | readonly string[] | undefined): string {
  return value === undefined || typeof value === 'string' ? (value ?? '') : value.join(',')
}
