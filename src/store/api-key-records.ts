// Keys of the portal API, and what was answered to requests that may come twice.

/** A key. Its secret is nowhere; `secretHash` is the fingerprint of it. */
export type ApiKeyRecord = {
  readonly id: string
  /** What operators call it; unique for ever, so that the record of what was done stays readable. */
  readonly name: string
  readonly secretHash: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  /** `undefined` is never. */
  readonly expiresAt: Date | undefined
  /** To the minute. */
  readonly usedAt: Date | undefined
  readonly revokedAt: Date | undefined
}

export type ApiKeys = {
  /** False when there is, or was, a key of this name. */
  readonly add: (key: ApiKeyRecord) => Promise<boolean>
  readonly find: (id: string) => Promise<ApiKeyRecord | undefined>
  /** In the order of names, revoked ones too. */
  readonly list: () => Promise<readonly ApiKeyRecord[]>
  /** By its name. False when there is no such key or it is revoked already. */
  readonly revoke: (name: string, now: Date) => Promise<boolean>
  /** Notes that it was used; at most one write a minute. */
  readonly touch: (id: string, now: Date) => Promise<void>
}

/** A request that its sender may repeat, and who works on it. */
export type RepeatableRequest = {
  readonly keyId: string
  readonly idempotencyKey: string
  readonly requestHash: string
  /** Names the attempt. */
  readonly holder: string
  readonly now: Date
  /** Until when nobody else begins: whoever works on it is dead then. */
  readonly heldUntil: Date
  /** When all of it is forgotten. */
  readonly expiresAt: Date
}

/** What may be done with a request. */
export type Begun =
  /** It is this caller's to do. `since`: an attempt that began then came to no answer. */
  | { readonly kind: 'begin'; readonly since: Date | undefined }
  /** It was answered; the answer is as `finish` was given it. */
  | { readonly kind: 'answered'; readonly answer: string }
  /** Another request came under the same key. */
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'under-way' }

export type Idempotency = {
  /** Gives the request to one caller at a time. */
  readonly begin: (request: RepeatableRequest) => Promise<Begun>
  /** Keeps the answer, when the attempt is still the holder's. */
  readonly finish: (attempt: Attempt, answer: string) => Promise<void>
  /** Gives up an attempt that came to no answer, so that the next may begin at once. */
  readonly release: (attempt: Attempt) => Promise<void>
}

export type Attempt = Pick<RepeatableRequest, 'keyId' | 'idempotencyKey' | 'holder'>
