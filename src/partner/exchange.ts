// One exchange with Huawei: a request goes out and a bounded answer comes in, whatever it says. What
// no answer is trusted with: to redirect us, to fill our memory, or to keep us waiting.

import { Refusal } from '../base/errors.ts'
import type { SignableRequest } from './ak-sk.ts'
import { readJson } from './json.ts'

export type Fetch = typeof globalThis.fetch

export type ExchangeDeps = {
  readonly fetch: Fetch
  /** A fresh signal that aborts when the time for one answer is over. */
  readonly deadline: () => AbortSignal
  /** Ends the exchange before that; it then rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined
  /** The largest body that is read; 1 MiB without it. */
  readonly mostBytes?: number | undefined
}

/** A JSON object as it came; nothing about its fields is known. */
export type Fields = Readonly<Record<string, unknown>>

export type Answer = {
  readonly status: number
  readonly headers: Headers
  /** Huawei's id of the request, which its support asks for. */
  readonly requestId: string | undefined
  readonly isEmpty: boolean
  /**
   * The body as a JSON object; `undefined` if it is anything else. Numbers that JavaScript cannot hold
   * exactly are texts.
   */
  readonly fields: Fields | undefined
}

const MEBIBYTE = 1024 * 1024

/**
 * Sends a request, once. `operation` is for the facts of a refusal: `PARTNER_UNREACHABLE` when no
 * complete answer comes in time, `PARTNER_BAD_ANSWER` for a redirect, too many bytes, or no UTF-8.
 */
export async function exchange(
  operation: string,
  request: SignableRequest,
  deps: ExchangeDeps,
): Promise<Answer> {
  const deadline = deps.deadline()
  try {
    const response = await deps.fetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      ...(request.body === '' ? {} : { body: request.body }),
      // Following one would hand our credentials to whatever it names.
      redirect: 'manual',
      signal: deps.signal === undefined ? deadline : AbortSignal.any([deadline, deps.signal]),
    })
    return await readAnswer(operation, response, deps.mostBytes ?? MEBIBYTE)
  } catch (error) {
    if (error instanceof Refusal) throw error
    deps.signal?.throwIfAborted()
    throw new Refusal('PARTNER_UNREACHABLE', { operation, problem: networkProblem(error) }, error)
  }
}

async function readAnswer(
  operation: string,
  response: Response,
  mostBytes: number,
): Promise<Answer> {
  const { status, headers } = response
  const requestId = plainId(headers.get('x-request-id'))
  const bad = (problem: string) =>
    new Refusal('PARTNER_BAD_ANSWER', { operation, problem, status, requestId })

  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    await response.body?.cancel()
    throw bad('a redirect')
  }
  const bytes = await readBytes(response, mostBytes)
  if (bytes === undefined) throw bad(`over ${mostBytes} bytes`)
  const text = decodeUtf8(bytes)
  if (text === undefined) throw bad('not UTF-8')
  return { status, headers, requestId, isEmpty: text.trim() === '', fields: readFields(text) }
}

// Counted while it streams: a Content-Length may be absent, or a lie. Leaving the loop early closes
// the connection.
async function readBytes(response: Response, mostBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function readFields(text: string): Fields | undefined {
  try {
    const value = readJson(text)
    // The cast holds: JSON knows no other objects than these.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined
  } catch {
    return undefined
  }
}

/** An id or code of Huawei's as it may be logged; `undefined` if it does not look like one. */
export function plainId(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^[\w.-]{1,64}$/.test(text) ? text : undefined
}

// The code of the system (ECONNREFUSED, CERT_HAS_EXPIRED …) is the cause of the cause.
function networkProblem(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return codeOf(error.cause) ?? codeOf(error) ?? error.name
}

function codeOf(error: unknown): string | undefined {
  const isNamed = error instanceof Error && 'code' in error && typeof error.code === 'string'
  return isNamed ? plainId(error.code) : undefined
}
