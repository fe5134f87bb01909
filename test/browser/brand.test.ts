// The partner's colours and logo as a browser shows them, within our Content-Security-Policy.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { checkPage, LOOKS, look, oneChromium, WITHOUT_CHROMIUM } from '../support/chromium.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { SQLITE } from './clicks.ts'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-brand-'))
after(() => rmSync(folder, { recursive: true }))

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">
<style>circle { fill: #7a1fa2 }</style><circle cx="10" cy="10" r="10"/></svg>`

function writeLogo(): string {
  const path = join(folder, 'logo.svg')
  writeFileSync(path, LOGO)
  return path
}

const SHOWN = `(() => ({
  button: getComputedStyle(document.querySelector('main button')).backgroundColor,
  logoWidth: document.querySelector('header img').naturalWidth,
}))()`

const BUTTONS = { light: 'rgb(122, 31, 162)', dark: 'rgb(224, 170, 255)' } as const

describe('a brand in Chromium', { skip: WITHOUT_CHROMIUM }, () => {
  const openVisitor = oneChromium()
  const house = sharedHouse(SQLITE, {
    environment: {
      BRAND_NAME: 'Northwind Cloud Services International',
      BRAND_LOGO_FILE: writeLogo(),
      BRAND_COLOR: '#7a1fa2',
      BRAND_COLOR_DARK: '#e0aaff',
    },
  })

  test('colours the buttons, shows the logo, and leaves pages that everybody can use', async (t) => {
    const { page } = await openVisitor(t)
    await page.goto(`${house().url}/sign-in`)

    for (const each of LOOKS) {
      await look(page, each)
      const { button, logoWidth } = await page.evaluate<{ button: string; logoWidth: number }>(
        SHOWN,
      )

      assert.equal(button, BUTTONS[each.colorScheme])
      assert.equal(logoWidth, 40)
      await checkPage(page)
      if (process.env['SCREENSHOTS'] !== undefined) {
        const path = join(process.env['SCREENSHOTS'], `brand-${each.width}-${each.colorScheme}.png`)
        await page.screenshot({ path })
      }
    }
  })
})
