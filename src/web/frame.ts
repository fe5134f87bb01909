// What stands around a page, out of the request that the page answers.

import type { Response } from 'express'
import { brandOf } from './brand.ts'
import { languageFor, onlyLanguageOf } from './language.ts'
import type { Frame } from './page.ts'
import { safePath } from './safe-path.ts'

const COMES_BACK: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/**
 * The frame of an answer. A choice of language is offered where the page has others and is there again
 * when somebody comes back to `backTo`: not after a form was posted.
 */
export function frameFor(
  response: Response,
  more: Partial<Pick<Frame, 'language' | 'script'>> & { readonly backTo?: string | undefined },
): Frame {
  const { backTo, ...given } = more
  const isOffered =
    backTo !== undefined &&
    safePath(backTo) === backTo &&
    COMES_BACK.has(response.req.method) &&
    onlyLanguageOf(response) === undefined
  return {
    language: languageFor(response),
    brand: brandOf(response),
    ...given,
    ...(isOffered ? { backTo } : {}),
  }
}
