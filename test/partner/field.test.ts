// What a row's fields are, as the command line, the console and the documentation read them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import {
  amount,
  billingDay,
  limit,
  looseAmount,
  looseBeijingDay,
  looseBoolean,
  looseCode,
  looseList,
  looseNumber,
  looseText,
  looseTime,
  oneOf,
  oneOfNumbers,
  text,
  time,
  whole,
} from '../../src/partner/catalogue/fields.ts'
import { GROUPS } from '../../src/partner/catalogue/groups.ts'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import { inputFields, resultFields } from '../../src/partner/field.ts'

const GIVEN = [
  { title: 'a text', schema: text(64), kind: 'text', rule: 'text of 1 to 64 characters' },
  { title: 'a whole number', schema: whole(1, 9), kind: 'number', rule: 'whole number, 1 to 9' },
  { title: 'a size', schema: limit(100), kind: 'number', rule: 'whole number, 1 to 100' },
  { title: 'a boolean', schema: z.boolean(), kind: 'boolean', rule: 'true or false' },
  { title: 'an amount', schema: amount(), kind: 'amount', rule: 'a decimal such as 12.34' },
  {
    title: 'a time',
    schema: time(),
    kind: 'time',
    rule: 'a UTC time such as 2019-05-06T08:05:01Z',
  },
  {
    title: 'a day',
    schema: billingDay(),
    kind: 'day',
    rule: 'a day of Beijing (GMT+8) such as 2019-05-06',
  },
  { title: 'a choice', schema: oneOf({ A: 'first', B: 'second' }), kind: 'text', rule: 'A or B' },
  { title: 'a code', schema: oneOfNumbers({ 1: 'one' }), kind: 'number', rule: '1' },
]

for (const { title, schema, kind, rule } of GIVEN) {
  test(`${title} is asked for as such`, () => {
    const [field] = inputFields({ input: z.strictObject({ field: schema }) })

    assert.deepEqual([field?.kind, field?.rule, field?.isList], [kind, rule, false])
  })

  test(`a list of it is asked for as a list: ${title}`, () => {
    const input = z.strictObject({ field: z.array(schema).min(1).max(5).optional() })

    const [field] = inputFields({ input })

    assert.deepEqual([field?.kind, field?.isList, field?.isRequired], [kind, true, false])
    assert.equal(field?.rule, `list of 1 to 5: ${rule}`)
  })
}

const GIVEN_BACK = [
  { schema: looseText(), kind: 'text' },
  { schema: looseCode({ 1: 'one' }), kind: 'text' },
  { schema: looseNumber(), kind: 'number' },
  { schema: looseBoolean(), kind: 'boolean' },
  { schema: looseAmount(), kind: 'amount' },
  { schema: looseTime(), kind: 'time' },
  { schema: looseBeijingDay(), kind: 'day' },
]

for (const { schema, kind } of GIVEN_BACK) {
  test(`what comes back as a ${kind}, in whatever way Huawei writes it, is known as one`, () => {
    const [field] = resultFields({ result: z.looseObject({ field: schema }) })

    assert.equal(field?.kind, kind)
  })
}

test('meanings, descriptions and nested fields are found through every wrapper', () => {
  const item = z.looseObject({ code: looseCode({ 1: 'one' }).describe('The code.') })

  const [field] = resultFields({ result: z.looseObject({ items: looseList(item) }) })

  const [inner] = field?.fields ?? []
  assert.deepEqual([field?.kind, field?.isList], ['object', true])
  assert.deepEqual([inner?.description, inner?.meanings], ['The code.', { 1: 'one' }])
})

test('an answer without a body has no fields', () => {
  assert.deepEqual(resultFields({ result: z.void() }), [])
})

test('every operation is in exactly one group, with a description for each field it takes', () => {
  const all = GROUPS.flatMap(({ rows }) => rows)

  const names = all.map(({ name }) => name)
  assert.deepEqual(names.toSorted(), Object.keys(CATALOGUE).toSorted())
  for (const { name, row } of all) {
    const without = inputFields(row).filter(({ description }) => description === '')
    assert.deepEqual(without, [], name)
  }
})
