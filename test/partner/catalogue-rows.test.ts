// What every row of the catalogue keeps to, so that whoever derives from rows can count on it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import { type Field, inputFields, resultFields } from '../../src/partner/field.ts'
import { type AnyOperation, placeOf } from '../../src/partner/operation.ts'

const ROWS: readonly (readonly [name: string, row: AnyOperation])[] = Object.entries(CATALOGUE)

function unfold(fields: readonly Field[], prefix: string): readonly (readonly [string, Field])[] {
  return fields.flatMap((field) => {
    const name = `${prefix}.${field.name}`
    return [[name, field] as const, ...unfold(field.fields, name)]
  })
}

const INPUTS = ROWS.flatMap(([name, row]) => unfold(inputFields(row), name))
const RESULTS = ROWS.flatMap(([name, row]) => unfold(resultFields(row), name))

test('every field that is sent or comes back says what it means', () => {
  const silent = [...INPUTS, ...RESULTS].filter(([, { description }]) => description.length < 5)

  assert.deepEqual(
    silent.map(([name]) => name),
    [],
  )
})

test('every value of an enumeration says what it means', () => {
  const bare = INPUTS.filter(
    ([, { rule, kind }]) => / or /.test(rule) && kind !== 'boolean',
  ).filter(
    ([, { rule, meanings }]) =>
      !rule
        .replace(/^list of .*: /, '')
        .split(' or ')
        .every((value) => value in meanings),
  )

  assert.deepEqual(
    bare.map(([name, { rule }]) => `${name}: ${rule}`),
    [],
  )
})

test('no field of a query is an object, which a URL could not carry', () => {
  const deep = ROWS.flatMap(([name, row]) =>
    inputFields(row)
      .filter((field) => placeOf(row, field.name) !== 'body' && field.kind === 'object')
      .map((field) => `${name}.${field.name}`),
  )

  assert.deepEqual(deep, [])
})

test('what a path names is an input that must be given', () => {
  const missing = ROWS.flatMap(([name, row]) => {
    const required = inputFields(row).filter(({ isRequired }) => isRequired)
    const named = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, field]) => field)
    return named
      .filter((field) => !required.some((each) => each.name === field))
      .map((field) => `${name}.${field}`)
  })

  assert.deepEqual(missing, [])
})

for (const [name, row] of ROWS.filter(([, { paging }]) => paging !== undefined)) {
  test(`${name} can be walked page by page`, () => {
    const { list, total, most, identity } = row.paging ?? assert.fail()
    const inputs = row.input.shape
    const results = resultFields(row)
    const items = results.find((field) => field.name === list)

    assert.equal(z.safeParse(inputs['offset'] ?? z.never(), 0).success, true)
    assert.equal(z.safeParse(inputs['limit'] ?? z.never(), most).success, true)
    assert.equal(z.safeParse(inputs['limit'] ?? z.never(), most + 1).success, false)
    assert.equal(results.find((field) => field.name === total)?.kind, 'number')
    assert.equal(items?.isList, true)
    assert.deepEqual(
      identity.filter((each) => !items?.fields.some((field) => field.name === each)),
      [],
    )
  })
}

test('every operation that takes offset and limit can be walked', () => {
  const unwalked = ROWS.filter(
    ([, { input, paging }]) => 'offset' in input.shape && paging === undefined,
  )

  assert.deepEqual(
    unwalked.map(([name]) => name),
    [],
  )
})

test('what moves money is confirmed by a person and never repeated by itself', () => {
  const careless = ROWS.filter(([, { effect }]) => effect === 'money').filter(
    ([, { confirm, retry }]) => confirm === undefined || retry !== 'never',
  )

  assert.deepEqual(
    careless.map(([name]) => name),
    [],
  )
})

test('only what reads may be repeated', () => {
  const wrong = ROWS.filter(([, { effect, retry }]) => (effect === 'read') !== (retry === 'read'))

  assert.deepEqual(
    wrong.map(([name]) => name),
    [],
  )
})

test('freezing customers is confirmed by a person', () => {
  assert.match(CATALOGUE.freezeCustomers.confirm ?? '', /resources stop/)
})

test('an answer without a body gives nothing, and every other an object', () => {
  const wrong = ROWS.filter(
    ([, { result, succeeds }]) => result instanceof z.ZodVoid !== (succeeds === 204),
  )

  assert.deepEqual(
    wrong.map(([name]) => name),
    [],
  )
})

test('a list of what was not done is a list of the result', () => {
  const wrong = ROWS.filter(([, row]) => row.failures !== undefined).filter(
    ([, row]) => !resultFields(row).some(({ name, isList }) => name === row.failures && isList),
  )

  assert.deepEqual(
    wrong.map(([name]) => name),
    [],
  )
})

test('only the operation that Huawei takes away is marked as deprecated, with what replaces it', () => {
  const deprecated = ROWS.filter(([, row]) => row.deprecated !== undefined)

  assert.deepEqual(
    deprecated.map(([name]) => name),
    ['showCredit'],
  )
  assert.match(CATALOGUE.showCredit.deprecated ?? '', /showBudget/)
})

test('the exceptions to ten calls a second are those that Huawei documents', () => {
  const exceptions = ROWS.filter(([, { perSecond }]) => perSecond !== undefined)

  assert.deepEqual(Object.fromEntries(exceptions.map(([name, row]) => [name, row.perSecond])), {
    queryOnDemandPrices: 20,
    queryPeriodPrices: 30,
    checkIdentity: 5,
  })
})

test('an operation lists an error once', () => {
  const twice = ROWS.filter(([, { errors }]) => {
    const codes = errors.map(({ http, code }) => `${http} ${code}`)
    return new Set(codes).size !== codes.length
  })

  assert.deepEqual(
    twice.map(([name]) => name),
    [],
  )
})
