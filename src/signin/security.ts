// A person's own page of second factors: /security, and /console/security for operators. Whatever changes
// something asks for a sign-in of the last ten minutes: an open screen is no proof of its owner.

import type { Request, Response } from 'express'
import { addMinutes } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { csrfField } from '../session/csrf.ts'
import type { SignedIn } from '../session/session.ts'
import type { FactorOwner } from '../store/factor-records.ts'
import type { Departure } from '../web/departure.ts'
import { readForm } from '../web/form.ts'
import { noteRefusal } from '../web/refuse.ts'
import { type Addition, addFactor, recordFactor, renewCodes } from './add-factor.ts'
import { FACTOR_PATHS, hasFactor } from './complete.ts'
import type { At, FactorPerson } from './factor-deps.ts'
import {
  addPasskeyPage,
  addTotpPage,
  codesPage,
  type FormFrame,
  securityPage,
  statusOf,
} from './factor-pages.ts'
import { MOST_PASSKEYS, offerPasskey } from './passkey.ts'
import { formRefusal } from './second-factor.ts'
import { offerTotp, repeatOffer } from './totp.ts'

const FRESH_MINUTES = 10

type Self = {
  readonly person: FactorPerson
  readonly owner: FactorOwner
  readonly signIn: SignedIn
}

/** GET …/security. */
export async function showSecurity(request: Request, at: At): Promise<Departure> {
  const { door, deps } = at
  const self = await findSelf(request, at)
  if (self === undefined) return toSignIn(at, FACTOR_PATHS[door.role].security)
  const { security, home } = FACTOR_PATHS[door.role]
  const factors = await deps.store.factors.find(self.owner)
  const page = securityPage(frameOf(request, security, at), {
    factors,
    security,
    home,
    isRequired: door.isRequired,
    isElsewhere: isElsewhere(self),
    maySetMore: factors.passkeys.length < MOST_PASSKEYS,
  })
  return { kind: 'page', page }
}

/** POST …/security: removes a factor, or makes new recovery codes. */
export async function changeSecurity(request: Request, at: At): Promise<Departure> {
  const { door, deps } = at
  const { security } = FACTOR_PATHS[door.role]
  const self = await findFresh(request, at)
  if (self === undefined) return toSignIn(at, security)
  const { owner } = self
  const form = readForm(request)
  const kind = form.text('kind')
  if (kind === 'recovery-codes') {
    if (!hasFactor(await deps.store.factors.find(owner))) throw new Refusal('FACTOR_OUT_OF_ORDER')
    return { kind: 'page', page: codesPage(await renewCodes(request, owner, deps), security) }
  }
  if (kind !== 'remove-totp' && kind !== 'remove-passkey') {
    throw new Refusal('BAD_PARAMETERS', { parameter: 'kind' })
  }
  await remove(request, { owner, kind, passkey: form.text('id') ?? '' }, at)
  return { kind: 'redirect', to: security }
}

type Removal = {
  readonly owner: FactorOwner
  readonly kind: 'remove-totp' | 'remove-passkey'
  readonly passkey: string
}

async function remove(request: Request, removal: Removal, { door, deps }: At): Promise<void> {
  const { owner, kind, passkey } = removal
  const { factors } = deps.store
  const { totp, passkeys } = await factors.find(owner)
  const count = passkeys.length + (totp === undefined ? 0 : 1)
  if (door.isRequired && count <= 1) throw new Refusal('FACTOR_OUT_OF_ORDER', { count })
  const isTotp = kind === 'remove-totp'
  const isGone = isTotp
    ? await factors.removeTotp(owner)
    : await factors.removePasskey(owner, passkey)
  if (!isGone) throw new Refusal('FACTOR_OUT_OF_ORDER', { kind })
  const factor = isTotp ? 'totp' : 'passkey'
  await recordFactor(request, { owner, action: 'factor.removed', factor }, deps)
  // Codes that stand for nothing would be a way in that nobody thinks of.
  if (count === 1) await factors.setRecoveryCodes(owner, [])
}

/** GET …/security/totp and …/security/passkey. */
export async function showAddition(request: Request, kind: Addition, at: At): Promise<Departure> {
  const self = await findFresh(request, at)
  if (self === undefined) return toSignIn(at, additionPath(kind, at))
  return additionPage(request, { self, kind, refusal: undefined, sealed: undefined }, at)
}

/** POST of the same. */
export async function submitAddition(
  request: Request,
  { response, kind }: { readonly response: Response; readonly kind: Addition },
  at: At,
): Promise<Departure> {
  const self = await findFresh(request, at)
  if (self === undefined) return toSignIn(at, additionPath(kind, at))
  const { security } = FACTOR_PATHS[at.door.role]
  try {
    const codes = await addFactor(request, { owner: self.owner, kind }, at.deps)
    if (codes.length === 0) return { kind: 'redirect', to: security }
    return { kind: 'page', page: codesPage(codes, security) }
  } catch (error) {
    const refusal = formRefusal(error)
    noteRefusal(response, refusal)
    const sealed = readForm(request).text('sealed')
    return additionPage(request, { self, kind, refusal, sealed }, at)
  }
}

type Shown = {
  readonly self: Self
  readonly kind: Addition
  readonly refusal: Refusal | undefined
  readonly sealed: string | undefined
}

async function additionPage(request: Request, shown: Shown, at: At): Promise<Departure> {
  const { self, kind, refusal, sealed } = shown
  const { deps } = at
  const { security } = FACTOR_PATHS[at.door.role]
  const { owner } = self
  const { label } = self.person
  const frame = { ...frameOf(request, additionPath(kind, at), at), refusal }
  const status = statusOf(refusal)
  if (kind === 'add-totp') {
    const offer =
      sealed === undefined
        ? offerTotp(owner, label, deps)
        : repeatOffer(owner, sealed, { label, deps })
    const page = addTotpPage(frame, offer, security)
    return { kind: 'page', page, status, address: frame.action }
  }
  const browserHash = deps.sessions.browserHash(request)
  const options = await offerPasskey({ owner, browserHash }, label, deps)
  const page = addPasskeyPage(frame, options, security)
  return { kind: 'page', page, status, address: frame.action }
}

function additionPath(kind: Addition, { door }: At): string {
  const { security } = FACTOR_PATHS[door.role]
  return `${security}/${kind === 'add-totp' ? 'totp' : 'passkey'}`
}

function frameOf(request: Request, action: string, { deps }: At): FormFrame {
  const hidden = csrfField(deps.sessions, request)
  return { action, hidden, formTargets: [], refusal: undefined }
}

async function findSelf(request: Request, { door, deps }: At): Promise<Self | undefined> {
  const { role } = door
  const signIn = deps.sessions.find(request, role)
  const person = signIn && (await door.find(signIn.id))
  return signIn && person && { person, signIn, owner: { role, id: person.id } }
}

// Whoever vouched for the person asks for factors there; ours would outlive what that one knows.
function isElsewhere({ signIn }: Self): boolean {
  return signIn.method === 'portal' || signIn.method === 'oidc'
}

async function findFresh(request: Request, at: At): Promise<Self | undefined> {
  const self = await findSelf(request, at)
  if (self === undefined || isElsewhere(self)) return undefined
  return addMinutes(self.signIn.at, FRESH_MINUTES) > at.deps.clock.now() ? self : undefined
}

function toSignIn({ door }: At, next: string): Departure {
  const { signIn } = FACTOR_PATHS[door.role]
  return { kind: 'redirect', to: `${signIn}?next=${encodeURIComponent(next)}&again=1` }
}
