// Everything the sandbox remembers beyond a restart, in one readable file. Each change is written at
// once, to a second file that then takes the first one's name, so that a crash never leaves half.

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { FAULT_NAMES } from './api/faults.ts'
import { SCENARIO_NAMES } from './scenarios.ts'
import { worldState } from './world/state.ts'

const BUDGET_TYPES = ['MONTHLY', 'PACKAGE'] as const

/** A Huawei Cloud account. It is bound, and a customer of the partner, once it has an xAccountId. */
const account = z.object({
  domainId: z.string(),
  domainName: z.string(),
  email: z.string().optional(),
  xAccountId: z.string().optional(),
  associatedAt: z.string().optional(),
  /** The name of the agency by which the partner may act for the account; absent without one. */
  agency: z.string().optional(),
  /** The reseller whose customer it is. */
  indirectPartnerId: z.string().optional(),
  /** How the partner froze it. */
  frozen: z.enum(['ACCOUNT', 'ACCOUNT_AND_RESOURCE']).optional(),
  /** Dollars, as a decimal; the starting budget if absent. */
  budget: z.object({ amount: z.string(), type: z.enum(BUDGET_TYPES) }).optional(),
})

/** A budget that was set. */
const budgetRecord = z.object({
  domainId: z.string(),
  indirectPartnerId: z.string().optional(),
  at: z.string(),
  amount: z.string(),
  type: z.enum(BUDGET_TYPES),
})

/** An e-mail verification code; used up once `isSpent`, and kept for the hourly limit. */
const code = z.object({
  email: z.string(),
  code: z.string(),
  sentAt: z.string(),
  minutes: z.number(),
  wrongTries: z.number(),
  isSpent: z.boolean(),
})

/** A token: the partner's, or one that an agency gave for the account `domainId`. */
const token = z.object({
  fingerprint: z.string(),
  expiresAt: z.string(),
  domainId: z.string().optional(),
})

/** An access key that an agency gave for a while; its security token goes with it. */
const temporaryKey = z.object({
  accessKey: z.string(),
  secretKey: z.string(),
  securityToken: z.string(),
  expiresAt: z.string(),
  domainId: z.string(),
})

/** A fault that waits for the next calls of an operation. */
const waitingFault = z.object({
  operation: z.string(),
  fault: z.enum(FAULT_NAMES),
  /** How many calls it will still spoil. */
  times: z.int().min(1),
  /** How large the answer of the fault `huge` is. */
  bytes: z.int().optional(),
})

const finding = z.object({ id: z.string(), says: z.string(), found: z.string() })

/** Something that came in or went out, as the control page and tests see it. */
const arrival = z.object({
  at: z.string(),
  kind: z.enum(['answer', 'logout', 'notice', 'call']),
  /** For an answer: accepted, refused, create-and-bind or status; otherwise the HTTP status or similar. */
  verdict: z.string(),
  summary: z.string(),
  broken: z.array(finding),
  xml: z.string().optional(),
})

const state = z.object({
  scenario: z.enum(SCENARIO_NAMES),
  accounts: z.array(account),
  codes: z.array(code),
  tokens: z.array(token),
  arrivals: z.array(arrival),
  temporaryKeys: z.array(temporaryKey),
  budgetRecords: z.array(budgetRecord),
  faults: z.array(waitingFault),
  /** Whether Huawei's limits of calls a second hold. */
  throttling: z.boolean(),
  /** How often each operation that changes something has done its work. */
  effects: z.record(z.string(), z.int()),
  world: worldState,
})

/** A row of `accounts`. */
export type Account = z.infer<typeof account>
/** A row of `budgetRecords`, newest first. */
export type BudgetRecord = z.infer<typeof budgetRecord>
/** A row of `faults`. */
export type WaitingFault = z.infer<typeof waitingFault>
/** A row of `codes`, newest first. */
export type Code = z.infer<typeof code>
/** A row of `arrivals`, newest first. */
export type Arrival = z.infer<typeof arrival>
/** One rule that does not hold, and what was found instead. */
export type Finding = z.infer<typeof finding>
/** The whole of state.json. */
export type State = z.infer<typeof state>

/** The state in memory and on disk. */
export type StateFile = {
  readonly read: () => State
  /** Replaces some parts; the others stay. */
  readonly change: (parts: Partial<State>) => void
  /** Keeps the newest hundred. */
  readonly record: (arrival: Arrival) => void
}

const MOST_ARRIVALS = 100

const FILE = 'state.json'

/**
 * Opens `state.json` in the folder, or starts with `fresh`; so does each part that a file of an older
 * version lacks. Throws when the file cannot be read.
 */
export function openState(folder: string, fresh: State): StateFile {
  const path = join(folder, FILE)
  let current = state.parse({ ...fresh, ...readFields(path) })
  const change = (parts: Partial<State>) => {
    current = { ...current, ...parts }
    writeFileSync(`${path}.new`, JSON.stringify(current, null, 1), { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  return {
    read: () => current,
    change,
    record: (newest) => {
      change({ arrivals: [newest, ...current.arrivals].slice(0, MOST_ARRIVALS) })
    },
  }
}

function readFields(path: string): object {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
  return z.looseObject({}).parse(JSON.parse(text))
}
