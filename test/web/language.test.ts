// In which language people are spoken to, how they choose another, and what is offered it.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { describe as describeCode } from '../../src/base/errors.ts'
import { dayIn } from '../../src/web/day.ts'
import { describeIn } from '../../src/web/describe-in.ts'
import { languageOf } from '../../src/web/language.ts'
import { SQLITE } from '../browser/clicks.ts'
import { Browser } from '../support/browser.ts'
import { sharedHouse } from '../support/shared-house.ts'

const WISHES = [
  { title: 'nothing', headers: {}, language: 'en' },
  { title: 'German', headers: { 'accept-language': 'de' }, language: 'de' },
  { title: 'Austrian German', headers: { 'accept-language': 'de-AT' }, language: 'de' },
  { title: 'Chinese of Taiwan', headers: { 'accept-language': 'zh-TW,zh;q=0.9' }, language: 'zh' },
  { title: 'any language', headers: { 'accept-language': '*' }, language: 'en' },
  { title: 'Italian only', headers: { 'accept-language': 'it-IT,it' }, language: 'en' },
  {
    title: 'Italian, or else French',
    headers: { 'accept-language': 'it,fr;q=0.5' },
    language: 'fr',
  },
  {
    title: 'Spanish before German, named last',
    headers: { 'accept-language': 'de;q=0.5, es;q=0.9' },
    language: 'es',
  },
  {
    title: 'anything but German',
    headers: { 'accept-language': 'de;q=0, fr;q=0.1' },
    language: 'fr',
  },
  {
    title: 'a weight that is none',
    headers: { 'accept-language': 'de;q=high, fr;q=0.2' },
    language: 'de',
  },
  {
    title: 'a thousand languages before German',
    headers: { 'accept-language': `${'it,'.repeat(1000)}de` },
    language: 'en',
  },
  {
    title: 'German, having chosen Chinese',
    headers: { 'accept-language': 'de', cookie: 'a=b; lang=zh' },
    language: 'zh',
  },
  {
    title: 'German, with a choice that is no language',
    headers: { 'accept-language': 'de', cookie: 'lang=__proto__' },
    language: 'de',
  },
] as const

for (const { title, headers, language } of WISHES) {
  test(`a browser that asks for ${title} is spoken to in “${language}”`, () => {
    assert.equal(languageOf({ headers }), language)
  })
}

test('a refusal that is meant for the operator is told in English, and says so', () => {
  const described = describeIn('de', 'METADATA_ROLLBACK')

  assert.equal(described.language, 'en')
  assert.equal(described.say, describeCode('METADATA_ROLLBACK').say)
})

describe('the choice at the foot of a page', () => {
  const house = sharedHouse(SQLITE)

  test('leads back to that page in the language that was chosen, and on every other page', async () => {
    const browser = new Browser()
    const page = await browser.go(`${house().url}/sign-in?next=%2Flaunch`)

    const chosen = await browser.submit(page, '/language', { language: 'de' })
    const other = await browser.go(`${house().url}/no-such-page`)

    assert.equal(chosen.url, `${house().url}/sign-in?next=%2Flaunch`)
    assert.match(chosen.body, /<html lang="de">/)
    assert.match(other.body, /<html lang="de">/)
    assert.match(other.body, /Unter dieser Adresse gibt es keine Seite\./)
  })

  test('is kept for a year, in a cookie that no script can read', async () => {
    const answer = await choose({ language: 'fr', back: '/sign-in' })

    assert.equal(answer.status, 303)
    const [cookie = '', ...others] = answer.headers.getSetCookie()
    assert.deepEqual(others, [])
    assert.match(cookie, /^lang=fr; Max-Age=31536000; Path=\/; .*HttpOnly; SameSite=Lax$/)
  })

  test('leads to nobody else’s site', async () => {
    for (const back of ['https://attacker.example/', '//attacker.example', '/\\attacker.example']) {
      const answer = await choose({ language: 'fr', back })

      assert.equal(answer.headers.get('location'), '/', back)
    }
  })

  test('is not made by another site', async () => {
    for (const from of ['cross-site', 'same-site', 'none']) {
      const answer = await choose({ language: 'fr' }, { 'sec-fetch-site': from })

      assert.equal(answer.status, 403, from)
      assert.deepEqual(answer.headers.getSetCookie(), [], from)
    }
  })

  test('takes no language that there is not', async () => {
    for (const language of ['', 'it', '__proto__', 'de; Domain=example.com']) {
      const answer = await choose({ language })

      assert.equal(answer.status, 400, language)
      assert.deepEqual(answer.headers.getSetCookie(), [], language)
    }
  })

  test('is not offered where the page would not be there again, or has no other language', async () => {
    const browser = new Browser()
    const signIn = await browser.go(`${house().url}/sign-in`)

    const posted = await browser.submit(signIn, '/sign-in', { login: 'nobody', password: 'wrong' })
    const refusedMessage = await browser.go(`${house().url}/saml/sso?SAMLRequest=nothing`)
    const console = await browser.go(`${house().url}/console`)
    const sandbox = await browser.go(`${house().sandbox.url}/sandbox`)

    for (const { url, body } of [posted, refusedMessage, console, sandbox]) {
      assert.doesNotMatch(body, /action="\/language"/, url)
    }
  })

  test('does not change the operator’s console, refusals included', async () => {
    const browser = new Browser()
    browser.plant(new URL(house().url).hostname, 'lang', 'zh')

    const form = await browser.go(`${house().url}/console`)
    const refusal = await browser.go(`${house().url}/console/no-such-screen`)

    for (const { body } of [form, refusal]) assert.match(body, /<html lang="en">/)
    assert.match(refusal.body, /There is no page at this address\./)
  })

  test('does not change what programs are told', async () => {
    const answer = await fetch(`${house().url}/no-such-page`, {
      headers: { accept: 'application/json', 'accept-language': 'de' },
    })

    const { error } = (await answer.json()) as { readonly error: { readonly message: string } }
    assert.equal(error.message, 'There is no page at this address.')
  })

  function choose(
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const body = new URLSearchParams(form)
    return fetch(`${house().url}/language`, { method: 'POST', redirect: 'manual', headers, body })
  }
})

const DAYS = [
  { language: 'en', day: '2 March 2026' },
  { language: 'zh', day: '2026年3月2日' },
  { language: 'de', day: '2. März 2026' },
  { language: 'es', day: '2 de marzo de 2026' },
  { language: 'fr', day: '2 mars 2026' },
] as const

for (const { language, day } of DAYS) {
  test(`a day is written as “${day}” in “${language}”, and never a day for a month`, () => {
    assert.equal(dayIn(language, new Date('2026-03-02T23:59:59Z')), day)
  })
}
