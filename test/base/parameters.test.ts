// How queries and forms are read: what one reader could take otherwise than another is refused.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { readParameters } from '../../src/base/parameters.ts'

const READ = [
  { title: 'a plain value', source: 'a=1&b=2', text: '1' },
  { title: 'an empty value', source: 'a=&b=2', text: '' },
  { title: 'a value with an equals sign', source: 'a=b=c', text: 'b=c' },
  { title: 'a plus, which is a space', source: 'a=b+c', text: 'b c' },
  { title: 'an encoded plus', source: 'a=b%2Bc', text: 'b+c' },
  { title: 'an encoded ampersand', source: 'a=b%26c', text: 'b&c' },
  { title: 'UTF-8', source: 'a=%E9%9B%B2', text: '雲' },
  { title: 'empty pairs around it', source: '&&a=1&&', text: '1' },
  {
    title: 'the names of every object’s properties beside it',
    source: 'a=1&__proto__=2',
    text: '1',
  },
] as const

for (const { title, source, text } of READ) {
  test(`a form is read: ${title}`, () => {
    assert.equal(readParameters(source).text('a'), text)
  })
}

test('what did not come is undefined, whatever objects have by nature', () => {
  const parameters = readParameters('a=1')

  for (const name of ['b', '__proto__', 'constructor', 'toString', 'A']) {
    assert.equal(parameters.text(name), undefined)
  }
})

test('Base64 keeps its plus, and the raw value keeps everything', () => {
  const parameters = readParameters('a=b+c%2bd')

  assert.equal(parameters.base64('a'), 'b+c+d')
  assert.equal(parameters.raw('a'), 'b+c%2bd')
})

const REFUSED = [
  {
    title: 'a name that came twice',
    source: 'a=1&a=1',
    problem: 'a parameter came more than once',
  },
  { title: 'a name without a value', source: 'a', problem: 'a parameter came without "="' },
  { title: 'half an encoding', source: 'a=%2', problem: 'percent-encoding that is not UTF-8' },
  {
    title: 'bytes that are no UTF-8',
    source: 'a=%C3%28',
    problem: 'percent-encoding that is not UTF-8',
  },
  {
    title: 'half of a surrogate pair',
    source: 'a=%ED%A0%80',
    problem: 'percent-encoding that is not UTF-8',
  },
  { title: 'a NUL', source: 'a=b%00', problem: 'a NUL character' },
  { title: 'a name in disguise', source: 'a=1&%61=2', problem: 'an encoded parameter name' },
  { title: 'a name with a plus', source: 'a+b=1&a=1', problem: 'an encoded parameter name' },
  { title: '101 parameters', source: `a=1${'&b=1'.repeat(100)}`, problem: 'too many parameters' },
] as const

for (const { title, source, problem } of REFUSED) {
  test(`a form is refused: ${title}`, () => {
    assert.throws(
      () => readParameters(source).text('a'),
      (error: unknown) => {
        assert.ok(error instanceof Refusal)
        assert.deepEqual([error.code, error.facts['problem']], ['BAD_PARAMETERS', problem])
        return true
      },
    )
  })
}

test('a name that came twice harms nobody who does not ask for it', () => {
  assert.equal(readParameters('utm=1&utm=2&a=1').text('a'), '1')
})
