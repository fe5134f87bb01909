// One call of the partner API: a row and an input come in, the row's result or a refusal goes out.
//
// What may be repeated is said by the row and by the caller's patience (repeat.ts). A write is sent
// once: one that got no answer may have been done. The exception is a refused token, because nothing
// was done then.

import { Refusal } from '../base/errors.ts'
import type { ActingFor, CallOptions, Language, Patience } from './acting.ts'
import type { SignableRequest } from './ak-sk.ts'
import { type Answered, type CallLogDeps, logCall } from './call-log.ts'
import { type Credentials, checkCaller } from './credentials.ts'
import { type Answer, type ExchangeDeps, exchange, type Fields } from './exchange.ts'
import type { AnyOperation } from './operation.ts'
import { findRefusal, isPartial, isStaleToken, withMeaning } from './remote-errors.ts'
import { readRetryAfter, repeat } from './repeat.ts'
import { listProblems, type Named, type Prepared, prepare } from './request.ts'
import { type Sleep, unlessAborted } from './sleep.ts'
import type { Turns } from './turns.ts'

export type SendDeps = Omit<ExchangeDeps, 'signal' | 'mostBytes'> &
  Omit<CallLogDeps, 'signal'> & {
    readonly bssUrl: string
    readonly credentials: Credentials
    readonly turns: Turns
    readonly sleep: Sleep
    readonly patience: Patience
    readonly language: Language
    readonly limits: AnswerLimits
  }

/** The largest answers that are read, in bytes. */
export type AnswerLimits = { readonly answerBytes: number; readonly listBytes: number }

/** Calls an operation. The input may be anything and is checked. */
export type Send = (call: Named, input: unknown, options?: CallOptions) => Promise<unknown>

/**
 * Throws `PARTNER_INVALID_INPUT` before anything is sent, `PARTNER_THROTTLED` when its turn is too far
 * away, `PARTNER_UNREACHABLE` and `PARTNER_BAD_ANSWER` for want of a usable answer, the codes of
 * `remote-errors.ts`, and the reason of the signal once that is aborted.
 */
export function createSend(deps: SendDeps): Send {
  return async (call, input, options = {}) => {
    checkCaller(call.row, options.as)
    const language = options.language ?? deps.language
    const prepared = prepare(call, input, { bssUrl: deps.bssUrl, language })
    const attempt = () => sendOnce(call, prepared, { ...deps, options })
    const patience = options.patience ?? deps.patience
    if (call.row.retry !== 'read' || patience === 'none') return attempt()
    return repeat(attempt, {
      sleep: deps.sleep,
      signal: options.signal,
      onWait: (wait) => {
        deps.log.info({ event: 'partner.waits', operation: call.name, ...wait })
        options.onWait?.(wait)
      },
    })
  }
}

type OnceDeps = SendDeps & { readonly options: CallOptions }

async function sendOnce(call: Named, { fields, request }: Prepared, deps: OnceDeps) {
  const { name, row } = call
  const { signal, as } = deps.options
  await takeTurn(call, deps)
  const { answerBytes, listBytes } = deps.limits
  const mostBytes = row.paging === undefined ? answerBytes : listBytes
  const once = { ...deps, signal, mostBytes, as }
  const answered = logCall(name, once, async () => {
    const answer = await exchangeAuthorized(name, request, once)
    tellAnswer(answer, deps.options)
    const isInPart = row.failures !== undefined && isPartial(answer)
    const refusal = isInPart ? undefined : findRefusal(name, answer, fields)
    if (refusal === undefined) return readResult(call, answer)
    const retryAfterSeconds = readRetryAfter(answer.headers, deps.clock.now())
    throw withMeaning(
      retryAfterSeconds === undefined ? refusal : withFacts(refusal, { retryAfterSeconds }),
      row.errors,
    )
  })
  return answered.catch((error: unknown) => {
    throw row.effect === 'read' ? error : withDoubt(name, error)
  })
}

function tellAnswer({ status, requestId }: Answer, { onAnswer }: CallOptions): void {
  onAnswer?.({ status, ...(requestId === undefined ? {} : { requestId }) })
}

const UNKNOWN_ENDINGS = ['PARTNER_UNREACHABLE', 'PARTNER_BAD_ANSWER']

// "Try again" is bad advice where it would be done twice. A token that could not be had names another
// operation: then nothing was sent.
function withDoubt(name: string, error: unknown): unknown {
  if (!(error instanceof Refusal) || !UNKNOWN_ENDINGS.includes(error.code)) return error
  if (error.facts['operation'] !== name) return error
  return withFacts(error, { remedy: 'It may have been done: look before you call it again.' })
}

// A person waits for the turn of a moment; a program in no hurry may stand in a longer queue.
const MOST_WAIT_MS = { none: 10_000, minutes: 10 * 60_000 } as const
const PER_SECOND = 10

async function takeTurn({ name, row }: Named, deps: OnceDeps): Promise<void> {
  const { signal, as, patience } = deps.options
  const waitMs = await unlessAborted(
    () =>
      deps.turns.take({
        key: `${name} ${accountOf(as)}`,
        intervalMs: Math.ceil(1000 / (row.perSecond ?? PER_SECOND)),
        nowMs: deps.clock.now().getTime(),
        mostWaitMs: MOST_WAIT_MS[patience ?? deps.patience],
        wrongAfterMs: 2 * MOST_WAIT_MS.minutes,
      }),
    signal,
  )
  if (waitMs === undefined) {
    throw new Refusal('PARTNER_THROTTLED', { operation: name, problem: 'the queue is too long' })
  }
  if (waitMs > 0) await deps.sleep(waitMs, signal)
}

// Huawei counts by account: the partner's, or that of the customer whose credentials are used.
function accountOf(as: ActingFor | undefined): string {
  if (as === undefined) return 'partner'
  return as.kind === 'key' ? as.accessKey : (as.domainId ?? as.domainName ?? '')
}

type AuthorizedDeps = ExchangeDeps & {
  readonly credentials: Credentials
  readonly as: ActingFor | undefined
}

async function exchangeAuthorized(
  name: string,
  request: SignableRequest,
  deps: AuthorizedDeps,
): Promise<Answer> {
  const authorize = () => unlessAborted(() => deps.credentials(request, deps.as), deps.signal)
  const first = await authorize()
  const answer = await exchange(name, withHeaders(request, first.headers), deps)
  if (first.discard === undefined || !isStaleToken(answer)) return answer

  first.discard()
  const second = await authorize()
  return exchange(name, withHeaders(request, second.headers), deps)
}

function withHeaders(
  request: SignableRequest,
  headers: SignableRequest['headers'],
): SignableRequest {
  return { ...request, headers: { ...request.headers, ...headers } }
}

function withFacts(refusal: Refusal, more: Fields): Refusal {
  return new Refusal(refusal.code, { ...refusal.facts, ...more }, refusal.cause)
}

function readResult({ name, row }: Named, answer: Answer): Answered<unknown> {
  const { status, requestId, isEmpty, fields } = answer
  const facts = { operation: name, status, requestId }
  if (fields === undefined && !isEmpty) {
    throw new Refusal('PARTNER_BAD_ANSWER', { ...facts, problem: 'not a JSON object' })
  }
  const result = row.result.safeParse(row.succeeds === 204 ? undefined : fields)
  if (result.success) return { answer, value: toOutcome(row, result.data) }
  throw new Refusal('PARTNER_BAD_ANSWER', { ...facts, problems: listProblems(result.error) })
}

function toOutcome({ failures: name }: AnyOperation, result: unknown): unknown {
  if (name === undefined) return result
  // The cast holds because a row with failures has a result with fields.
  const failures = (result as Fields)[name]
  const isComplete = !Array.isArray(failures) || failures.length === 0
  return isComplete ? { isComplete, result } : { isComplete, result, failures }
}
