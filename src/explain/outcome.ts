// What only the flow knows is added to an explanation: whether a request was used before, and the refusal
// with which it ended.

import type { CheckName, CheckResult } from '../base/check.ts'
import type { ErrorCode } from '../base/error-codes.ts'
import { describe } from '../base/errors.ts'
import type { ParkedRequest } from '../store/request-records.ts'
import type { ArrivedExplanation } from './trail.ts'

export const FIRST_USE: CheckName = {
  id: 'first-use',
  title: 'It has not been used before',
  section: 'Profiles §4.1.4.5',
}

const FLOW: CheckName = {
  id: 'flow',
  title: 'What it asks for could be done',
  section: 'docs/life-of-a-sign-in.md',
}

const UNUSED = 'a request that was not answered yet'

/**
 * Adds whether the request was used before, by what is remembered of it at `now`. One that waits
 * still goes on, but only in the browser that brought it.
 */
export function addFirstUse(
  explanation: ArrivedExplanation,
  earlier: ParkedRequest | undefined,
  now: Date,
): ArrivedExplanation {
  const isEarlier = earlier !== undefined && earlier.arrivedAt < now && earlier.expiresAt > now
  const answeredAt = isEarlier ? earlier.answeredAt : undefined
  if (answeredAt !== undefined && answeredAt < now) {
    const found = `answered at ${answeredAt.toISOString()}`
    return add(explanation, {
      ...FIRST_USE,
      verdict: 'failed',
      expected: UNUSED,
      found,
      code: 'SAML_REPLAYED',
    })
  }
  const found = isEarlier
    ? `waits since ${earlier.arrivedAt.toISOString()} for the browser that brought it`
    : 'nothing is remembered of it'
  return add(explanation, { ...FIRST_USE, verdict: 'passed', expected: UNUSED, found })
}

/** Adds the refusal with which the flow ended, unless a check of the explanation tells it already. */
export function addRefusal(explanation: ArrivedExplanation, code: ErrorCode): ArrivedExplanation {
  if (explanation.verdict === code) return explanation
  const name = code === 'SAML_REPLAYED' ? FIRST_USE : FLOW
  const failed = { ...name, verdict: 'failed', expected: '', found: '', code } as const
  // What the person was told is the verdict, whatever the checks would have said.
  return { ...add(explanation, failed), verdict: code, say: describe(code).say }
}

function add(explanation: ArrivedExplanation, result: CheckResult): ArrivedExplanation {
  const checks = [...explanation.checks, result]
  if (explanation.verdict !== 'accepted' || result.code === undefined) {
    return { ...explanation, checks }
  }
  return { ...explanation, checks, verdict: result.code, say: describe(result.code).say }
}

/** The explanation of something that the flow accepted: its word is the verdict. */
export function acceptAnyway(explanation: ArrivedExplanation): ArrivedExplanation {
  return { ...explanation, verdict: 'accepted' }
}

/** What a step of the flow refused where there is no request of a site to run the checks on. */
export function explainFlow(
  kind: 'request' | 'logout',
  parked: Pick<ParkedRequest, 'issuer' | 'requestId' | 'relayState'> | undefined,
  code: ErrorCode,
): ArrivedExplanation {
  const relayState = parked?.relayState
  return {
    kind,
    verdict: code,
    say: describe(code).say,
    issuer: parked?.issuer,
    requestId: parked?.requestId,
    relayStateBytes: relayState === undefined ? undefined : Buffer.byteLength(relayState),
    isProven: parked !== undefined,
    checks: [{ ...FLOW, verdict: 'failed', expected: '', found: '', code }],
  }
}
