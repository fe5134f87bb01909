// What a foreign service provider is to the tests: a Debian package that becomes a site of its own on this
// machine, trusts our metadata, and shows on one page who is signed in.

import { existsSync } from 'node:fs'
import type { PartyOptions } from '../../../src/saml/party-options.ts'
import type { Lifetime } from '../../support/engines.ts'
import type { Place } from './place.ts'

/** One judge. `PAGE` of the site asks for a sign-in and then says `xUserId=` and the value it read. */
export type ServiceProvider = {
  readonly name: string
  /** Debian's package, and a file by which it is found. */
  readonly package: string
  readonly file: string
  /** Whether `${PAGE}?binding=post` sends the request by HTTP-POST. */
  readonly canPost?: true
  /** What of our answers this site cannot take as Huawei Cloud takes them. */
  readonly options?: Partial<PartyOptions>
  /** Makes keys and configuration; gives the site's own metadata, as the site writes it. */
  readonly prepare: (place: Place, lifetime: Lifetime) => Promise<string>
  /** From here on the site serves, and trusts the identity provider of this metadata. */
  readonly start: (place: Place, idp: IdentityProvider, lifetime: Lifetime) => Promise<void>
}

/** What a site must know of us. */
export type IdentityProvider = { readonly entityId: string; readonly metadata: string }

/** The page of every site that asks for a sign-in. */
export const PAGE = '/who'

/** For a test's `skip`: the package that is missing. In CI it must not be, so the test fails instead. */
export function skipWithout(judge: ServiceProvider): string | false {
  if (process.env['CI'] || existsSync(judge.file)) return false
  return `Debian's package ${judge.package} is not installed`
}

/** Throws the name of the package when it is missing, before anything fails in a less telling way. */
export function requirePackage(judge: ServiceProvider): void {
  if (existsSync(judge.file)) return
  throw new Error(`the judge ${judge.name} needs Debian's package ${judge.package}`)
}
