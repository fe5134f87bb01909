// A customer as a person names one: an account id or name comes in, whom the client acts for goes out.

import type { AgencyCustomer } from './acting.ts'

/** What was typed; whatever is absent or empty was not given. */
export type NamedCustomer = {
  readonly account: string
  readonly agency?: string | undefined
  readonly project?: string | undefined
  readonly by?: AgencyCustomer['by']
}

/** The customer of that account. Huawei's account ids have one form; all else is the account's name. */
export function nameCustomer({ account, agency, project, by }: NamedCustomer): AgencyCustomer {
  return {
    kind: 'agency',
    ...(/^[0-9a-f]{32}$/.test(account) ? { domainId: account } : { domainName: account }),
    ...(agency ? { agency } : {}),
    ...(project ? { project } : {}),
    ...(by === undefined ? {} : { by }),
  }
}
