// Who came, who went and who was refused: an attempt in, a line of the person's history and an event of the
// record out, durable before the person is told.

import type { Request } from 'express'
import type { Actor, RecordAudit } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import { networkOf } from '../base/network.ts'
import type { SeenFrom, SessionRole } from '../store/session-records.ts'
import type { Store } from '../store/store.ts'
import { referenceOf } from '../web/request-log.ts'
import { describeAgent } from './agent.ts'

export type HistoryDeps = {
  readonly store: Pick<Store, 'signIns'>
  readonly clock: Clock
  readonly record: RecordAudit
}

/** Somebody in a role, and how they prove it. */
export type Attempted = {
  readonly role: SessionRole
  /** The account id or the operator's login; `undefined` for somebody who is not known. */
  readonly id: string | undefined
  /** Such as `password` or `password+totp`. */
  readonly method: string
}

const NOBODY = ''

/** Where a request comes from, as a person is shown it later. */
export function seenFrom(request: Request): SeenFrom {
  return {
    network: request.ip === undefined ? undefined : networkOf(request.ip),
    agent: describeAgent(request.headers['user-agent']),
  }
}

/** The address and the reference of a request, for the record. */
export function whence(request: Request) {
  const { ip, res } = request
  return { address: ip, reference: res === undefined ? undefined : referenceOf(res) || undefined }
}

/** Notes a sign-in that was right. */
export async function noteSignIn(
  request: Request,
  who: Attempted & { readonly id: string; readonly upstream?: string | undefined },
  deps: HistoryDeps,
): Promise<void> {
  const { role, id, method, upstream } = who
  await keep(request, { role, id, method }, deps)
  await deps.record({
    action: 'session.started',
    actor: actorOf(role, id),
    subject: id,
    ...whence(request),
    after: { role, method, ...(upstream === undefined ? {} : { upstream }) },
  })
}

/**
 * Notes one that was refused with `code`. What somebody typed who is not known is not kept: it may be a
 * password in the wrong field.
 */
export async function noteRefusedSignIn(
  request: Request,
  who: Attempted & { readonly code: string },
  deps: HistoryDeps,
): Promise<void> {
  const { role, id, method, code } = who
  // Somebody unknown costs as much time as somebody known: it must not tell them apart.
  await keep(request, { role, id: id ?? NOBODY, method, refusal: code }, deps)
  await deps.record({
    action: 'session.refused',
    actor: actorOf(role, id ?? 'unknown'),
    subject: id,
    ...whence(request),
    after: { role, method, code },
  })
}

async function keep(
  request: Request,
  attempt: { role: SessionRole; id: string; method: string; refusal?: string },
  { store, clock }: HistoryDeps,
): Promise<void> {
  const { refusal, ...who } = attempt
  await store.signIns.add({ ...who, refusal, at: clock.now(), ...seenFrom(request) })
}

/** How a person proved themselves, in one word: `password`, `password+totp`. */
export function methodOf(proven: { readonly method: string; readonly second?: string }): string {
  const { method, second } = proven
  return second === undefined ? method : `${method}+${second}`
}

/** A signed-in person as the record names them. */
export function actorOf(role: SessionRole, id: string): Actor {
  return { kind: role, id }
}
