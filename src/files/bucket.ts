// The partner's bucket: names in; lists, contents and uploads out. Every request is signed, and a bucket
// that answers with anything but success is a refusal that names its own error code.

import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { Bytes } from './archive.ts'
import { type Listed, type ListPage, readListPage, textOf } from './bucket-list.ts'
import { type BucketKey, signRequest } from './obs-sign.ts'

export type BucketAddress = BucketKey & {
  /** Where the service is, such as `https://obs.eu-west-101.myhuaweicloud.eu`. */
  readonly endpoint: string
  readonly bucket: string
}

export type BucketDeps = { readonly fetch: typeof fetch; readonly clock: Clock }

export type Bucket = {
  /** What begins with `prefix`, in the order of names. */
  readonly list: (prefix: string) => AsyncIterable<Listed>
  /** Throws `FILES_NOT_FOUND` beside the refusals of every request. */
  readonly get: (key: string) => Bytes
  /** Replaces what is there under the name. */
  readonly put: (key: string, content: Uint8Array, contentType: string) => Promise<void>
}

// Until the first byte of an answer; a body may take as long as it goes on.
const ANSWER_MS = 30_000
// 1,000 names of up to 1,024 bytes a page, and what is around them.
const MOST_LIST_BYTES = 8 * 1024 * 1024
const MOST_ERROR_BYTES = 64 * 1024

/**
 * A client of one bucket; nothing is sent yet. Its requests throw `FILES_BUCKET_UNREACHABLE` and
 * `FILES_BUCKET_REFUSED`.
 */
export function createBucket(address: BucketAddress, deps: BucketDeps): Bucket {
  const send = createSend(address, deps)
  return {
    list: async function* (prefix) {
      let marker: string | undefined
      do {
        const query = new URLSearchParams({ prefix, ...(marker !== undefined && { marker }) })
        const answer = await send({ method: 'GET', key: '', query: `?${query}` })
        const page: ListPage | undefined = readListPage(await readText(answer, MOST_LIST_BYTES))
        // A marker that does not move would have us ask for ever.
        if (page === undefined || (page.nextMarker === marker && marker !== undefined)) {
          throw new Refusal('FILES_BUCKET_REFUSED', { problem: 'the list cannot be read' })
        }
        yield* page.objects
        marker = page.nextMarker
      } while (marker !== undefined)
    },
    get: async function* (key) {
      const answer = await send({ method: 'GET', key })
      try {
        if (answer.body !== null) yield* answer.body
      } catch (cause) {
        throw new Refusal('FILES_UNREADABLE', { key, problem: 'the connection broke' }, cause)
      }
    },
    put: async (key, content, contentType) => {
      const answer = await send({ method: 'PUT', key, content, contentType })
      await answer.body?.cancel()
    },
  }
}

type Asked = {
  readonly method: 'GET' | 'PUT'
  readonly key: string
  readonly query?: string
  readonly content?: Uint8Array
  readonly contentType?: string
}

function createSend(address: BucketAddress, { fetch, clock }: BucketDeps) {
  const base = baseUrl(address)
  return async ({ method, key, query = '', content, contentType = '' }: Asked) => {
    const path = key.split('/').map(encodeURIComponent).join('/')
    const contentMd5 = content === undefined ? '' : md5(content)
    const resource = `/${address.bucket}/${path}`
    const signable = { method, contentMd5, contentType, resource }
    const headers = {
      ...signRequest(signable, address, clock.now()),
      ...(content !== undefined && { 'content-md5': contentMd5, 'content-type': contentType }),
    }
    const ending = new AbortController()
    const timer = setTimeout(() => ending.abort(), ANSWER_MS)
    try {
      const body = content === undefined ? null : new Uint8Array(content)
      const init = { method, headers, body, redirect: 'manual', signal: ending.signal } as const
      const answer = await fetch(`${base}${path}${query}`, init)
      if (!answer.ok) throw await refusalOf(answer, key)
      return answer
    } catch (cause) {
      if (cause instanceof Refusal) throw cause
      throw new Refusal('FILES_BUCKET_UNREACHABLE', { endpoint: address.endpoint }, cause)
    } finally {
      clearTimeout(timer)
    }
  }
}

// A bucket has a name in the endpoint's domain; an address or a name without domain has none to add to.
function baseUrl({ endpoint, bucket }: BucketAddress): string {
  const url = new URL(endpoint.endsWith('/') ? endpoint : `${endpoint}/`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (host.startsWith(`${bucket}.`)) return url.href
  if (isIP(host) !== 0 || !host.includes('.') || url.pathname !== '/')
    return `${url.href}${bucket}/`
  url.hostname = `${bucket}.${host}`
  return url.href
}

async function refusalOf(answer: Response, key: string): Promise<Refusal> {
  const text = await readText(answer, MOST_ERROR_BYTES).catch(() => '')
  const code = textOf(text, 'Code')
  if (answer.status === 404 && key !== '' && code !== 'NoSuchBucket') {
    return new Refusal('FILES_NOT_FOUND', { key })
  }
  const requestId = answer.headers.get('x-obs-request-id') ?? undefined
  return new Refusal('FILES_BUCKET_REFUSED', { status: answer.status, code, key, requestId })
}

async function readText(answer: Response, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.length
    if (size > mostBytes) {
      throw new Refusal('FILES_BUCKET_REFUSED', { problem: 'the answer is too large' })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

// What the service compares the upload with; nothing rests on it.
function md5(content: Uint8Array): string {
  return createHash('md5').update(content).digest('base64')
}
