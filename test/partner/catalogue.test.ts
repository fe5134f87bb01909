// Huawei's limits, as rows: what the catalogue lets through and what it stops.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CATALOGUE, type OperationName } from '../../src/partner/catalogue/index.ts'
import { CUSTOMER } from './fake-huawei.ts'

type Row = {
  readonly operation: OperationName
  readonly title: string
  readonly body: Readonly<Record<string, unknown>>
  /** The field that is at fault; absent when the body is accepted. */
  readonly wrong?: string
}

const named = (domain_name: string) => ({ ...CUSTOMER, domain_name })
const protectedBy = (password: string) => ({ ...CUSTOMER, password })
const { verification_code: _, ...withoutCode } = CUSTOMER
const { email: __, ...withoutEmail } = withoutCode

const ROWS: readonly Row[] = [
  { operation: 'createCustomer', title: 'a complete customer', body: CUSTOMER },
  { operation: 'createCustomer', title: 'no e-mail address', body: withoutEmail },
  {
    operation: 'createCustomer',
    title: 'an e-mail address without its code',
    body: withoutCode,
    wrong: 'verification_code',
  },
  {
    operation: 'createCustomer',
    title: 'a code of 5 characters',
    body: { ...CUSTOMER, verification_code: '24681' },
    wrong: 'verification_code',
  },
  {
    operation: 'createCustomer',
    title: 'a country in small letters',
    body: { ...CUSTOMER, domain_area: 'ie' },
    wrong: 'domain_area',
  },
  {
    operation: 'createCustomer',
    title: 'an id of 128 characters',
    body: { ...CUSTOMER, xaccount_id: 'x'.repeat(128) },
  },
  {
    operation: 'createCustomer',
    title: 'an id of 129 characters',
    body: { ...CUSTOMER, xaccount_id: 'x'.repeat(129) },
    wrong: 'xaccount_id',
  },
  {
    operation: 'createCustomer',
    title: 'an empty id',
    body: { ...CUSTOMER, xaccount_id: '' },
    wrong: 'xaccount_id',
  },
  { operation: 'createCustomer', title: 'a name of 5 characters', body: named('acme1') },
  { operation: 'createCustomer', title: 'a name of 32 characters', body: named('a'.repeat(32)) },
  { operation: 'createCustomer', title: 'a name that starts with _', body: named('_acme-1') },
  {
    operation: 'createCustomer',
    title: 'a name of 4 characters',
    body: named('acme'),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'a name of 33 characters',
    body: named('a'.repeat(33)),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'a name that starts with a digit',
    body: named('1acme'),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'a name of digits only',
    body: named('12345'),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'a name that starts with op_',
    body: named('op_acme'),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'a name that starts with shadow_',
    body: named('shadow_acme'),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'an empty name',
    body: named(''),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'an e-mail address of 64 characters',
    body: { ...CUSTOMER, email: `${'a'.repeat(54)}@acme.test` },
  },
  {
    operation: 'createCustomer',
    title: 'an e-mail address of 65 characters',
    body: { ...CUSTOMER, email: `${'a'.repeat(55)}@acme.test` },
    wrong: 'email',
  },
  { operation: 'createCustomer', title: 'a password of two kinds', body: protectedBy('horses42') },
  {
    operation: 'createCustomer',
    title: 'a password of one kind',
    body: protectedBy('horseshorses'),
    wrong: 'password',
  },
  {
    operation: 'createCustomer',
    title: 'a password of 7 characters',
    body: protectedBy('horse42'),
    wrong: 'password',
  },
  {
    operation: 'createCustomer',
    title: 'the account name as password',
    body: protectedBy('acme_cloud'),
    wrong: 'password',
  },
  {
    operation: 'createCustomer',
    title: 'the account name backwards as password',
    body: protectedBy('duolc_emca'),
    wrong: 'password',
  },
  {
    operation: 'createCustomer',
    title: 'the e-mail address inside the password',
    body: protectedBy('My-jo@acme.example'),
    wrong: 'password',
  },
  {
    operation: 'createCustomer',
    title: 'the association result asked for with a text',
    body: { ...CUSTOMER, include_association_result: 'true' },
    wrong: 'include_association_result',
  },
  {
    operation: 'createCustomer',
    title: 'a misspelt field',
    body: { ...CUSTOMER, xaccount_tjpe: 'example_IDP' },
    wrong: '',
  },
  {
    operation: 'checkIdentity',
    title: 'a name',
    body: { search_type: 'name', search_value: 'acme_cloud' },
  },
  {
    operation: 'checkIdentity',
    title: 'a name that is too short',
    body: { search_type: 'name', search_value: 'acme' },
    wrong: 'search_value',
  },
  {
    operation: 'checkIdentity',
    title: 'an e-mail address',
    body: { search_type: 'email', search_value: 'jo@acme.example' },
  },
  {
    operation: 'checkIdentity',
    title: 'an e-mail address without @',
    body: { search_type: 'email', search_value: 'jo.acme.example' },
    wrong: 'search_value',
  },
  {
    operation: 'checkIdentity',
    title: 'a mobile number',
    body: { search_type: 'mobile', search_value: '0049-15112345678' },
  },
  {
    operation: 'checkIdentity',
    title: 'a mobile number without country code',
    body: { search_type: 'mobile', search_value: '015112345678' },
    wrong: 'search_value',
  },
  {
    operation: 'checkIdentity',
    title: 'an unknown kind of value',
    body: { search_type: 'fax', search_value: '0049-15112345678' },
    wrong: 'search_type',
  },
  {
    operation: 'sendVerificationCode',
    title: 'a code by e-mail',
    body: { receiver_type: 2, email: 'jo@acme.example', timeout: 3000 },
  },
  {
    operation: 'sendVerificationCode',
    title: 'a code by anything else',
    body: { receiver_type: 1, email: 'jo@acme.example' },
    wrong: 'receiver_type',
  },
  {
    operation: 'sendVerificationCode',
    title: 'a code that is valid too long',
    body: { receiver_type: 2, email: 'jo@acme.example', timeout: 3001 },
    wrong: 'timeout',
  },
  {
    operation: 'queryCustomers',
    title: 'a page of one customer',
    body: { customer_id: 'd0001', offset: 0, limit: 100 },
  },
  {
    operation: 'queryCustomers',
    title: 'a page that is too long',
    body: { limit: 101 },
    wrong: 'limit',
  },
  {
    operation: 'queryCustomers',
    title: 'a time to the second',
    body: { associated_on_begin: '2019-05-06T08:05:01Z' },
  },
  {
    operation: 'queryCustomers',
    title: 'a time with another zone',
    body: { associated_on_begin: '2019-05-06T08:05:01+02:00' },
    wrong: 'associated_on_begin',
  },
]

for (const { operation, title, body, wrong } of ROWS) {
  test(`${operation} ${wrong === undefined ? 'takes' : 'does not take'} ${title}`, () => {
    const checked = CATALOGUE[operation].body.safeParse(body)

    const faults = checked.error?.issues.map(({ path }) => path.join('.')) ?? []
    assert.deepEqual([...new Set(faults)], wrong === undefined ? [] : [wrong])
  })
}

test('every row says what each of its fields means', () => {
  const silent = Object.entries(CATALOGUE).flatMap(([name, { body }]) =>
    Object.entries(body.shape)
      .filter(([, field]) => field.description === undefined)
      .map(([field]) => `${name}.${field}`),
  )

  assert.deepEqual(silent, [])
})

test('an operation that writes is never marked as safe to repeat', () => {
  const unsafe = Object.entries(CATALOGUE)
    .filter(([, { effect, retry }]) => effect === 'write' && retry !== 'never')
    .map(([name]) => name)

  assert.deepEqual(unsafe, [])
})
