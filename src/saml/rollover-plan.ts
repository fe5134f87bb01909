// The plan of a roll-over, with dates: what is to be done next, from when, by when, and what is done. The
// dates follow from the end of the certificate that is replaced.

import { addDays, addMinutes } from '../base/clock.ts'
import type { KeySet } from './keyring.ts'
import { RETIRE_AFTER_MINUTES, stateOf } from './rollover.ts'
import { fingerprintOf } from './signing-key.ts'

/** One step. */
export type PlannedStep = {
  readonly what: string
  /** What to enter; without the name of the program. */
  readonly command: string
  readonly notBefore: Date | undefined
  /** A day with time to spare, never the last one. */
  readonly dueBy: Date
  readonly doneAt: Date | undefined
}

// Days before the certificate ends. Uploads are made by hand, by somebody who must first be found.
const MAKE_DAYS = 60
const UPLOAD_DAYS = 30
const ACTIVATE_DAYS = 7
// Days after the activation.
const RETIRE_DAYS = 7

/** The four steps of this change, or of the one to come. */
export function planRollover(keys: KeySet): readonly PlannedStep[] {
  const { active, next, previous } = keys
  const state = stateOf(keys)
  // The record of a change that is over says nothing about the one to come.
  const done = state === 'settled' ? undefined : keys.rollover
  const endsAt = (previous ?? active.certificate).validToDate
  const sha256 = next === undefined ? 'SHA256' : fingerprintOf(next)
  const activateBy = addDays(endsAt, -ACTIVATE_DAYS)
  const activatedAt = state === 'activated' ? done?.activatedAt : undefined
  const step = { notBefore: undefined }
  return [
    {
      ...step,
      what: 'Make the next key.',
      command: 'keys next',
      dueBy: addDays(endsAt, -MAKE_DAYS),
      doneAt: done?.madeAt,
    },
    {
      ...step,
      what: 'Upload the output of "metadata idp" to Partner Center, and compare the fingerprint.',
      command: `keys confirm-upload ${sha256}`,
      dueBy: addDays(endsAt, -UPLOAD_DAYS),
      doneAt: done?.confirmedAt,
    },
    {
      ...step,
      what: 'Sign with the next key.',
      command: 'keys activate',
      dueBy: activateBy,
      doneAt: activatedAt,
    },
    {
      what: 'Take the old certificate out of the metadata.',
      command: 'keys retire',
      notBefore: activatedAt && addMinutes(activatedAt, RETIRE_AFTER_MINUTES),
      dueBy: addDays(activatedAt ?? activateBy, RETIRE_DAYS),
      doneAt: undefined,
    },
  ]
}
