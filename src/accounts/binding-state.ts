// What a connection means for a customer who wants to go to Huawei Cloud.

import type { BindingRecord } from '../store/binding-records.ts'

/**
 * Whether Huawei has an account for the customer, so that `isFirstLogin` is false. A notice that is held
 * counts: Huawei has signed it, and whoever was sent to its connect page again could open a second
 * account. If it proves untrue, the worst was a page of Huawei's that says so.
 */
export function isConnected({ domainId, held }: Pick<BindingRecord, 'domainId' | 'held'>): boolean {
  return domainId !== undefined || held !== undefined
}
