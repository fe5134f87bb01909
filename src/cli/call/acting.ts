// For whom a call is made: the options of the command line come in, the customer goes out.

import type { ActingFor } from '../../partner/acting.ts'
import type { NamedRow } from '../../partner/catalogue/groups.ts'
import { nameCustomer } from '../../partner/named-customer.ts'
import { UsageError } from '../context.ts'
import type { GivenOptions } from './options.ts'

/**
 * The customer who is named; `undefined` when the partner calls for itself. Throws `UsageError` when
 * the operation cannot be called so.
 */
export function readActing({ name, row }: NamedRow, options: GivenOptions): ActingFor | undefined {
  const { customer, agency, project, asKey } = options
  if (row.caller === 'partner') return undefined
  if (customer !== undefined) {
    const by = asKey === undefined ? 'token' : 'key'
    return nameCustomer({ account: customer, agency, project, by })
  }
  if (row.caller === 'customer') {
    throw new UsageError(
      `Huawei takes ${name} only with a customer's credentials: --customer says whose, by account id or name`,
    )
  }
  if (agency !== undefined || project !== undefined || asKey !== undefined) {
    throw new UsageError('--agency, --project and --as-key need --customer')
  }
  return undefined
}
