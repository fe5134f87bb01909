// Who is told that a connection moved: the audit record, then the partner's portal. The move itself is
// durable before this, and so is what the portal is told.

import type { RecordAudit } from '../base/audit.ts'
import type { BindingMove } from '../store/binding-move-records.ts'

export type TellDeps = {
  readonly record: RecordAudit
  /** Sends what waits for the portal at once; without it, within a minute. */
  readonly sendWebhooks?: (() => void) | undefined
}

/** Puts a move on record, and has the portal told. */
export async function tellMove(
  move: BindingMove,
  { record, sendWebhooks }: TellDeps,
): Promise<void> {
  const { accountId, from, to, actor, reason, evidence, domainId } = move
  sendWebhooks?.()
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
}
