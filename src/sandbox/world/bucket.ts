// The buckets of the sandbox, as OBS shows them: the subscribed files to read, and the folder download/
// to put attachments into. By path (`/bucket/key`), or by host (`bucket.host/key`).

import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { html, markupOf } from '../../web/html.ts'
import { referenceOf } from '../../web/request-log.ts'
import type { ApiCall } from '../api/behaviour.ts'
import type { LedgerDeps } from '../deps.ts'
import type { FileLanguage } from './file-columns.ts'
import { contentOf, filesAt, type SubscribedFile } from './files.ts'
import { type ObsError, refuseSignature } from './obs-signature.ts'

/** The buckets: one of a partner whose Partner Center is English, one of a Chinese one. */
export const BUCKETS: Readonly<Record<string, FileLanguage>> = {
  'sandbox-files': 'english',
  'sandbox-files-zh': 'chinese',
}

/** The largest attachment that Huawei takes. */
export const OBJECT_LIMIT_BYTES = 10 * 1024 * 1024
const MOST_OBJECTS = 20
const MOST_KEYS = 1000

type StoredObject = { readonly content: Buffer; readonly type: string; readonly at: Date }

/** Where in which bucket a request wants to go; `resource` is what its signature covers. */
type Target = { readonly bucket: string; readonly key: string; readonly resource: string }

type Answer = { readonly request: Request; readonly response: Response; readonly target: Target }

/** Answers requests for a bucket; others go on. The body of a PUT must have been read as bytes. */
export function createBucketHandler(deps: LedgerDeps): RequestHandler {
  // What was put is gone with the program, and there is never much of it.
  const stored = new Map<string, StoredObject>()
  return async (request, response, next) => {
    const target = targetOf(request)
    if (target === undefined) {
      next()
      return
    }
    const now = deps.clock.now()
    const { method, headers } = request
    const refused = refuseSignature({ method, headers, resource: target.resource }, now)
    if (refused !== undefined) return sendError(response, refused)
    const call: ApiCall = { deps, caller: { kind: 'partner' }, now }
    const answer = { request, response, target }
    if (method === 'PUT') return putObject(answer, stored, now)
    if (method !== 'GET') return sendError(response, NOT_ALLOWED)
    if (target.key === '') return sendList(answer, await listObjects(target, stored, call))
    return sendObject(answer, stored, call)
  }
}

/** Whether a request is for one of the buckets. */
export function isForBucket(request: Request): boolean {
  return targetOf(request) !== undefined
}

function targetOf(request: Request): Target | undefined {
  const [path = '/'] = request.originalUrl.split('?')
  const host = request.hostname.split('.')[0] ?? ''
  const full = isBucket(host) ? `/${host}${path}` : path
  const [, bucket = '', rest = ''] = /^\/([^/]+)\/?(.*)$/.exec(full) ?? []
  if (!isBucket(bucket)) return undefined
  return { bucket, key: decode(rest), resource: `/${bucket}/${rest}` }
}

function isBucket(name: string): boolean {
  return Object.hasOwn(BUCKETS, name)
}

// What cannot be decoded is no key that exists.
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function sendObject(
  { response, target }: Answer,
  stored: ReadonlyMap<string, StoredObject>,
  call: ApiCall,
): Promise<void> {
  const own = stored.get(`${target.bucket}/${target.key}`)
  const file = filesAt(call.now).find(({ key }) => key === target.key)
  const found = own ?? (file && (await readFile(file, target, call)))
  if (found === undefined) {
    const message = 'The specified key does not exist.'
    return sendError(response, { status: 404, code: 'NoSuchKey', message })
  }
  response
    .type(found.type)
    .set('ETag', etagOf(found.content))
    .set('Last-Modified', found.at.toUTCString())
    .send(found.content)
}

async function readFile(
  file: SubscribedFile,
  { bucket }: Target,
  call: ApiCall,
): Promise<StoredObject> {
  const content = await contentOf(file, BUCKETS[bucket] ?? 'english', call)
  return { content, type: 'application/gzip', at: file.madeAt }
}

type Listed = { readonly key: string; readonly object: StoredObject }

async function listObjects(
  target: Target,
  stored: ReadonlyMap<string, StoredObject>,
  call: ApiCall,
): Promise<readonly Listed[]> {
  const files = filesAt(call.now).map(async (file) => ({
    key: file.key,
    object: await readFile(file, target, call),
  }))
  const prefix = `${target.bucket}/`
  const own = [...stored]
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, object]) => ({ key: name.slice(prefix.length), object }))
  return [...(await Promise.all(files)), ...own].sort((a, b) => (a.key < b.key ? -1 : 1))
}

function sendList({ request, response, target }: Answer, all: readonly Listed[]): void {
  const at = request.originalUrl.indexOf('?')
  const query = new URLSearchParams(at === -1 ? '' : request.originalUrl.slice(at + 1))
  const prefix = query.get('prefix') ?? ''
  const marker = query.get('marker') ?? ''
  const asked = Number(query.get('max-keys') ?? MOST_KEYS)
  const most = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MOST_KEYS) : MOST_KEYS
  const found = all.filter(({ key }) => key.startsWith(prefix) && key > marker)
  const page = found.slice(0, most)
  const isCut = found.length > page.length
  const body = html`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<ListBucketResult xmlns="http://obs.myhwclouds.com/doc/2015-06-30/"><Name>${target.bucket}</Name><Prefix>${prefix}</Prefix><Marker>${marker}</Marker>${
    isCut && html`<NextMarker>${page.at(-1)?.key}</NextMarker>`
  }<MaxKeys>${most}</MaxKeys><IsTruncated>${String(isCut)}</IsTruncated>${page.map(
    ({ key, object }) =>
      html`<Contents><Key>${key}</Key><LastModified>${object.at.toISOString()}</LastModified><ETag>${etagOf(object.content)}</ETag><Size>${object.content.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  )}</ListBucketResult>`
  response.type('application/xml').send(markupOf(body))
}

function putObject(
  { request, response, target }: Answer,
  stored: Map<string, StoredObject>,
  now: Date,
): void {
  const content: unknown = request.body
  if (!target.key.startsWith('download/')) {
    sendError(response, { status: 403, code: 'AccessDenied', message: 'Access Denied' })
    return
  }
  const bytes = Buffer.isBuffer(content) ? content : Buffer.alloc(0)
  const name = `${target.bucket}/${target.key}`
  const [oldest] = stored.keys()
  if (stored.size >= MOST_OBJECTS && !stored.has(name) && oldest !== undefined) {
    stored.delete(oldest)
  }
  const type = request.headers['content-type'] ?? 'application/octet-stream'
  stored.set(name, { content: bytes, type, at: now })
  response.status(200).set('ETag', etagOf(bytes)).end()
}

const NOT_ALLOWED: ObsError = {
  status: 405,
  code: 'MethodNotAllowed',
  message: 'The specified method is not allowed against this resource.',
}

function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`
}

function sendError(response: Response, { status, code, message, stringToSign }: ObsError): void {
  const body = html`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${referenceOf(response)}</RequestId>${
    stringToSign !== undefined && html`<StringToSign>${stringToSign}</StringToSign>`
  }</Error>`
  response.status(status).type('application/xml').send(markupOf(body))
}
