// The partner's name, logo and colours on our pages, and no door for what a logo may hold.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { SQLITE } from '../browser/clicks.ts'
import { Browser } from '../support/browser.ts'
import { sharedHouse } from '../support/shared-house.ts'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-brand-'))
after(() => rmSync(folder, { recursive: true }))

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

function writeLogo(): string {
  const path = join(folder, 'logo.svg')
  writeFileSync(path, LOGO)
  return path
}

describe('with a brand', () => {
  const house = sharedHouse(SQLITE, {
    environment: {
      BRAND_NAME: 'Northwind & Söhne',
      BRAND_LOGO_FILE: writeLogo(),
      BRAND_COLOR: '#7a1fa2',
      BRAND_SUPPORT: 'mailto:help@northwind.example',
    },
  })

  test('pages carry the name and the logo, and the style sheet of the colours', async () => {
    const { body } = await new Browser().go(`${house().url}/sign-in`)

    assert.match(body, /<img src="\/assets\/logo" alt="">Northwind &amp; Söhne</)
    assert.match(body, /<link rel="stylesheet" href="\/assets\/brand\.css">/)
    assert.doesNotMatch(body, /style=|<style/)
  })

  test('the style sheet has the colour in the light and ours in the dark', async () => {
    const answer = await fetch(`${house().url}/assets/brand.css`)

    const [light = '', dark = ''] = (await answer.text()).split('@media')
    assert.match(answer.headers.get('content-type') ?? '', /^text\/css/)
    assert.match(light, /--accent: #7a1fa2;/)
    assert.doesNotMatch(dark, /#7a1fa2/)
  })

  test('a logo that is opened by its address runs nothing', async () => {
    const answer = await fetch(`${house().url}/assets/logo`)

    assert.equal(answer.headers.get('content-type'), 'image/svg+xml')
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(answer.headers.get('content-security-policy'), "default-src 'none'; sandbox")
    assert.equal(await answer.text(), LOGO)
  })

  test('a refusal says where help is', async () => {
    const { body } = await new Browser().go(`${house().url}/no-such-page`)

    assert.match(body, /<a href="mailto:help@northwind\.example">Contact support<\/a>/)
  })
})

describe('without a brand', () => {
  const house = sharedHouse(SQLITE)

  test('pages are from “Huawei Cloud sign-in”, in the language of the page', async () => {
    const browser = new Browser()
    const english = await browser.go(`${house().url}/sign-in`)
    browser.plant(new URL(house().url).hostname, 'lang', 'zh')

    const chinese = await browser.go(`${house().url}/sign-in`)

    assert.match(english.body, />Huawei Cloud sign-in</)
    assert.match(chinese.body, />华为云登录</)
    assert.doesNotMatch(english.body, /brand\.css|assets\/logo/)
  })
})
