// Takes new events of the record to a syslog receiver. The place it has got to is in the store, so that a
// crash repeats a few events and loses none.

import { addSeconds, type Clock } from '../base/clock.ts'
import { newToken, type Random } from '../base/random.ts'
import type { Audit } from '../store/audit-records.ts'
import type { SendSyslog } from './send-syslog.ts'
import { formatSyslog } from './syslog.ts'

export type ShipDeps = {
  readonly audit: Pick<Audit, 'follow' | 'lease' | 'advance'>
  readonly clock: Clock
  readonly random: Random
  readonly send: SendSyslog
  /** The name of this service in the messages. */
  readonly hostname: string
}

const READER = 'syslog'
const LEASE_SECONDS = 120
const BATCH = 200

/**
 * One round: everything that has not been taken yet. Of several processes one does it, the others find
 * the lease taken. Throws what sending throws; the next round begins where this one stopped.
 */
export function createShip(deps: ShipDeps): () => Promise<void> {
  const { audit, clock } = deps
  const holder = newToken(deps.random)
  const lease = () => {
    const now = clock.now()
    return audit.lease(READER, { holder, now, until: addSeconds(now, LEASE_SECONDS) })
  }
  return async () => {
    for (let place = await lease(); place !== undefined; place = await lease()) {
      const records = await audit.follow({ after: place.sequence, limit: BATCH })
      const last = records.at(-1)
      if (last === undefined) return
      await deps.send(records.map((record) => formatSyslog(record, deps.hostname)))
      if (!(await audit.advance(READER, holder, last.sequence))) return
    }
  }
}
