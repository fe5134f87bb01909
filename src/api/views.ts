// Records in, what the portal sees of them out.

import type { z } from 'zod'
import type { BindingRecord } from '../store/binding-records.ts'
import type { AccountRecord, Store } from '../store/store.ts'
import type { Activation, Binding, Customer } from './schemas.ts'

type ActivationView = z.output<typeof Activation>

/** A customer with everything that is known of them. */
export async function viewCustomer(
  account: AccountRecord,
  { store }: { readonly store: Pick<Store, 'activations' | 'bindings'> },
): Promise<z.output<typeof Customer>> {
  const { accountId } = account
  const { accountId: _same, ...huaweiCloud } = viewBinding(await store.bindings.find(accountId))
  const { step } = await viewActivation(accountId, { store })
  return {
    accountId,
    login: account.login,
    email: account.email ?? null,
    name: account.name ?? null,
    mobile: account.mobile ?? null,
    enabled: account.isEnabled,
    createdAt: account.createdAt.toISOString(),
    huaweiCloud,
    activation: step,
  }
}

export function viewBinding(binding: BindingRecord): z.output<typeof Binding> {
  const { accountId, state, domainId, domainName, boundAt } = binding
  return {
    accountId,
    state,
    domainId: domainId ?? null,
    domainName: domainName ?? null,
    boundAt: boundAt?.toISOString() ?? null,
  }
}

/** Where the activation of an account stands; `none` when there is none. */
export async function viewActivation(
  accountId: string,
  { store }: { readonly store: Pick<Store, 'activations'> },
): Promise<ActivationView> {
  const record = await store.activations.find(accountId)
  return {
    accountId,
    step: record?.step ?? 'none',
    name: record?.domainName ?? null,
    email: record?.email ?? null,
    area: record?.area ?? null,
    problem: record?.problem ?? null,
    changedAt: record?.changedAt.toISOString() ?? null,
  }
}
