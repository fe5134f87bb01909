// What is put on record of every change and every look at what is not one's own: who, from where, what.

import type { AuditAction } from './audit-actions.ts'

/** Who did it. */
export type Actor =
  | { readonly kind: 'customer'; readonly id: string }
  | { readonly kind: 'operator'; readonly id: string }
  /** The partner's portal, by the name of its API key or hand-off issuer. */
  | { readonly kind: 'portal'; readonly id: string }
  /** The command line; the id is the name of the system's user. */
  | { readonly kind: 'command'; readonly id: string }
  /** Huawei Cloud, by a notification or an answer. */
  | { readonly kind: 'huawei'; readonly id: string }
  /** A job of this service, such as `reconcile`. */
  | { readonly kind: 'job'; readonly id: string }

/** Facts of a record: never a password, code, token, key or its hash. */
export type AuditFacts = Readonly<Record<string, string | number | boolean | null>>

/** One thing that happened. */
export type AuditEvent = {
  readonly action: AuditAction
  readonly actor: Actor
  /** The account id, login, key or connection that it happened to. */
  readonly subject: string | undefined
  /** The network address it came from; `undefined` for the command line and jobs. */
  readonly address?: string | undefined
  /** The reference that the person saw and the log has. */
  readonly reference?: string | undefined
  readonly before?: AuditFacts | undefined
  readonly after?: AuditFacts | undefined
}

/**
 * Puts an event on record. It is durable when the promise resolves, and everybody awaits it before they
 * tell a person or a program that the thing is done.
 */
export type RecordAudit = (event: AuditEvent) => Promise<void>
