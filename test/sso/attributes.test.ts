// What Huawei Cloud is told of a customer: the names and the order of its sample, and nothing empty.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ATTRIBUTES, buildAttributes } from '../../src/sso/attributes.ts'
import type { BindingRecord } from '../../src/store/binding-records.ts'
import { account } from '../store/records.ts'

const ADA = account({ accountId: 'C-1', name: 'ada_l', email: 'ada@a.example', mobile: '0049-1' })

const UNBOUND: BindingRecord = {
  accountId: 'C-1',
  state: 'none',
  domainId: undefined,
  domainName: undefined,
  askedAt: undefined,
  boundAt: undefined,
  source: undefined,
  confirmedAt: undefined,
  conflictDomainId: undefined,
  conflictDomainName: undefined,
}

function told(customer: typeof ADA, binding = UNBOUND): readonly string[] {
  const attributes = buildAttributes({ account: customer, binding, partnerId: 'partner0001' })
  return attributes.map(({ name, value }) => `${name}=${value}`)
}

test('everything that is known is told, in the order of the sample', () => {
  assert.deepEqual(told(ADA), [
    'xUserId=C-1',
    'xAccountId=C-1',
    'bpId=partner0001',
    'email=ada@a.example',
    'name=ada_l',
    'mobile=0049-1',
  ])
})

test('what is not known is left out', () => {
  const bare = { ...ADA, email: undefined, name: undefined, mobile: undefined }

  assert.deepEqual(told(bare), ['xUserId=C-1', 'xAccountId=C-1', 'bpId=partner0001'])
})

const NAMES = [
  { source: 'created', name: 'name=cloud_name', why: 'was created by us under it' },
  { source: 'notice', name: 'name=ada_l', why: 'was connected by the customer' },
  { source: 'query', name: 'name=ada_l', why: 'was found at Huawei' },
] as const

for (const { source, name, why } of NAMES) {
  test(`a customer is called "${name}" whose account ${why}`, () => {
    const binding = { ...UNBOUND, state: 'bound', domainName: 'cloud_name', source } as const

    assert.equal(told(ADA, binding)[4], name)
  })
}

test('the table says which attributes Huawei cannot do without', () => {
  const required = ATTRIBUTES.filter(({ isRequired }) => isRequired).map(({ name }) => name)

  assert.deepEqual(required, ['xUserId', 'xAccountId', 'bpId'])
})
