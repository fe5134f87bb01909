// A code and a language in, sentences for a person out.

import type { ErrorCode } from '../base/error-codes.ts'
import { describe } from '../base/errors.ts'
import type { Language } from './language.ts'
import type { RefusalText } from './texts/refusals/customer-codes.ts'
import { de } from './texts/refusals/de.ts'
import { es } from './texts/refusals/es.ts'
import { fr } from './texts/refusals/fr.ts'
import { zh } from './texts/refusals/zh.ts'

/** English is the table's own. */
const TRANSLATED: Readonly<
  Record<Exclude<Language, 'en'>, Readonly<Partial<Record<ErrorCode, RefusalText>>>>
> = { zh, de, es, fr }

/** What happened and what to do next, and the language that it is really in. */
export type Described = RefusalText & { readonly language: Language }

/** The sentences of a refusal; in English where they are meant for whoever runs the service. */
export function describeIn(language: Language, code: ErrorCode): Described {
  const translated = language === 'en' ? undefined : TRANSLATED[language][code]
  if (translated !== undefined) return { ...translated, language }
  const { say, hint } = describe(code)
  return { say, hint, language: 'en' }
}
