// One page in another language, and the English that is left on it.

import type { Page } from 'playwright-core'
import { LANGUAGE_COOKIE, type Language } from '../../src/web/language.ts'
import type { Visitor } from '../support/chromium.ts'
import type { House } from '../support/house.ts'
import { catalogues, fill, leavesOf } from '../support/texts.ts'

/** Loads the page that is shown again, as somebody who chose this language. */
export async function speak(
  { context, page, house }: Visitor & { readonly house: House },
  language: Language,
): Promise<void> {
  await context.addCookies([{ name: LANGUAGE_COOKIE, value: language, url: house.url }])
  await page.reload()
}

const FEWEST_WORDS = 3

// What fills a text in may stand anywhere in it; the longest piece between is looked for.
const SENTENCES = (await catalogues())
  .flatMap(({ texts }) => [...leavesOf(texts.en).values()])
  .map((text) => fill(text).text.split(/\{\d\}/))
  .map((pieces) => pieces.toSorted((a, b) => b.length - a.length)[0]?.trim() ?? '')
  .filter((sentence) => sentence.split(' ').length >= FEWEST_WORDS)

// Words that no sentence in another language has.
const TELLTALE = /\b(the|your|this|with)\b[^.\n]{0,40}/gi

// What is read out as well, and not what is marked as English or was written by the partner.
const READ = `(() => {
  const copy = document.body.cloneNode(true)
  for (const each of copy.querySelectorAll('[lang="en"], .agreement, code, script')) each.remove()
  const labels = [...copy.querySelectorAll('[aria-label], [title], [alt], [placeholder]')]
    .flatMap((each) => ['aria-label', 'title', 'alt', 'placeholder'].map((name) => each.getAttribute(name)))
  return [document.title, copy.textContent, ...labels].filter(Boolean).join('\\n')
})()`

/** Sentences of the catalogues, and words, that are in English on the page. */
export async function findEnglish(page: Page): Promise<readonly string[]> {
  const shown = await page.evaluate<string>(READ)
  const words = shown.match(TELLTALE) ?? []
  return [...words, ...SENTENCES.filter((sentence) => shown.includes(sentence))]
}
