// The countries and regions of ISO 3166 that a customer can choose from, in English.

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

// CLDR knows these, but they are no places where a customer lives.
const NO_PLACES: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB'])

export type Area = { readonly code: string; readonly name: string }

/** Every code that the platform's own names (CLDR) know, by name. */
export const AREAS: readonly Area[] = listAreas()

function listAreas(): readonly Area[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
  return codes
    .flatMap((code) => {
      const name = NO_PLACES.has(code) ? undefined : names.of(code)
      return name === undefined ? [] : [{ code, name }]
    })
    .sort((left, right) => left.name.localeCompare(right.name, 'en'))
}
