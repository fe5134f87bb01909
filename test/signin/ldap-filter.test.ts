// Names in filters and distinguished names are values and nothing else, whatever is in them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AndFilter, EqualityFilter, FilterParser } from 'ldapts'
import { guidText } from '../../src/signin/ldap-directory.ts'
import { escapeValue, fillFilter, fillTemplate, plainLogin } from '../../src/signin/ldap-filter.ts'

const TEXT = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed())

test('a filter has the shape of its template, and the name comes out as it went in', () => {
  fc.assert(
    fc.property(TEXT, (login) => {
      const filter = FilterParser.parseString(
        fillFilter('(&(objectClass=user)(uid={login}))', login),
      )

      assert.ok(filter instanceof AndFilter)
      const [kind, name] = filter.filters
      assert.ok(kind instanceof EqualityFilter && name instanceof EqualityFilter)
      assert.equal(filter.filters.length, 2)
      assert.deepEqual([kind.value, name.attribute, name.value], ['user', 'uid', login])
    }),
  )
})

test('what has a meaning in a filter or a name is gone after escaping', () => {
  fc.assert(
    fc.property(TEXT, (login) => {
      assert.doesNotMatch(escapeValue(login), /[\0()*,+"<>;=#@/ ]/)
    }),
  )
})

const TEMPLATES = [
  { template: 'uid={login},dc=x', login: 'ann', name: 'uid=ann,dc=x' },
  { template: 'uid={login},dc=x', login: 'a,dc=y', name: 'uid=a\\2cdc\\3dy,dc=x' },
  { template: 'uid={login},dc=x', login: '$&', name: 'uid=\\24\\26,dc=x' },
  { template: '{login}@x.example', login: 'ann', name: 'ann@x.example' },
  { template: '{login}@x.example', login: 'ann@y.example', name: undefined },
  { template: '{login}@x.example', login: 'a b', name: undefined },
]

for (const { template, login, name } of TEMPLATES) {
  test(`“${login}” in ${template} binds as ${name ?? 'nobody'}`, () => {
    assert.equal(fillTemplate(template, login), name)
  })
}

const NAMES = [
  { typed: '  Ann   Lee ', plain: 'ann lee' },
  { typed: 'ＡＮＮ', plain: 'ann' },
  { typed: 'a\u200dnn', plain: undefined },
  { typed: '   ', plain: undefined },
]

for (const { typed, plain } of NAMES) {
  test(`${JSON.stringify(typed)} is ${plain === undefined ? 'nobody' : `“${plain}”`}`, () => {
    assert.equal(plainLogin(typed), plain)
  })
}

test('an objectGUID reads as Windows writes it', () => {
  const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex')

  assert.equal(guidText(bytes), '33221100-5544-7766-8899-aabbccddeeff')
})
