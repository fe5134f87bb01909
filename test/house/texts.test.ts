// Every catalogue of texts for customers: all of it in every language, filled in alike, left in English
// nowhere.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ErrorCode } from '../../src/base/error-codes.ts'
import { describeIn } from '../../src/web/describe-in.ts'
import { LANGUAGES, type Language } from '../../src/web/language.ts'
import { zh } from '../../src/web/texts/refusals/zh.ts'
import { type Catalogue, catalogues, fill, leavesOf } from '../support/texts.ts'

const OTHERS = Object.keys(LANGUAGES).filter((key) => key !== 'en') as Exclude<Language, 'en'>[]

/** Words that a language shares with English. */
const SHARED: Readonly<Record<(typeof OTHERS)[number], readonly string[]>> = {
  zh: ['LDAP'],
  de: ['Browser', 'Code', 'LDAP', 'Passkey', 'Passkeys', 'Portal'],
  es: ['LDAP', 'portal'],
  fr: ['Code', 'LDAP'],
}

function refusals(): Catalogue {
  const codes = Object.keys(zh) as ErrorCode[]
  const inLanguage = (language: Language) =>
    Object.fromEntries(
      codes.map((code) => {
        const { say, hint } = describeIn(language, code)
        return [code, { say, hint }]
      }),
    )
  const [en, chinese, de, es, fr] = (['en', 'zh', 'de', 'es', 'fr'] as const).map(inLanguage)
  assert.ok(en && chinese && de && es && fr)
  return { name: 'refusals', texts: { en, zh: chinese, de, es, fr } }
}

const ALL = [...(await catalogues()), refusals()]

test('there are catalogues to look at, the refusals among them', () => {
  assert.ok(ALL.length >= 4, `${ALL.map(({ name }) => name).join(', ')}`)
})

for (const { name, texts } of ALL) {
  describe(`the texts of ${name}`, () => {
    const english = leavesOf(texts.en)
    for (const language of OTHERS) {
      const translated = leavesOf(texts[language])

      test(`are all there in “${language}”, and no others`, () => {
        assert.deepEqual([...translated.keys()].toSorted(), [...english.keys()].toSorted())
      })

      test(`say in “${language}” what is filled in, as often as in English`, () => {
        for (const [key, text] of english) {
          const other = translated.get(key)
          assert.equal(typeof other, typeof text, key)
          const parts = fill(text).parts
          assert.deepEqual(fill(other ?? '').parts.toSorted(), parts.toSorted(), key)
        }
      })

      test(`are not left empty, untrimmed or in English in “${language}”`, () => {
        for (const [key, text] of translated) {
          const shown = fill(text).text
          assert.notEqual(shown, '', key)
          assert.equal(shown, shown.trim(), key)
          const isEnglish = shown === fill(english.get(key) ?? '').text
          assert.ok(
            !isEnglish || SHARED[language].includes(shown),
            `${key} is in English: ${shown}`,
          )
        }
      })
    }

    test('are written in Chinese characters where they are Chinese', () => {
      for (const [key, text] of leavesOf(texts.zh)) {
        const shown = fill(text).text
        assert.ok(SHARED.zh.includes(shown) || /\p{Script=Han}/u.test(shown), `${key}: ${shown}`)
      }
    })
  })
}
