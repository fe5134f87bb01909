// Huawei's limits, as rows: what the catalogue lets through and what it stops.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CATALOGUE, type OperationName } from '../../src/partner/catalogue/index.ts'
import { CUSTOMER } from './fake-huawei.ts'

type Row = {
  readonly operation: OperationName
  readonly title: string
  readonly input: Readonly<Record<string, unknown>>
  /** The field that is at fault; absent when the input is accepted. */
  readonly wrong?: string
}

const named = (domain_name: string) => ({ ...CUSTOMER, domain_name })
const protectedBy = (password: string) => ({ ...CUSTOMER, password })
const { verification_code: _, ...withoutCode } = CUSTOMER
const { email: __, ...withoutEmail } = withoutCode

const ROWS: readonly Row[] = [
  { operation: 'createCustomer', title: 'a complete customer', input: CUSTOMER },
  { operation: 'createCustomer', title: 'no e-mail address', input: withoutEmail },
  {
    operation: 'createCustomer',
    title: 'an e-mail address without its code',
    input: withoutCode,
    wrong: 'verification_code',
  },
  {
    operation: 'createCustomer',
    title: 'a code of 5 characters',
    input: { ...CUSTOMER, verification_code: '24681' },
    wrong: 'verification_code',
  },
  {
    operation: 'createCustomer',
    title: 'a country in small letters',
    input: { ...CUSTOMER, domain_area: 'ie' },
    wrong: 'domain_area',
  },
  {
    operation: 'createCustomer',
    title: 'an id of 128 characters',
    input: { ...CUSTOMER, xaccount_id: 'x'.repeat(128) },
  },
  {
    operation: 'createCustomer',
    title: 'an id of 129 characters',
    input: { ...CUSTOMER, xaccount_id: 'x'.repeat(129) },
    wrong: 'xaccount_id',
  },
  {
    operation: 'createCustomer',
    title: 'an empty id',
    input: { ...CUSTOMER, xaccount_id: '' },
    wrong: 'xaccount_id',
  },
  { operation: 'createCustomer', title: 'a name of 5 characters', input: named('acme1') },
  { operation: 'createCustomer', title: 'a name of 32 characters', input: named('a'.repeat(32)) },
  { operation: 'createCustomer', title: 'a name that starts with _', input: named('_acme-1') },
  {
    operation: 'createCustomer',
    title: 'a name of 4 characters',
    input: named('acme'),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'a name of 33 characters',
    input: named('a'.repeat(33)),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'a name that starts with a digit',
    input: named('1acme'),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'a name of digits only',
    input: named('12345'),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'a name that starts with op_',
    input: named('op_acme'),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'a name that starts with shadow_',
    input: named('shadow_acme'),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'an empty name',
    input: named(''),
    wrong: 'domain_name',
  },
  {
    operation: 'createCustomer',
    title: 'an e-mail address of 64 characters',
    input: { ...CUSTOMER, email: `${'a'.repeat(54)}@acme.test` },
  },
  {
    operation: 'createCustomer',
    title: 'an e-mail address of 65 characters',
    input: { ...CUSTOMER, email: `${'a'.repeat(55)}@acme.test` },
    wrong: 'email',
  },
  { operation: 'createCustomer', title: 'a password of two kinds', input: protectedBy('horses42') },
  {
    operation: 'createCustomer',
    title: 'a password of one kind',
    input: protectedBy('horseshorses'),
    wrong: 'password',
  },
  {
    operation: 'createCustomer',
    title: 'a password of 7 characters',
    input: protectedBy('horse42'),
    wrong: 'password',
  },
  {
    operation: 'createCustomer',
    title: 'the account name as password',
    input: protectedBy('acme_cloud'),
    wrong: 'password',
  },
  {
    operation: 'createCustomer',
    title: 'the account name backwards as password',
    input: protectedBy('duolc_emca'),
    wrong: 'password',
  },
  {
    operation: 'createCustomer',
    title: 'the e-mail address inside the password',
    input: protectedBy('My-jo@acme.example'),
    wrong: 'password',
  },
  {
    operation: 'createCustomer',
    title: 'the association result asked for with a text',
    input: { ...CUSTOMER, include_association_result: 'true' },
    wrong: 'include_association_result',
  },
  {
    operation: 'createCustomer',
    title: 'a misspelt field',
    input: { ...CUSTOMER, xaccount_tjpe: 'example_IDP' },
    wrong: '',
  },
  {
    operation: 'checkIdentity',
    title: 'a name',
    input: { search_type: 'name', search_value: 'acme_cloud' },
  },
  {
    operation: 'checkIdentity',
    title: 'a name that is too short',
    input: { search_type: 'name', search_value: 'acme' },
    wrong: 'search_value',
  },
  {
    operation: 'checkIdentity',
    title: 'an e-mail address',
    input: { search_type: 'email', search_value: 'jo@acme.example' },
  },
  {
    operation: 'checkIdentity',
    title: 'an e-mail address without @',
    input: { search_type: 'email', search_value: 'jo.acme.example' },
    wrong: 'search_value',
  },
  {
    operation: 'checkIdentity',
    title: 'a mobile number',
    input: { search_type: 'mobile', search_value: '0049-15112345678' },
  },
  {
    operation: 'checkIdentity',
    title: 'a mobile number without country code',
    input: { search_type: 'mobile', search_value: '015112345678' },
    wrong: 'search_value',
  },
  {
    operation: 'checkIdentity',
    title: 'an unknown kind of value',
    input: { search_type: 'fax', search_value: '0049-15112345678' },
    wrong: 'search_type',
  },
  {
    operation: 'sendVerificationCode',
    title: 'a code by e-mail',
    input: { receiver_type: 2, email: 'jo@acme.example', timeout: 3000 },
  },
  {
    operation: 'sendVerificationCode',
    title: 'a code by anything else',
    input: { receiver_type: 1, email: 'jo@acme.example' },
    wrong: 'receiver_type',
  },
  {
    operation: 'sendVerificationCode',
    title: 'a code that is valid too long',
    input: { receiver_type: 2, email: 'jo@acme.example', timeout: 3001 },
    wrong: 'timeout',
  },
  {
    operation: 'queryCustomers',
    title: 'a page of one customer',
    input: { customer_id: 'd0001', offset: 0, limit: 100 },
  },
  {
    operation: 'queryCustomers',
    title: 'a page that is too long',
    input: { limit: 101 },
    wrong: 'limit',
  },
  {
    operation: 'queryCustomers',
    title: 'a time to the second',
    input: { associated_on_begin: '2019-05-06T08:05:01Z' },
  },
  {
    operation: 'queryCustomers',
    title: 'a time with another zone',
    input: { associated_on_begin: '2019-05-06T08:05:01+02:00' },
    wrong: 'associated_on_begin',
  },
]

for (const { operation, title, input, wrong } of ROWS) {
  test(`${operation} ${wrong === undefined ? 'takes' : 'does not take'} ${title}`, () => {
    const checked = CATALOGUE[operation].input.safeParse(input)

    const faults = checked.error?.issues.map(({ path }) => path.join('.')) ?? []
    assert.deepEqual([...new Set(faults)], wrong === undefined ? [] : [wrong])
  })
}
