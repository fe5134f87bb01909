// Codes of an authenticator app (RFC 6238): six digits, SHA-1, thirty seconds, which is what every app
// can do.

import { Secret, TOTP } from 'otpauth'
import { encode } from 'uqr'
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import type { Random } from '../base/random.ts'
import type { FactorOwner, Factors } from '../store/factor-records.ts'
import type { FactorKey } from './factor-key.ts'

export type TotpDeps = {
  readonly store: { readonly factors: Pick<Factors, 'find' | 'addTotp' | 'useTotpStep'> }
  readonly key: FactorKey
  readonly clock: Clock
  readonly random: Random
  /** What the app shows beside the code. */
  readonly issuer: string
}

/** What a person is shown to set up an app. */
export type TotpOffer = {
  /** The secret for the form to bring back; only its owner's, and only we can open it. */
  readonly sealed: string
  /** The secret to type, in groups of four letters. */
  readonly text: string
  /** The QR code, row by row: true is dark. */
  readonly qr: readonly (readonly boolean[])[]
}

const PERIOD_SECONDS = 30
// RFC 4226 §4: 160 bits are recommended.
const SECRET_BYTES = 20
// RFC 6238 §5.2: one step of delay, either way.
const SKEW_STEPS = 1

/** A new secret for `owner`, which counts once a code of it has been shown. */
export function offerTotp(
  owner: FactorOwner,
  label: string,
  deps: Pick<TotpDeps, 'key' | 'random' | 'issuer'>,
): TotpOffer {
  const secret = deps.random.bytes(SECRET_BYTES)
  return showOffer(deps.key.seal(owner, secret), { secret, label, issuer: deps.issuer })
}

/** The same offer once more, after a wrong code. Throws `FACTOR_KEY_CHANGED` for one of another person. */
export function repeatOffer(
  owner: FactorOwner,
  sealed: string,
  shown: { readonly label: string; readonly deps: Pick<TotpDeps, 'key' | 'issuer'> },
): TotpOffer {
  const { label, deps } = shown
  return showOffer(sealed, { secret: deps.key.open(owner, sealed), label, issuer: deps.issuer })
}

type Labelled = { readonly secret: Buffer; readonly label: string; readonly issuer: string }

function showOffer(sealed: string, { secret, label, issuer }: Labelled): TotpOffer {
  const totp = totpOf(secret, { label, issuer })
  const text = totp.secret.base32.match(/.{1,4}/g)?.join(' ') ?? ''
  return { sealed, text, qr: encode(totp.toString(), { border: 2 }).data }
}

/**
 * Keeps the secret of an offer, because the app shows its code. Throws `SECOND_FACTOR_WRONG`, and
 * `FACTOR_OUT_OF_ORDER` when there is an app already.
 */
export async function addTotp(
  owner: FactorOwner,
  given: { readonly sealed: string; readonly code: string },
  deps: TotpDeps,
): Promise<void> {
  const now = deps.clock.now()
  const step = findStep(deps.key.open(owner, given.sealed), given.code, now)
  if (step === undefined) throw new Refusal('SECOND_FACTOR_WRONG', { factor: 'totp' })
  const totp = { sealedSecret: given.sealed, lastStep: step, addedAt: now }
  if (await deps.store.factors.addTotp(owner, totp)) return
  throw new Refusal('FACTOR_OUT_OF_ORDER', { factor: 'totp', problem: 'there is one already' })
}

/** Proves a code and uses it up. Throws `SECOND_FACTOR_WRONG`, for a code that was used too. */
export async function proveTotp(owner: FactorOwner, code: string, deps: TotpDeps): Promise<void> {
  const { totp } = await deps.store.factors.find(owner)
  const secret = totp && deps.key.open(owner, totp.sealedSecret)
  const step = secret && findStep(secret, code, deps.clock.now())
  if (step !== undefined && (await deps.store.factors.useTotpStep(owner, step))) return
  throw new Refusal('SECOND_FACTOR_WRONG', { factor: 'totp', wasUsed: step !== undefined })
}

function findStep(secret: Buffer, code: string, now: Date): number | undefined {
  const token = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const timestamp = now.getTime()
  const delta = totpOf(secret, {}).validate({ token, timestamp, window: SKEW_STEPS })
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta
}

function totpOf(secret: Buffer, named: { readonly label?: string; readonly issuer?: string }) {
  const buffer = new Uint8Array(secret).buffer
  const rules = { algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS }
  return new TOTP({ ...named, ...rules, secret: new Secret({ buffer }) })
}
