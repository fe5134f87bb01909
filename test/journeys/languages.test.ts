// A customer who speaks another language, from the sign-in to the sign-out at every site.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isLanguage, LANGUAGES } from '../../src/web/language.ts'
import { SQLITE } from '../browser/clicks.ts'
import { requestUrl } from '../support/authn-request.ts'
import { Browser, type Seen } from '../support/browser.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { answerXml, connected, openHuawei, titleOf } from '../support/steps.ts'

function choose(house: House, browser: Browser, language: string): void {
  assert.ok(isLanguage(language))
  browser.plant(new URL(house.url).hostname, 'lang', language)
}

function isIn(seen: Seen, language: keyof typeof LANGUAGES): boolean {
  return seen.body.includes(`<html lang="${LANGUAGES[language].tag}">`)
}

const ENDS = {
  zh: { leaving: '您已登录。', moment: '请稍候', end: '已退出登录', button: '继续' },
  de: {
    leaving: 'Sie sind angemeldet.',
    moment: 'Einen Moment, bitte',
    end: 'Abgemeldet',
    button: 'Weiter',
  },
  es: {
    leaving: 'Ha iniciado sesión.',
    moment: 'Un momento, por favor',
    end: 'Sesión cerrada',
    button: 'Continuar',
  },
  fr: {
    leaving: 'Vous êtes connecté.',
    moment: 'Un instant, s’il vous plaît',
    end: 'Déconnecté',
    button: 'Continuer',
  },
} as const

describe('a customer who chose', () => {
  const house = sharedHouse(SQLITE)

  for (const [key, { leaving, moment, end, button }] of Object.entries(ENDS)) {
    const language = key as keyof typeof ENDS // The keys are those of the table above.

    test(`${LANGUAGES[language].name} reads it on the way to Huawei Cloud and when signing out`, async () => {
      const { browser, person } = await connected(house())
      house().clock.advance(1)
      choose(house(), browser, language)

      const onTheWay = await browser.go(requestUrl(house()))
      await openHuawei(house(), browser, person)
      const asked = await browser.go(`${house().url}/sign-out`)
      const telling = await browser.submit(asked, '/sign-out')
      const over = await browser.settle(telling)

      assert.ok(isIn(onTheWay, language) && onTheWay.body.includes(leaving), onTheWay.body)
      assert.ok(onTheWay.body.includes(`<button type="submit">${button}</button>`))
      assert.equal(titleOf(telling), moment)
      assert.equal(titleOf(over), end)
      assert.ok(isIn(over, language))
    })
  }

  test('reads why a sign-in was refused, while Huawei Cloud is told in English', async () => {
    const browser = new Browser()
    choose(house(), browser, 'de')

    const refused = await browser.go(requestUrl(house(), { isPassive: true }))

    assert.match(refused.body, /Sie sind nicht angemeldet, .* Ihr Browser kehrt .* Referenz: \S+/)
    assert.match(answerXml(refused), /You are not signed in, and Huawei Cloud asked us/)
  })
})
