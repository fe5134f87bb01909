// In which language a person is spoken to: what they chose, or else what their browser asks for.

import type { Request, RequestHandler, Response } from 'express'

/** The languages of the customer's pages: the attribute `lang`, and what it calls itself. */
export const LANGUAGES = {
  en: { tag: 'en', name: 'English' },
  zh: { tag: 'zh-Hans', name: '简体中文' },
  de: { tag: 'de', name: 'Deutsch' },
  es: { tag: 'es', name: 'Español' },
  fr: { tag: 'fr', name: 'Français' },
} as const

export type Language = keyof typeof LANGUAGES

/** The cookie that holds a choice. It says nothing about who somebody is. */
export const LANGUAGE_COOKIE = 'lang'

/** A text, a text with parts that are filled in, or a group of them. */
export type Texts = {
  readonly [name: string]: string | ((...parts: never[]) => string) | Texts
}

type Translated<English> = {
  readonly [Name in keyof English]: English[Name] extends string
    ? string
    : English[Name] extends (...parts: infer Parts) => string
      ? (...parts: Parts) => string
      : Translated<English[Name]>
}

/**
 * A catalogue of texts: the English ones say what there is, and a language in which one is missing
 * does not compile.
 */
export function catalogue<const English extends Texts>(
  texts: { readonly en: English } & {
    readonly [Other in Exclude<Language, 'en'>]: Translated<English>
  },
): Readonly<Record<Language, Translated<English>>> {
  // The cast forgets the wording of the English texts, on which nobody may depend.
  return texts as unknown as Readonly<Record<Language, Translated<English>>>
}

/** The language of the person behind a request. */
export function languageOf(request: Pick<Request, 'headers'>): Language {
  return readChoice(request.headers.cookie) ?? readWishes(request.headers['accept-language'])
}

/** Something said to a person: in any language, or in the one they are answered in. */
export type Spoken<Thing> = Thing | ((language: Language) => Thing)

type Locals = { language?: Language }

/** The language an answer is given in: the person's, unless its pages are in one only. */
export function languageFor(response: Response): Language {
  return onlyLanguageOf(response) ?? languageOf(response.req)
}

/** What `speakOnly` has laid down for an answer. */
export function onlyLanguageOf(response: Response): Language | undefined {
  return (response.locals as Locals).language
}

/** Middleware before pages that are in one language only, refusals included. */
export function speakOnly(language: Language): RequestHandler {
  return (_request, response, next) => {
    const locals: Locals = response.locals
    locals.language = language
    next()
  }
}

function readChoice(cookies: string | undefined): Language | undefined {
  const pairs = (cookies ?? '').split(';').map((pair) => pair.trim().split('='))
  const chosen = pairs.find(([name]) => name === LANGUAGE_COOKIE)?.[1]
  return chosen !== undefined && isLanguage(chosen) ? chosen : undefined
}

/** Whether a text names one of the languages. */
export function isLanguage(text: string): text is Language {
  return Object.hasOwn(LANGUAGES, text)
}

const MOST_WISHES = 20

// RFC 9110 §12.5.4; of a region only the language counts: zh-TW readers get the Chinese there is.
function readWishes(header: string | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',', MOST_WISHES)
    .map((wish) => {
      const [range = '', ...parameters] = wish.trim().toLowerCase().split(';')
      const weight = parameters.map((each) => /^\s*q=([01](?:\.\d{1,3})?)$/.exec(each)?.[1])[0]
      return { language: range.split('-')[0] ?? '', weight: Number(weight ?? 1) }
    })
  const known = wishes.filter(({ language, weight }) => isLanguage(language) && weight > 0)
  const best = known.toSorted((a, b) => b.weight - a.weight)[0]?.language
  return best !== undefined && isLanguage(best) ? best : 'en'
}
