// E-mail verification codes: sent to the sandbox's own mailbox, checked when an account is created.

import { addMinutes } from '../base/clock.ts'
import { type ApiAnswer, bssError } from './api-answer.ts'
import type { LedgerDeps } from './deps.ts'
import type { Code, State } from './state.ts'

const MOST_PER_HOUR = 15
const MOST_PER_DAY = 60
const MOST_WRONG_TRIES = 3
const MINUTES_VALID = 10
// Huawei: "If the value of this parameter is greater than 60, the value is fixed to 5 minutes."
const LONGEST_MINUTES = 60
const MINUTES_IF_LONGER = 5

/** Puts a code into the mailbox; gives the error when the address has had too many. */
export function sendCode(
  email: string,
  minutes: number | undefined,
  deps: LedgerDeps,
): ApiAnswer | undefined {
  const now = deps.clock.now()
  const { codes } = deps.state.read()
  const sentSince = (since: Date) =>
    codes.filter((code) => code.email === email && new Date(code.sentAt) > since).length
  const isTooMany =
    sentSince(addMinutes(now, -60)) >= MOST_PER_HOUR ||
    sentSince(addMinutes(now, -24 * 60)) >= MOST_PER_DAY
  if (isTooMany) {
    return bssError(400, 'CBC.99004015', 'The number of sending times has reached the upper limit.')
  }
  const asked = minutes ?? MINUTES_VALID
  const sent: Code = {
    email,
    code: String(deps.random.bytes(4).readUInt32BE() % 1_000_000).padStart(6, '0'),
    sentAt: now.toISOString(),
    minutes: asked > LONGEST_MINUTES ? MINUTES_IF_LONGER : asked,
    wrongTries: 0,
    isSpent: false,
  }
  deps.state.change({ codes: [sent, ...codes.filter((code) => isOfToday(code, now))] })
  return undefined
}

/** Uses up the newest code of the address; gives the error when the code is not right. */
export function takeCode(email: string, given: string, deps: LedgerDeps): ApiAnswer | undefined {
  const newest = newestCode(deps.state.read(), email)
  if (newest === undefined || newest.isSpent || hasEnded(newest, deps.clock.now())) {
    return bssError(400, 'CBC.99004008', 'Invalid verification code.')
  }
  if (newest.wrongTries > MOST_WRONG_TRIES) return tooManyTries()
  if (newest.code !== given) {
    const wrongTries = newest.wrongTries + 1
    replace(newest, { ...newest, wrongTries }, deps)
    return wrongTries > MOST_WRONG_TRIES
      ? tooManyTries()
      : bssError(400, 'CBC.99004010', 'The verification code is incorrect.')
  }
  replace(newest, { ...newest, isSpent: true }, deps)
  return undefined
}

function tooManyTries(): ApiAnswer {
  return bssError(400, 'CBC.99004009', 'The number of verification failures is greater than 3.')
}

function newestCode(state: State, email: string): Code | undefined {
  return state.codes.find((code) => code.email === email)
}

function hasEnded(code: Code, now: Date): boolean {
  return now >= addMinutes(new Date(code.sentAt), code.minutes)
}

function isOfToday(code: Code, now: Date): boolean {
  return new Date(code.sentAt) > addMinutes(now, -24 * 60)
}

function replace(old: Code, next: Code, { state }: LedgerDeps): void {
  state.change({ codes: state.read().codes.map((code) => (code === old ? next : code)) })
}
