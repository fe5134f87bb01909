// What a comparison with Huawei's list of customers is given.

import type { RecordAudit } from '../../base/audit.ts'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Random } from '../../base/random.ts'
import type { PartnerAsks } from '../../partner/client.ts'
import type { Store } from '../../store/store.ts'

export type ReconcileDeps = {
  readonly store: Pick<Store, 'reconciles' | 'leases'>
  readonly partner: Pick<PartnerAsks, 'queryCustomers'>
  readonly platformId: string
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly record: RecordAudit
}
