// THE table: what we know of a customer → the SAML attribute that Huawei expects (Partner Center API
// §3.2, table 3-4). The order is the sample's.

import type { SamlAttribute } from '../saml/assertion.ts'
import type { BindingRecord } from '../store/binding-records.ts'
import type { AccountRecord } from '../store/store.ts'

/** What the attributes are made of. */
export type AttributeSource = {
  readonly account: AccountRecord
  readonly binding: BindingRecord
  /** The partner's own account id at Huawei. */
  readonly partnerId: string
}

type Row = {
  readonly name: string
  readonly meaning: string
  readonly isRequired: boolean
  readonly value: (source: AttributeSource) => string | undefined
}

export const ATTRIBUTES: readonly Row[] = [
  {
    name: 'xUserId',
    meaning: 'The account id. Huawei wants it equal to xAccountId.',
    isRequired: true,
    value: ({ account }) => account.accountId,
  },
  {
    name: 'xAccountId',
    meaning: 'The account id, as given to Create Customer.',
    isRequired: true,
    value: ({ account }) => account.accountId,
  },
  {
    name: 'bpId',
    meaning: 'The partner id. The capital I matters.',
    isRequired: true,
    value: ({ partnerId }) => partnerId,
  },
  {
    name: 'email',
    meaning: "The customer's e-mail address, when known.",
    isRequired: false,
    value: ({ account }) => account.email,
  },
  {
    name: 'name',
    meaning: 'The domain_name that Create Customer was given; the account name otherwise.',
    isRequired: false,
    // §3.2 and §11.2 differ; for an account that we created, it must be its Huawei Cloud name.
    value: ({ account, binding }) =>
      binding.source === 'created' ? (binding.domainName ?? account.name) : account.name,
  },
  {
    name: 'mobile',
    meaning: 'Country code and number such as 0086-13800000000, when known.',
    isRequired: false,
    value: ({ account }) => account.mobile,
  },
]

/** The attributes of one person. What is not known is left out rather than sent empty. */
export function buildAttributes(source: AttributeSource): readonly SamlAttribute[] {
  return ATTRIBUTES.flatMap(({ name, value }) => {
    const known = value(source)
    return known === undefined ? [] : [{ name, value: known }]
  })
}
