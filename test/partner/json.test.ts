// Numbers on the wire: every digit that Huawei sends arrives, and every digit of ours is sent.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Big } from 'big.js'
import fc from 'fast-check'
import { readJson, writeJson } from '../../src/partner/json.ts'

const NUMBERS: readonly { readonly text: string; readonly read: unknown }[] = [
  { text: '0', read: 0 },
  { text: '100.00', read: 100 },
  { text: '1e2', read: 100 },
  { text: '0.1', read: 0.1 },
  { text: '9007199254740991', read: 9_007_199_254_740_991 },
  { text: '9007199254740993', read: '9007199254740993' },
  { text: '12345678901234567890', read: '12345678901234567890' },
  { text: '0.12345678901234567890123', read: '0.12345678901234567890123' },
  { text: '1e400', read: '1e400' },
]

for (const { text, read } of NUMBERS) {
  const kind = typeof read === 'number' ? 'a number' : 'its text'
  test(`${text} is read as ${kind}, without loss`, () => {
    const value = readJson(`{"amount": ${text}}`)

    assert.deepEqual(value, { amount: read })
  })
}

test('brackets and quotes inside texts are no levels', () => {
  const text = `{"a":"${'[{'.repeat(100)}\\"[","b":[1]}`

  const value = readJson(text)

  assert.deepEqual(value, JSON.parse(text))
})

test('64 levels are read, and one more is not', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

  assert.doesNotThrow(() => readJson(nested(64)))
  assert.throws(() => readJson(nested(65)), SyntaxError)
})

test('what is no JSON is refused', () => {
  assert.throws(() => readJson('{"a":'), SyntaxError)
})

test('amounts are written as numbers with every digit, wherever they are', () => {
  const text = writeJson({
    amount: new Big('12345678901234567890.000000001'),
    list: [new Big('1e-7'), { deep: new Big('1e21') }],
    text: '1.10',
    none: undefined,
    empty: null,
  })

  assert.equal(
    text,
    '{"amount":12345678901234567890.000000001,"list":[0.0000001,{"deep":1000000000000000000000}],"text":"1.10","empty":null}',
  )
})

test('what is written is read as the same amount, whatever its size', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(digits, fc.integer({ min: -20, max: 20 }), (all, exponent) => {
      const amount = new Big(`${all.join('')}e${exponent}`)

      const read = readJson(writeJson({ amount })) as { readonly amount: number | string }

      assert.ok(new Big(read.amount).eq(amount))
    }),
  )
})
