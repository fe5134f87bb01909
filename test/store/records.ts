// Records for the store's tests: complete ones, of which a test names only what it is about.

import type { ActivationRecord } from '../../src/store/activation-records.ts'
import type { NoticeRecord } from '../../src/store/binding-records.ts'
import type { AnswerRecord, IssuedAnswer, ParkedRequest } from '../../src/store/request-records.ts'
import type { KeptSession, SessionPerson } from '../../src/store/session-records.ts'
import type { AccountRecord, Store } from '../../src/store/store.ts'

export const NOW = new Date('2026-03-02T10:00:00.123Z')

/** `seconds` after `NOW`, or before it. */
export function at(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000)
}

export function account(changes: Partial<AccountRecord> = {}): AccountRecord {
  return {
    accountId: 'c-100',
    login: 'Ann',
    email: 'Ann@example.com',
    name: 'Ann Example',
    mobile: '13800000000',
    passwordHash: '$argon2id$made-up',
    isEnabled: true,
    createdAt: NOW,
    ...changes,
  }
}

/** Adds an account that has an id and a login only. */
export async function addAccount(store: Store, accountId: string): Promise<void> {
  const { createdAt, isEnabled } = account()
  const nothing = { email: undefined, name: undefined, mobile: undefined, passwordHash: undefined }
  const added = await store.accounts.add({
    ...nothing,
    accountId,
    login: accountId,
    isEnabled,
    createdAt,
  })
  if (added !== 'added') throw new Error(`the ${added} of ${accountId} is taken`)
}

export function parkedRequest(changes: Partial<ParkedRequest> = {}): ParkedRequest {
  return {
    id: 'parked-1',
    browserHash: 'browser-1',
    issuer: 'https://sp.example',
    requestId: '_request-1',
    acsUrl: 'https://sp.example/acs',
    relayState: 'state-1',
    wantsFreshSignIn: true,
    isPassive: false,
    nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    wantedContext: { comparison: 'minimum', classes: ['urn:a', 'urn:b'] },
    arrivedAt: NOW,
    expiresAt: at(600),
    answeredAt: undefined,
    ...changes,
  }
}

/** An answer as it leaves. */
export function answer(changes: Partial<IssuedAnswer> = {}): IssuedAnswer {
  return {
    ...answerRecord(),
    digest: 'd'.repeat(64),
    ...changes,
  }
}

/** The same as it is found later. */
export function answerRecord(changes: Partial<AnswerRecord> = {}): AnswerRecord {
  return {
    assertionId: '_assertion-1',
    issuer: 'https://sp.example',
    requestId: '_request-1',
    accountId: 'c-100',
    nameId: '_name-1',
    sessionIndex: '_index-1',
    sessionHash: 'session-1',
    answeredAt: NOW,
    ...changes,
  }
}

/** A session with which nobody is signed in. */
export function session(changes: Partial<KeptSession> = {}): KeptSession {
  return { body: 'body', expiresAt: at(60), seenAt: NOW, people: [], ...changes }
}

/** A customer who is signed in. */
export function person(changes: Partial<SessionPerson> = {}): SessionPerson {
  return {
    role: 'customer',
    id: 'c-100',
    method: 'password',
    startedAt: NOW,
    network: '192.0.2.1',
    agent: 'Firefox, Linux',
    upstream: undefined,
    upstreamSession: undefined,
    ...changes,
  }
}

export function notice(changes: Partial<NoticeRecord> = {}): NoticeRecord {
  return {
    id: 'notice-1',
    digest: 'digest-1',
    bindRequest: 'eyJkb21haW5JZCI6ImQtMSJ9',
    sigAlg: 'SHA256withRSA',
    signature: 'c2lnbmF0dXJl',
    xUserId: 'c-100',
    domainId: 'd-1',
    domainName: 'Domain One',
    bindAction: '1',
    outcome: 'applied',
    receivedAt: NOW,
    times: 1,
    lastReceivedAt: NOW,
    ...changes,
  }
}

export function activation(changes: Partial<ActivationRecord> = {}): ActivationRecord {
  return {
    accountId: 'c-100',
    step: 'code-sent',
    attempt: 1,
    entry: 1,
    domainName: 'example-domain',
    email: 'ann@example.com',
    area: 'DE',
    domainId: undefined,
    problem: undefined,
    createAskedAt: undefined,
    resumeAt: undefined,
    startedAt: NOW,
    changedAt: NOW,
    ...changes,
  }
}

/** Calls `attempt` ten times at once, in turns on each store, and gathers what came back. */
export function race<T>(
  stores: readonly [Store, Store],
  attempt: (store: Store, turn: number) => Promise<T>,
): Promise<readonly T[]> {
  const [first, second] = stores
  const turns = Array.from({ length: 10 }, (_, turn) => turn)
  return Promise.all(turns.map((turn) => attempt(turn % 2 === 0 ? first : second, turn)))
}
