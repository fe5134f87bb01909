// The countries and regions of ISO 3166 that a customer can choose from, in the customer's language.

import { LANGUAGES, type Language } from '../web/language.ts'

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

// CLDR knows these, but they are no places where a customer lives.
const NO_PLACES: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB'])

export type Area = { readonly code: string; readonly name: string }

const known = new Map<Language, readonly Area[]>()

/** Every code that the platform's own names (CLDR) know, in the order of the language's names. */
export function areasIn(language: Language): readonly Area[] {
  const areas = known.get(language) ?? listAreas(LANGUAGES[language].tag)
  known.set(language, areas)
  return areas
}

/** Whether a code is one that a customer can choose. */
export function isArea(code: string): boolean {
  return areasIn('en').some((area) => area.code === code)
}

function listAreas(tag: string): readonly Area[] {
  const names = new Intl.DisplayNames(tag, { type: 'region', fallback: 'none' })
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
  return codes
    .flatMap((code) => {
      const name = NO_PLACES.has(code) ? undefined : names.of(code)
      return name === undefined ? [] : [{ code, name }]
    })
    .sort((left, right) => left.name.localeCompare(right.name, tag))
}
