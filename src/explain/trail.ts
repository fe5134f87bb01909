// The way of a message through its checks: steps that give something or refuse, and tables of checks
// over what they gave. An explanation comes out.

import {
  brief,
  type Check,
  type CheckName,
  type CheckResult,
  judgeChecks,
  skipChecks,
} from '../base/check.ts'
import { describe, Refusal } from '../base/errors.ts'
import type { TraceKind } from '../base/trace.ts'

/** What arrives, an answer of ours, and SP metadata. */
export type ExplainedKind = TraceKind | 'response' | 'metadata'

/** What every check of a message found, and what that comes to. */
export type Explanation = {
  readonly kind: ExplainedKind
  /** `accepted`, or the code of the first check that failed. */
  readonly verdict: 'accepted' | NonNullable<CheckResult['code']>
  /** The verdict in one sentence. */
  readonly say: string
  readonly issuer: string | undefined
  readonly requestId: string | undefined
  readonly relayStateBytes: number | undefined
  /** Whether the sender is proven; what was found is otherwise what the message claims. */
  readonly isProven: boolean
  readonly checks: readonly CheckResult[]
}

/** The explanation of something that arrives, of which a trace may be kept. */
export type ArrivedExplanation = Explanation & { readonly kind: TraceKind }

/** A step that the product takes, as a check. */
export type Step = CheckName & { readonly expected: string }

export type Trail = {
  /** What the step gives, or `undefined` when it refuses. A fault is thrown on. */
  readonly step: <Given>(
    step: Step,
    take: () => Given,
    found: (given: Given) => string,
  ) => Given | undefined
  readonly judge: <Subject>(checks: readonly Check<Subject>[], subject: Subject) => void
  readonly skip: (checks: readonly CheckName[]) => void
  readonly add: (result: CheckResult) => void
  readonly results: () => readonly CheckResult[]
}

/** An empty trail. */
export function createTrail(): Trail {
  const results: CheckResult[] = []
  return {
    step: ({ id, title, section, expected }, take, found) => {
      const name = { id, title, section, expected }
      try {
        const given = take()
        results.push({ ...name, verdict: 'passed', found: brief(found(given)) })
        return given
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        results.push({ ...name, verdict: 'failed', found: problemOf(error), code: error.code })
        return undefined
      }
    },
    judge: (checks, subject) => {
      results.push(...judgeChecks(checks, subject))
    },
    skip: (checks) => {
      results.push(...skipChecks(checks))
    },
    add: (result) => {
      results.push(result)
    },
    results: () => results,
  }
}

// Facts are ours to show, but only these are sentences.
function problemOf({ facts }: Refusal): string {
  const parts = ['problem', 'element', 'attribute', 'parameter', 'field', 'algorithm', 'line']
  const told = parts.flatMap((name) => {
    const value = facts[name]
    if (typeof value !== 'string' && typeof value !== 'number') return []
    return name === 'problem' ? [String(value)] : [`${name} ${value}`]
  })
  return brief(told.join(', '))
}

/** The explanation of a trail that has come to its end. */
export function conclude<Kind extends ExplainedKind>(
  trail: Trail,
  about: Omit<Explanation, 'kind' | 'verdict' | 'say' | 'checks'> & {
    readonly kind: Kind
    readonly accepted: string
  },
): Explanation & { readonly kind: Kind } {
  const { accepted, ...rest } = about
  const checks = trail.results()
  const code = checks.find(({ verdict }) => verdict === 'failed')?.code
  if (code === undefined) return { ...rest, verdict: 'accepted', say: accepted, checks }
  return { ...rest, verdict: code, say: describe(code).say, checks }
}
