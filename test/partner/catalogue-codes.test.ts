// The error codes that Huawei's tables print for an operation, by status, and what the catalogue says
// about them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errors } from '../../src/partner/catalogue/codes.ts'
import { CATALOGUE, type OperationName } from '../../src/partner/catalogue/index.ts'

/** The codes of a status, without "CBC.". */
type Printed = Readonly<Record<number, string>>

const READ_ONLY = { 400: '0100', 403: '0151', 500: '0999' } as const
const BUDGET = { ...READ_ONLY, 400: '0100 99000037 99005024', 403: '0151 0150' } as const

const PRINTED: Partial<Record<OperationName, Printed>> = {
  listServiceTypes: READ_ONLY,
  listResourceTypes: READ_ONLY,
  listServiceResources: READ_ONLY,
  listUsageTypes: READ_ONLY,
  listMeasureUnits: { 403: '0151', 500: '0999' },
  listConversions: { 403: '0151', 500: '0999' },
  queryOnDemandPrices: { ...READ_ONLY, 400: '0100 99006006 99006050 99006055 99006074' },
  queryPeriodPrices: { ...READ_ONLY, 400: '0100 99006006 99006055', 429: '0250' },
  queryRenewalPrices: {
    200: '30050007 30050008 30050009 30050010 30050013',
    400: '0100 99006006 99006024 99006016 99006017 99006050 99006055 99006066 99006073 30050012',
    403: '0151 0154',
    500: '0999',
  },
  checkIdentity: READ_ONLY,
  sendVerificationCode: {
    ...READ_ONLY,
    400: '0100 99000035 99004002 99004003 99004004 99004015',
    401: '0154',
  },
  createCustomer: {
    400: '0100 0101 50010059 99000038 99000028 99000031 5016 99000039 99000004 99000036 99000034 99000037 99000051 99004004 99004008 99004009 99004010 99005035 50010085 50010086 50010120',
    401: '0154',
    403: '0151',
    500: '99000050 0999',
  },
  queryCustomers: { ...READ_ONLY, 400: '0100 99000037', 401: '0154' },
  freezeCustomers: {
    200: '99005024',
    400: '0100 99000000 99000035 99000037',
    403: '0150 0151',
    500: '0999',
  },
  unfreezeCustomers: {
    200: '99005024 50000053',
    400: '0100 99000000 99000035 99000037',
    403: '0150 0151',
    500: '0999',
  },
  queryResellers: READ_ONLY,
  showConsumptionQuota: READ_ONLY,
  showBudget: BUDGET,
  setBudget: { ...BUDGET, 400: '0100 50000030 50000033 99000037 99005024' },
  listBudgetRecords: { ...BUDGET, 400: '0100 99000000 99000037 99005024' },
  showCredit: { 400: '0100', 403: '0150 0151', 500: '0999 5024' },
}

for (const [name, printed] of Object.entries(PRINTED)) {
  test(`${name} knows the errors that Huawei prints for it`, () => {
    const expected = Object.entries(printed).flatMap(([http, codes]) =>
      codes.split(' ').map((code) => `${http} CBC.${code}`),
    )

    const known = CATALOGUE[name as OperationName].errors.map(({ http, code }) => `${http} ${code}`)

    assert.deepEqual([...known].sort(), expected.sort())
  })
}

test('a code brings its status, its meaning and what to do about it', () => {
  assert.deepEqual(errors('CBC.99000039'), [
    {
      http: 400,
      code: 'CBC.99000039',
      meaning: 'The xaccount_id is taken.',
      remedy: 'Look the customer up with queryCustomers: they have an account already.',
    },
  ])
})

test('an operation may document a code with a status and a meaning of its own', () => {
  const [error] = errors({ code: 'CBC.99005024', http: 200, meaning: 'Not this customer.' })

  assert.equal(error?.http, 200)
  assert.equal(error?.meaning, 'Not this customer.')
  assert.match(error?.remedy ?? '', /association_type/)
})

test('every meaning and every remedy is a sentence', () => {
  const texts = Object.values(CATALOGUE).flatMap((row) =>
    row.errors.flatMap(({ meaning, remedy }) =>
      remedy === undefined ? [meaning] : [meaning, remedy],
    ),
  )

  assert.deepEqual(
    texts.filter((text) => !/^\S.{5,}\.$/.test(text)),
    [],
  )
})
