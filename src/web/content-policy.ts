// The Content-Security-Policy, decided page by page: what is not named is forbidden.

import type { Response } from 'express'
import helmet from 'helmet'

/** What one page may do beyond showing text and our style sheet. */
export type Allowance = {
  /** URLs or origins where its forms may lead, redirects included. */
  readonly formTargets: readonly string[]
  /** The one script it may run. */
  readonly nonce?: string
  /** It runs a script out of our assets. */
  readonly hasScript?: boolean
  /** Its form leads away from here and nowhere else. */
  readonly isForeignOnly?: boolean
}

/** Sets the Content-Security-Policy of one page: our own style sheet and what the page names. */
export function allow(response: Response, allowance: Allowance): void {
  const own = allowance.isForeignOnly === true ? [] : ["'self'"]
  const apply = helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      scriptSrc: [scriptSource(allowance)],
      formAction: [...own, ...allowance.formTargets.map(sourceOf)],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  })
  apply(response.req, response, () => {})
}

function scriptSource({ nonce, hasScript }: Allowance): string {
  if (nonce !== undefined) return `'nonce-${nonce}'`
  return hasScript === true ? "'self'" : "'none'"
}

// CSP 3 §2.3.1: a source has no query, and these two characters would end it.
function sourceOf(target: string): string {
  const { origin, pathname } = new URL(target)
  if (pathname === '/') return origin
  return `${origin}${pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')}`
}
