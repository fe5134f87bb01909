// A customer as people and machines read one: record and binding in, text out.

import type { BindingState } from '../store/binding-move-records.ts'
import type { AccountRecord, Store } from '../store/store.ts'
import type { Output } from './context.ts'
import { printFacts, printJson } from './output.ts'

/** A customer as `--json` shows one. Public contract: what is not known is null. */
export type UserView = {
  readonly login: string
  readonly accountId: string
  readonly email: string | null
  readonly name: string | null
  readonly mobile: string | null
  readonly enabled: boolean
  readonly binding: {
    readonly state: BindingState
    readonly domainId: string | null
    readonly domainName: string | null
  }
}

/** Joins the account and its binding. */
export async function viewUser(
  account: AccountRecord,
  store: Pick<Store, 'bindings'>,
): Promise<UserView> {
  const { login, accountId, email, name, mobile, isEnabled } = account
  const { state, domainId, domainName } = await store.bindings.find(accountId)
  return {
    login,
    accountId,
    email: email ?? null,
    name: name ?? null,
    mobile: mobile ?? null,
    enabled: isEnabled,
    binding: { state, domainId: domainId ?? null, domainName: domainName ?? null },
  }
}

/** Prints one customer. */
export function printUser(output: Output, view: UserView, asJson: boolean): void {
  if (asJson) {
    printJson(output, view)
    return
  }
  printFacts(output, [
    ['login', view.login],
    ['account id', view.accountId],
    ['e-mail', view.email],
    ['name', view.name],
    ['mobile', view.mobile],
    ['enabled', view.enabled ? 'yes' : 'no'],
    ['binding', view.binding.state],
    ['Huawei Cloud account id', view.binding.domainId],
    ['Huawei Cloud account name', view.binding.domainName],
  ])
}
