// Changing a password: by somebody who is signed in and knows the old one, or by a one-time link. Either
// way everything ends that rested on the old one.

import type { Request } from 'express'
import type { RecordAudit } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { fingerprint } from '../base/random.ts'
import { actorOf, whence } from '../session/history.ts'
import type { Sessions } from '../session/session.ts'
import type { PasswordOwner } from '../store/password-records.ts'
import type { AccountRecord, Store } from '../store/store.ts'
import { readForm } from '../web/form.ts'
import type { IsBreached } from './breached.ts'
import { deviceHash } from './known-device.ts'
import { hashPassword, isPassword } from './password.ts'
import { findByLink } from './password-link.ts'
import { findPasswordProblem, type PasswordContext } from './password-rules.ts'
import type { SaidProblem } from './texts/password.ts'
import { createThrottle } from './throttle.ts'

export type ChangePasswordDeps = {
  readonly store: Pick<Store, 'accounts' | 'counters' | 'passwords'>
  readonly sessions: Pick<Sessions, 'idHash'>
  readonly clock: Clock
  readonly record: RecordAudit
  readonly isBreached: IsBreached
}

/** Somebody who is signed in, and what they prove themselves by. */
export type PasswordHolder = {
  readonly owner: PasswordOwner
  readonly passwordHash: string | undefined
  readonly context: PasswordContext
}

/**
 * The form of somebody who is signed in: `current`, `password` and `again`. They stay signed in here and
 * nowhere else. Throws `PASSWORD_WRONG`, `PASSWORD_UNFIT` (the fact `problem` says why) and
 * `SIGN_IN_THROTTLED`: an open browser must not be a place to guess at leisure.
 */
export async function changePassword(
  request: Request,
  { owner, passwordHash, context }: PasswordHolder,
  deps: ChangePasswordDeps,
): Promise<void> {
  const { store, sessions, clock } = deps
  const current = readForm(request).text('current') ?? ''
  const throttle = createThrottle(`${owner.role}-change`, { counters: store.counters, clock })
  const trial = { login: owner.id, address: request.ip ?? '' }
  await throttle.enter(trial)
  if (!(await isPassword(current, passwordHash))) {
    throw new Refusal('PASSWORD_WRONG', { role: owner.role, id: owner.id })
  }
  await throttle.forgive(trial)
  const password = await readNewPassword(request, context, deps)
  if (password === current) throw unfit('same')
  await store.passwords.change(owner, await hashPassword(password), {
    sessionHash: sessions.idHash(request),
    deviceHash: deviceHash(request),
  })
  await noteChange(request, owner, { by: 'owner', deps })
}

/**
 * The form behind a link: `token`, `password` and `again`. The person is signed out everywhere. Throws
 * `PASSWORD_LINK_INVALID`, `PASSWORD_UNFIT` and `ACCOUNT_DISABLED`.
 */
export async function setPasswordByLink(request: Request, deps: ChangePasswordDeps): Promise<void> {
  const { store, clock } = deps
  const token = readForm(request).text('token') ?? ''
  // Looked at first: nobody without a link has this service compute anything.
  const account = await findByLink(token, deps)
  const password = await readNewPassword(request, contextOf(account), deps)
  const hash = await hashPassword(password)
  const id = await store.passwords.useLink(fingerprint(token), hash, clock.now())
  if (id === undefined) throw new Refusal('PASSWORD_LINK_INVALID')
  await noteChange(request, { role: 'customer', id }, { by: 'link', deps })
}

/** What a customer's password must not be made of. */
export function contextOf({ login, email, name, accountId }: AccountRecord): PasswordContext {
  return { login, email, name, accountId }
}

async function readNewPassword(
  request: Request,
  context: PasswordContext,
  { isBreached }: ChangePasswordDeps,
): Promise<string> {
  const form = readForm(request)
  const password = form.text('password') ?? ''
  if (password !== form.text('again')) throw unfit('different')
  const problem = await findPasswordProblem(password, context, isBreached)
  if (problem !== undefined) throw unfit(problem)
  return password
}

function unfit(problem: SaidProblem): Refusal {
  return new Refusal('PASSWORD_UNFIT', { problem })
}

async function noteChange(
  request: Request,
  { role, id }: PasswordOwner,
  { by, deps }: { readonly by: 'owner' | 'link'; readonly deps: ChangePasswordDeps },
): Promise<void> {
  await deps.record({
    action: 'password.changed',
    actor: actorOf(role, id),
    subject: id,
    ...whence(request),
    after: { role, by },
  })
}
