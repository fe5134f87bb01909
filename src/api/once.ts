// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): a request that comes again under its key is
// not done again, but answered as it was the first time, for 24 hours.

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { addDays, addSeconds } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { newToken } from '../base/random.ts'
import type { RepeatableRequest } from '../store/api-key-records.ts'
import type { ApiDeps } from './context.ts'
import type { Caller } from './key.ts'
import { badRequest } from './read-input.ts'

/** What is sent, and sent again. */
export type Answer = { readonly status: number; readonly body: unknown }

/** An answer, and whether it is one from before. */
export type Told = Answer & { readonly isRepeated: boolean }

/** A request as it is told apart from others. */
export type Asked = {
  readonly caller: Caller
  /** The Idempotency-Key; without one a request is done whenever it comes. */
  readonly key: string | undefined
  /** Everything that the answer depends on. */
  readonly content: readonly (string | Uint8Array)[]
}

// Longer than any operation takes: whoever has not answered by then is dead.
const HELD_SECONDS = 120

/**
 * Does the work, or answers what was answered. `work` is told when an attempt before came to no answer,
 * and must then look at what is done already. Throws `API_BAD_REQUEST`, `IDEMPOTENCY_MISMATCH` and
 * `IDEMPOTENCY_UNDER_WAY`; what `work` throws leaves the request to be tried again.
 */
export async function answerOnce(
  asked: Asked,
  work: (since: Date | undefined) => Promise<Answer>,
  deps: Pick<ApiDeps, 'store' | 'clock' | 'random'>,
): Promise<Told> {
  const { key, caller } = asked
  if (key === undefined) return { ...(await work(undefined)), isRepeated: false }
  const { idempotency } = deps.store
  const request = describeRequest(key, asked, deps)
  const begun = await idempotency.begin(request)
  if (begun.kind === 'mismatch') throw new Refusal('IDEMPOTENCY_MISMATCH', { key: caller.name })
  if (begun.kind === 'under-way') throw new Refusal('IDEMPOTENCY_UNDER_WAY', { key: caller.name })
  if (begun.kind === 'answered') return { ...open(begun.answer, request, caller), isRepeated: true }
  try {
    const answer = await work(begun.since)
    await idempotency.finish(request, seal(answer, request, { caller, random: deps.random }))
    return { ...answer, isRepeated: false }
  } catch (error) {
    await idempotency.release(request)
    throw error
  }
}

function describeRequest(
  key: string,
  { caller, content }: Asked,
  { clock, random }: Pick<ApiDeps, 'clock' | 'random'>,
): RepeatableRequest {
  if (!/^[\x21-\x7E]{1,255}$/.test(key)) {
    const problem = 'must be 1 to 255 visible ASCII characters'
    throw badRequest([{ field: 'Idempotency-Key', problem }])
  }
  // Keyed, because a body may hold something short that can be guessed, such as a code.
  const hash = createHmac('sha256', caller.secret)
  for (const part of content) hash.update(`${part.length}:`).update(part)
  const now = clock.now()
  return {
    keyId: caller.keyId,
    idempotencyKey: key,
    requestHash: hash.digest('base64url'),
    holder: newToken(random),
    now,
    heldUntil: addSeconds(now, HELD_SECONDS),
    expiresAt: addDays(now, 1),
  }
}

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

// Only who sent the request can open its answer: the database alone has neither key nor secret.
function keyOf({ secret }: Caller): KeyObject {
  const bytes = hkdfSync('sha256', secret, '', 'answers of the portal API', 32)
  return createSecretKey(Buffer.from(bytes))
}

function seal(
  { status, body }: Answer,
  { idempotencyKey }: RepeatableRequest,
  { caller, random }: { readonly caller: Caller; readonly random: ApiDeps['random'] },
): string {
  const iv = random.bytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, keyOf(caller), iv)
  cipher.setAAD(Buffer.from(idempotencyKey))
  const sealed = [cipher.update(JSON.stringify({ status, body }), 'utf8'), cipher.final()]
  return Buffer.concat([iv, ...sealed, cipher.getAuthTag()]).toString('base64url')
}

function open(text: string, { idempotencyKey }: RepeatableRequest, caller: Caller): Answer {
  const bytes = Buffer.from(text, 'base64url')
  const decipher = createDecipheriv(CIPHER, keyOf(caller), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(idempotencyKey))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  const sealed = bytes.subarray(IV_BYTES, -TAG_BYTES)
  const plain = Buffer.concat([decipher.update(sealed), decipher.final()])
  return JSON.parse(plain.toString('utf8')) as Answer // Written by seal.
}
