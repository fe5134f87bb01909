// People who use the keyboard, a screen magnifier or colours of their own.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { oneChromium, WITHOUT_CHROMIUM } from '../support/chromium.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { newCustomer } from '../support/steps.ts'
import { SQLITE } from './clicks.ts'
import { enter } from './page-rows.ts'

// As text: these tests have no types of a document.
const FOCUSED = `(() => {
  const { tagName, className, id, name, value } = document.activeElement
  const box = document.activeElement.getBoundingClientRect()
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
  return {
    what: [tagName.toLowerCase(), className || id || name || ''].join('.'),
    value: String(value ?? ''),
    isInView: box.left >= 0 && box.top >= 0 && box.width > 0,
    isOutlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
  }
})()`

type Focused = {
  readonly what: string
  readonly value: string
  readonly isInView: boolean
  readonly isOutlined: boolean
}

async function tab(page: Page): Promise<Focused> {
  await page.keyboard.press('Tab')
  return page.evaluate<Focused>(FOCUSED)
}

const EDGE_AND_PAPER = `(() => {
  const { borderTopColor, backgroundColor } = getComputedStyle(document.querySelector('main button'))
  return [borderTopColor, backgroundColor]
})()`

const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

describe('without a mouse', { skip: WITHOUT_CHROMIUM }, () => {
  const openVisitor = oneChromium()
  const house = sharedHouse(SQLITE)

  test('the first step with the keyboard leads past the head of the page to its content', async (t) => {
    const { page } = await openVisitor(t)
    await page.goto(`${house().url}/sign-out`)

    const first = await tab(page)
    await page.keyboard.press('Enter')
    const target = await page.evaluate<Focused>(FOCUSED)

    assert.equal(first.what, 'a.skip')
    assert.ok(first.isInView, 'the link is seen while it has the focus')
    assert.equal(target.what, 'main.card')
  })

  test('the keyboard reaches everything in the order in which it is read, and shows where it is', async (t) => {
    const person = await newCustomer(house())
    const visitor = await openVisitor(t)
    const { page } = visitor
    await enter({ ...visitor, house: house(), person })
    await page.goto(`${house().url}/sign-out`)
    const inOrder = await page.locator('a[href], button, input:not([type=hidden])').count()

    const steps: Focused[] = []
    for (let step = 0; step < inOrder; step += 1) steps.push(await tab(page))

    assert.equal(steps[0]?.what, 'a.skip')
    assert.equal(steps.at(-1)?.value, 'fr', 'the last button at the foot of the page')
    assert.equal(new Set(steps.map(({ what, value }) => what + value)).size, inOrder)
    for (const { what, isInView, isOutlined } of steps) {
      assert.ok(isInView, `${what} is seen`)
      assert.ok(isOutlined, `${what} has an outline`)
    }
  })

  test('a language is chosen with the keyboard alone, without script', async (t) => {
    const { page } = await openVisitor(t, { javaScriptEnabled: false })
    await page.goto(`${house().url}/sign-out`)

    await page.getByRole('button', { name: 'Deutsch' }).press('Enter')
    await page.locator('html[lang=de]').waitFor()

    assert.equal(new URL(page.url()).pathname, '/sign-out')
  })

  test('at 200 % on a small telephone nothing sticks out, in any language', async (t) => {
    const { page, context } = await openVisitor(t, { expects: [404] })
    await page.setViewportSize({ width: 180, height: 400 })
    const url = house().url

    for (const language of ['en', 'zh', 'de', 'es', 'fr']) {
      await context.addCookies([{ name: 'lang', value: language, url }])
      for (const path of ['/sign-in', '/sign-out', '/no-such-page']) {
        await page.goto(`${url}${path}`)
        const overflow = await page.evaluate<number>(OVERFLOW)

        assert.ok(overflow <= 0, `${overflow} pixels stick out on ${path} in “${language}”`)
      }
    }
  })

  test('buttons keep an edge where the system replaces the colours', async (t) => {
    const { page } = await openVisitor(t)
    await page.emulateMedia({ forcedColors: 'active' })
    await page.goto(`${house().url}/sign-in`)

    const [edge, paper] = await page.evaluate<[string, string]>(EDGE_AND_PAPER)

    assert.notEqual(edge, paper)
  })
})
