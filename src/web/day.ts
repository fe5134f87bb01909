// A moment and a language in, the day as people who speak it write it out.

import { LANGUAGES, type Language } from './language.ts'

/** Such as “21 November 2026”; by UTC, because nobody tells us where they are. */
export function dayIn(language: Language, moment: Date): string {
  // English of no country: with the month in letters, and the day before it.
  const tag = language === 'en' ? 'en-GB' : LANGUAGES[language].tag
  return new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(moment)
}
