// Passkeys (WebAuthn): what a browser is asked to have signed, and what is made of the answer. They are
// taken only when the device has verified its user, so that one alone may stand for a whole sign-in.

import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { addMinutes, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { fingerprint, type Random } from '../base/random.ts'
import { isSingleLine } from '../base/xml-text.ts'
import type {
  FactorOwner,
  Factors,
  PasskeyChallenge,
  PasskeyRecord,
} from '../store/factor-records.ts'
import type { FactorKey } from './factor-key.ts'

export type PasskeyDeps = {
  readonly store: {
    readonly factors: Pick<
      Factors,
      'find' | 'addPasskey' | 'findPasskey' | 'usePasskey' | 'startChallenge' | 'takeChallenge'
    >
  }
  readonly key: FactorKey
  readonly clock: Clock
  readonly random: Random
  readonly publicUrl: string
  /** What the browser calls us when it asks its user. */
  readonly issuer: string
}

/** Who is asking, and in which browser. */
export type PasskeyAsk = { readonly owner: FactorOwner; readonly browserHash: string }

/** Passkeys that one person may have. */
export const MOST_PASSKEYS = 10

const LONGEST_NAME = 64
const LONGEST_ANSWER = 20_000
const CHALLENGE_BYTES = 32
const CHALLENGE_MINUTES = 10
const TIMEOUT_MS = CHALLENGE_MINUTES * 60_000

/** The options of `navigator.credentials.create`, as JSON for the page's script. */
export async function offerPasskey(
  { owner, browserHash }: PasskeyAsk,
  label: string,
  deps: PasskeyDeps,
): Promise<string> {
  const { passkeys } = await deps.store.factors.find(owner)
  const challenge = await startChallenge('add', browserHash, deps)
  const options = await generateRegistrationOptions({
    rpName: deps.issuer,
    rpID: new URL(deps.publicUrl).hostname,
    userName: label,
    userID: new Uint8Array(deps.key.userHandle(owner)),
    challenge,
    timeout: TIMEOUT_MS,
    // Who made the authenticator is nobody's business here.
    attestationType: 'none',
    excludeCredentials: passkeys.map(idOf),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return JSON.stringify(options)
}

/**
 * Keeps a new passkey. Throws `PASSKEY_REFUSED`, and `FACTOR_OUT_OF_ORDER` when there are enough or it is
 * known already.
 */
export async function addPasskey(
  { owner, browserHash }: PasskeyAsk,
  given: { readonly credential: string; readonly name: string },
  deps: PasskeyDeps,
): Promise<void> {
  const response = readAnswer(given.credential) as unknown as RegistrationResponseJSON // Judged below.
  const { verified, registrationInfo, challenge } = await judge(deps, (expected) =>
    verifyRegistrationResponse({ response, ...expected }),
  )
  if (!verified) throw refused('the signature does not hold')
  await takeChallenge(challenge, { browserHash, purpose: 'add' }, deps)
  const { passkeys } = await deps.store.factors.find(owner)
  if (passkeys.length >= MOST_PASSKEYS) {
    throw new Refusal('FACTOR_OUT_OF_ORDER', { factor: 'passkey', most: MOST_PASSKEYS })
  }
  const { id, publicKey, counter } = registrationInfo.credential
  const isNew = await deps.store.factors.addPasskey({
    credentialId: id,
    owner,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports: readTransports(response.response?.transports),
    name: readName(given.name, passkeys.length + 1),
    addedAt: deps.clock.now(),
    usedAt: undefined,
  })
  if (isNew) return
  throw new Refusal('FACTOR_OUT_OF_ORDER', { factor: 'passkey', problem: 'it is known already' })
}

/**
 * The options of `navigator.credentials.get`: for one of the owner's passkeys, or without an owner for
 * whichever the browser's user picks.
 */
export async function askForPasskey(
  asked: { readonly owner: FactorOwner | undefined; readonly browserHash: string },
  deps: PasskeyDeps,
): Promise<string> {
  const { owner, browserHash } = asked
  const passkeys = owner === undefined ? [] : (await deps.store.factors.find(owner)).passkeys
  const purpose = owner === undefined ? 'sign-in' : 'second'
  const options = await generateAuthenticationOptions({
    rpID: new URL(deps.publicUrl).hostname,
    challenge: await startChallenge(purpose, browserHash, deps),
    timeout: TIMEOUT_MS,
    userVerification: 'required',
    allowCredentials: passkeys.map(idOf),
  })
  return JSON.stringify(options)
}

/**
 * Proves a passkey and answers it. Throws `PASSKEY_REFUSED`, whose facts say `isCopy` when the counter
 * went back; `owner` is whose it must be, and `undefined` for a sign-in by nothing else.
 */
export async function provePasskey(
  answer: string,
  asked: { readonly owner: FactorOwner | undefined; readonly browserHash: string },
  deps: PasskeyDeps,
): Promise<PasskeyRecord> {
  const response = readAnswer(answer) as unknown as AuthenticationResponseJSON // Judged below.
  const passkey = await deps.store.factors.findPasskey(String(response.id).slice(0, 2048))
  if (passkey === undefined) throw refused('the passkey is not known')
  checkOwner(passkey, asked.owner, response, deps)
  const purpose = asked.owner === undefined ? 'sign-in' : 'second'
  const credential = {
    id: passkey.credentialId,
    publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
    // The store judges the counter, in one statement: two answers side by side cannot both be next.
    counter: 0,
  }
  const { verified, authenticationInfo, challenge } = await judge(deps, (expected) =>
    verifyAuthenticationResponse({ response, credential, ...expected }),
  )
  if (!verified) throw refused('the signature does not hold')
  await takeChallenge(challenge, { browserHash: asked.browserHash, purpose }, deps)
  const { newCounter } = authenticationInfo
  const { credentialId } = passkey
  if (await deps.store.factors.usePasskey(credentialId, newCounter, deps.clock.now()))
    return passkey
  const { role, id } = passkey.owner
  const facts = { counter: newCounter, known: passkey.counter, role, owner: id }
  throw new Refusal('PASSKEY_REFUSED', { problem: 'the counter went back', isCopy: true, ...facts })
}

// WebAuthn §7.2, step 6: the credential must be of the person who is asked, or say itself whose it is.
function checkOwner(
  { owner }: PasskeyRecord,
  wanted: FactorOwner | undefined,
  { response }: AuthenticationResponseJSON,
  { key }: Pick<PasskeyDeps, 'key'>,
): void {
  const isWanted = wanted === undefined || (wanted.role === owner.role && wanted.id === owner.id)
  if (!isWanted) throw refused('the passkey is somebody else’s')
  const handle = response?.userHandle
  if (handle === undefined && wanted !== undefined) return
  if (handle !== key.userHandle(owner).toString('base64url')) {
    throw refused('the user handle is not of the passkey’s owner')
  }
}

async function startChallenge(
  purpose: PasskeyChallenge['purpose'],
  browserHash: string,
  { store, clock, random }: PasskeyDeps,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(random.bytes(CHALLENGE_BYTES))
  await store.factors.startChallenge({
    challengeHash: fingerprint(Buffer.from(challenge).toString('base64url')),
    browserHash,
    purpose,
    expiresAt: addMinutes(clock.now(), CHALLENGE_MINUTES),
  })
  return challenge
}

// Asked last, when everything else holds: what a stranger sends does not use the challenge up.
async function takeChallenge(
  challenge: string,
  asked: Pick<PasskeyChallenge, 'browserHash' | 'purpose'>,
  { store, clock }: PasskeyDeps,
): Promise<void> {
  const taken = { challengeHash: fingerprint(challenge), ...asked }
  if (await store.factors.takeChallenge(taken, clock.now())) return
  throw refused('the challenge is not this browser’s, too old, or used')
}

type Expected = {
  readonly expectedOrigin: string
  readonly expectedRPID: string
  readonly requireUserVerification: true
  readonly expectedChallenge: (challenge: string) => boolean
}

// The library says no by throwing plain errors. It answers with the challenge that was signed.
async function judge<Verdict>(
  { publicUrl }: Pick<PasskeyDeps, 'publicUrl'>,
  verify: (expected: Expected) => Promise<Verdict>,
): Promise<Verdict & { readonly challenge: string }> {
  const { origin, hostname } = new URL(publicUrl)
  let signed = ''
  try {
    const verdict = await verify({
      expectedOrigin: origin,
      expectedRPID: hostname,
      requireUserVerification: true,
      expectedChallenge: (challenge) => {
        signed = challenge
        return true
      },
    })
    return { ...verdict, challenge: signed }
  } catch (error) {
    throw refused('the answer does not hold', error)
  }
}

function readAnswer(text: string): Readonly<Record<string, unknown>> {
  if (text.length > LONGEST_ANSWER) throw refused('the answer is too long')
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch (cause) {
    throw refused('the answer is no JSON', cause)
  }
  throw refused('the answer is no object')
}

function refused(problem: string, cause?: unknown): Refusal {
  return new Refusal('PASSKEY_REFUSED', { problem }, cause)
}

function readTransports(given: unknown): readonly string[] {
  if (!Array.isArray(given)) return []
  return given.filter((each) => typeof each === 'string' && /^[a-z-]{1,20}$/.test(each)).slice(0, 8)
}

function readName(given: string, number: number): string {
  const name = [...given.trim()].slice(0, LONGEST_NAME).join('')
  return name !== '' && isSingleLine(name) ? name : `Passkey ${number}`
}

function idOf({ credentialId, transports }: PasskeyRecord) {
  return { id: credentialId, transports: [...transports] }
}
