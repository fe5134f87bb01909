// The step after the password, and the sign-in by passkey alone: what the form brought in, a session or
// the form once more out.

import type { Request, Response } from 'express'
import { Refusal } from '../base/errors.ts'
import { fingerprint } from '../base/random.ts'
import { csrfField } from '../session/csrf.ts'
import { noteRefusedSignIn } from '../session/history.ts'
import type { SecondFactor } from '../session/session.ts'
import type { FactorOwner, PendingSignIn } from '../store/factor-records.ts'
import type { Departure } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import { html } from '../web/html.ts'
import { noteRefusal } from '../web/refuse.ts'
import { addFactor, isAddition } from './add-factor.ts'
import { FACTOR_PATHS, finishPending, getPending, hasFactor, passkeyPath } from './complete.ts'
import type { At, FactorDeps, FactorPerson } from './factor-deps.ts'
import {
  addFirstPage,
  codesPage,
  type FormFrame,
  passkeySignInPage,
  secondStepPage,
  statusOf,
} from './factor-pages.ts'
import { askForPasskey, offerPasskey, provePasskey } from './passkey.ts'
import { proveRecoveryCode } from './recovery.ts'
import { createNetworkThrottle } from './throttle.ts'
import { offerTotp, proveTotp, repeatOffer } from './totp.ts'
import { isOnRecord } from './watch.ts'

/** GET …/second. */
export async function showSecondStep(request: Request, at: At): Promise<Departure> {
  const id = readQuery(request).text('pending')
  const waiting = await getWaiting(request, id, at)
  return stepPage(request, { ...waiting, refusal: undefined, sealed: undefined }, at)
}

/** POST …/second: a code or a passkey, or the first factor of somebody who has none. */
export async function submitSecondStep(
  request: Request,
  response: Response,
  at: At,
): Promise<Departure> {
  const form = readForm(request)
  const waiting = await getWaiting(request, form.text('pending'), at)
  try {
    return await takeStep(request, waiting, at)
  } catch (error) {
    const refusal = formRefusal(error)
    noteRefusal(response, refusal)
    await noteNo(request, { ...waiting, refusal }, at)
    return stepPage(request, { ...waiting, refusal, sealed: form.text('sealed') }, at)
  }
}

type Waiting = {
  readonly id: string
  readonly pending: PendingSignIn
  readonly person: FactorPerson
}

async function getWaiting(
  request: Request,
  given: string | undefined,
  { door, deps }: At,
): Promise<Waiting> {
  const id = given ?? ''
  const pending = await getPending(request, { role: door.role, id }, deps)
  const person = await door.find(pending.owner.id)
  if (person === undefined) throw new Refusal('SECOND_FACTOR_EXPIRED')
  return { id, pending, person }
}

async function takeStep(request: Request, waiting: Waiting, at: At): Promise<Departure> {
  const { deps } = at
  const { pending } = waiting
  const { owner } = pending
  const form = readForm(request)
  const kind = form.text('kind') ?? ''
  if (isAddition(kind)) {
    // Whoever has a factor must show it: the password alone adds none.
    if (hasFactor(await deps.store.factors.find(owner))) throw new Refusal('FACTOR_OUT_OF_ORDER')
    const codes = await addFactor(request, { owner, kind }, deps)
    const second = kind === 'add-totp' ? 'totp' : 'passkey'
    await finishPending(request, { pending, second }, deps)
    return { kind: 'page', page: codesPage(codes, pending.next) }
  }
  const second = await prove(request, { kind, owner }, deps)
  await finishPending(request, { pending, second }, deps)
  return { kind: 'redirect', to: pending.next }
}

async function prove(
  request: Request,
  { kind, owner }: { readonly kind: string; readonly owner: FactorOwner },
  deps: FactorDeps,
): Promise<SecondFactor> {
  const form = readForm(request)
  const forgive = await countAttempt(owner, deps)
  const second = await proveKind(kind, owner, { request, form, deps })
  await forgive()
  return second
}

type Brought = {
  readonly request: Request
  readonly form: ReturnType<typeof readForm>
  readonly deps: FactorDeps
}

async function proveKind(
  kind: string,
  owner: FactorOwner,
  { request, form, deps }: Brought,
): Promise<SecondFactor> {
  const code = form.text('code') ?? ''
  if (kind === 'totp') await proveTotp(owner, code, deps)
  else if (kind === 'recovery-code') await proveRecoveryCode(owner, code, deps)
  else if (kind === 'passkey') {
    const browserHash = deps.sessions.browserHash(request)
    await provePasskey(form.text('credential') ?? '', { owner, browserHash }, deps)
  } else throw new Refusal('BAD_PARAMETERS', { parameter: 'kind' })
  return kind
}

const WINDOW_MS = 15 * 60_000
const MOST_ATTEMPTS = 10

// By person, not by address: only somebody who knows the password gets this far, so that nobody else can
// use it to keep the person out. Counted first: attempts side by side cannot slip through together.
async function countAttempt(
  { role, id }: FactorOwner,
  { store, clock }: FactorDeps,
): Promise<() => Promise<unknown>> {
  const key = `factor:${role}:${fingerprint(id)}`
  const { points } = await store.counters.add(key, 1, WINDOW_MS, clock.now())
  if (points > MOST_ATTEMPTS) throw new Refusal('SIGN_IN_THROTTLED', { by: 'factor', role })
  return () => store.counters.remove(key)
}

type Step = Waiting & { readonly refusal: Refusal | undefined; readonly sealed: string | undefined }

async function stepPage(request: Request, step: Step, { door, deps }: At): Promise<Departure> {
  const { id, pending, person, refusal, sealed } = step
  const { owner } = pending
  const paths = FACTOR_PATHS[door.role]
  const csrf = csrfField(deps.sessions, request)
  const frame: FormFrame = {
    action: paths.second,
    hidden: html`${csrf}<input type="hidden" name="pending" value="${id}">`,
    formTargets: door.formTargets,
    refusal,
  }
  const browserHash = deps.sessions.browserHash(request)
  const factors = await deps.store.factors.find(owner)
  const status = statusOf(refusal)
  const address = `${paths.second}?pending=${id}`
  if (hasFactor(factors)) {
    const hasPasskey = factors.passkeys.length > 0
    const passkeyOptions = hasPasskey
      ? await askForPasskey({ owner, browserHash }, deps)
      : undefined
    const page = secondStepPage(frame, { factors, passkeyOptions, signIn: paths.signIn })
    return { kind: 'page', page, status, address }
  }
  const { label } = person
  const totp =
    sealed === undefined
      ? offerTotp(owner, label, deps)
      : repeatOffer(owner, sealed, { label, deps })
  const passkeyOptions = await offerPasskey({ owner, browserHash }, label, deps)
  return { kind: 'page', page: addFirstPage(frame, { totp, passkeyOptions }), status, address }
}

// These are for the person at the form, which comes back with the sentence above it.
const OF_FORMS: ReadonlySet<string> = new Set([
  'SECOND_FACTOR_WRONG',
  'SIGN_IN_THROTTLED',
  'PASSKEY_REFUSED',
])

/** A refusal to be shown above a form; whatever else it is, is thrown on. */
export function formRefusal(error: unknown): Refusal {
  if (error instanceof Refusal && OF_FORMS.has(error.code)) return error
  throw error
}

async function noteNo(
  request: Request,
  { pending, refusal }: { readonly pending: PendingSignIn; readonly refusal: Refusal },
  { deps }: At,
): Promise<void> {
  if (!isOnRecord(refusal)) return
  const { owner, method } = pending
  const code = refusal.facts['isCopy'] === true ? 'PASSKEY_COPIED' : refusal.code
  await noteRefusedSignIn(request, { ...owner, method: `${method}+second`, code }, deps)
}

/** GET …/passkey: no name is asked for, the browser shows whose passkeys it has. */
export async function showPasskeySignIn(request: Request, at: At): Promise<Departure> {
  const next = at.door.readNext(readQuery(request).text('next'))
  return passkeyPage(request, { next, refusal: undefined }, at)
}

/** POST …/passkey. */
export async function submitPasskeySignIn(
  request: Request,
  response: Response,
  at: At,
): Promise<Departure> {
  const { door, deps } = at
  const form = readForm(request)
  const next = door.readNext(form.text('next'))
  try {
    const person = await findByPasskey(request, form.text('credential') ?? '', at)
    await deps.sessions.signIn(request, door.role, { id: person.id, method: 'passkey' })
    return { kind: 'redirect', to: next }
  } catch (error) {
    const refusal = formRefusal(error)
    noteRefusal(response, refusal)
    if (isOnRecord(refusal)) await noteRefusedPasskey(request, refusal, at)
    return passkeyPage(request, { next, refusal }, at)
  }
}

async function noteRefusedPasskey(
  request: Request,
  { code, facts }: Refusal,
  { door: { role }, deps }: At,
): Promise<void> {
  const isCopy = facts['isCopy'] === true
  const id = isCopy ? String(facts['owner']) : undefined
  const noted = { role, id, method: 'passkey', code: isCopy ? 'PASSKEY_COPIED' : code }
  await noteRefusedSignIn(request, noted, deps)
}

// Somebody whom a directory or a portal knows must be let in by that one: it may know that they have left.
async function findByPasskey(
  request: Request,
  credential: string,
  { door, deps }: At,
): Promise<FactorPerson> {
  const { ip = '' } = request
  const throttle = createNetworkThrottle('passkey', { ...deps, counters: deps.store.counters })
  await throttle.enter(ip)
  const browserHash = deps.sessions.browserHash(request)
  const { owner } = await provePasskey(credential, { owner: undefined, browserHash }, deps)
  const person = owner.role === door.role ? await door.find(owner.id) : undefined
  if (person?.hasPassword !== true) {
    throw new Refusal('PASSKEY_REFUSED', { problem: 'not a way in for this person', ...owner })
  }
  await throttle.forgive(ip)
  return person
}

async function passkeyPage(
  request: Request,
  shown: { readonly next: string; readonly refusal: Refusal | undefined },
  { door, deps }: At,
): Promise<Departure> {
  const { next, refusal } = shown
  const { passkey, signIn } = FACTOR_PATHS[door.role]
  const csrf = csrfField(deps.sessions, request)
  const frame: FormFrame = {
    action: passkey,
    hidden: html`${csrf}<input type="hidden" name="next" value="${next}">`,
    formTargets: door.formTargets,
    refusal,
  }
  const browserHash = deps.sessions.browserHash(request)
  const options = await askForPasskey({ owner: undefined, browserHash }, deps)
  const otherWay = `${signIn}?next=${encodeURIComponent(next)}&again=1`
  const page = passkeySignInPage(frame, { options, otherWay })
  return { kind: 'page', page, status: statusOf(refusal), address: passkeyPath(door.role, next) }
}
