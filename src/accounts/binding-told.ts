// Who is told that a connection moved: the audit record, then the partner's portal. The move itself is
// durable before this.

import type { RecordAudit } from '../base/audit.ts'
import type { NotifyPortal } from '../base/portal-event.ts'
import type { BindingMove, BindingState } from '../store/binding-move-records.ts'

export type TellDeps = {
  readonly record: RecordAudit
  /** Nobody is told where the portal takes no events. */
  readonly notifyPortal?: NotifyPortal | undefined
}

const EVENTS: Readonly<Partial<Record<BindingState, 'bound' | 'unbound' | 'conflict'>>> = {
  bound: 'bound',
  released: 'unbound',
  conflict: 'conflict',
}

/**
 * Tells of a move; `domainName` is that of the domain it is about. A move that changes no state, such as
 * a confirmation, is on record only.
 */
export async function tellMove(
  move: BindingMove,
  domainName: string | undefined,
  { record, notifyPortal }: TellDeps,
): Promise<void> {
  const { accountId, from, to, actor, reason, evidence, domainId } = move
  await record({
    action: 'binding.moved',
    actor,
    subject: accountId,
    before: { state: from },
    after: {
      state: to,
      reason,
      domainId: domainId ?? null,
      ...(evidence.noticeId === undefined ? {} : { notice: evidence.noticeId }),
      ...(evidence.note === undefined ? {} : { note: evidence.note }),
    },
  })
  const kind = EVENTS[to]
  if (kind === undefined || (from === to && to !== 'conflict')) return
  await notifyPortal?.({ kind, accountId, domainId, domainName })
}
