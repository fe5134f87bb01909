// The Huawei login link (Partner Center API §3.2 and §11.2): the way in starts at Huawei, which then sends
// us the AuthnRequest. There is no unsolicited answer.

import type { Request } from 'express'
import { isConnected } from '../accounts/binding-state.ts'
import { carryOn } from '../accounts/connect.ts'
import { isCreated, isOpen } from '../accounts/journey/steps.ts'
import { Refusal } from '../base/errors.ts'
import type { Departure } from '../web/departure.ts'
import { readQuery } from '../web/form.ts'
import type { SsoDeps } from './deps.ts'
import { getSite, type Site } from './sites.ts'

const LONGEST_SERVICE = 2048

/**
 * GET /launch?site=NAME&service=URL, both optional: 302 to the site's login link, after signing in where
 * that is needed. Who goes to be connected for the first time passes /connect. Throws `LAUNCH_BAD_SERVICE` and what `getSite` throws.
 */
export async function launch(request: Request, deps: SsoDeps): Promise<Departure> {
  const query = readQuery(request)
  const site = getSite(query.text('site'), deps, deps.clock.now())
  const service = query.text('service') ?? `${site.huaweiConsoleUrl}/iam/`
  checkService(service, site.huaweiConsoleUrl)
  const customer = await deps.findCustomer(request)
  if (customer === undefined) return deps.sendToSignIn(request, `/launch${carryOn(query)}`)
  const { accountId } = customer.account
  const binding = await deps.store.bindings.find(accountId)
  const activation = await deps.store.activations.find(accountId)
  // An account that Huawei has made for the customer is theirs: the page that creates and binds would
  // make a second one. While nobody knows if there is one, that page is no place to go at all.
  const isFirstLogin = !isConnected(binding) && !isCreated(activation?.step)
  if (isFirstLogin && activation !== undefined && isOpen(activation)) {
    return { kind: 'redirect', to: '/' }
  }
  const hasChosen = binding.askedAt !== undefined || query.text('chosen') !== undefined
  if (isFirstLogin && !hasChosen) return { kind: 'redirect', to: `/connect${carryOn(query)}` }
  if (isFirstLogin) await deps.store.bindings.ask(accountId, deps.clock.now())
  deps.log.info({ event: 'launch', account: accountId, isFirstLogin })
  return { kind: 'redirect', status: 302, to: buildLoginLink({ service, isFirstLogin }, site) }
}

/** The link. `service` is encoded by encodeURIComponent, as Huawei's page asks. */
export function buildLoginLink(
  asked: { readonly service: string; readonly isFirstLogin: boolean },
  site: Pick<Site, 'huaweiAuthUrl' | 'platformId'>,
): string {
  const query = [
    `xAccountType=${encodeURIComponent(site.platformId)}`,
    `isFirstLogin=${asked.isFirstLogin}`,
    `service=${encodeURIComponent(asked.service)}`,
  ]
  return `${site.huaweiAuthUrl}/authui/saml/login?${query.join('&')}`
}

/** Throws `LAUNCH_BAD_SERVICE` unless the URL is on the console of the site: no open redirect. */
export function checkService(service: string, consoleUrl: string): void {
  const url = URL.parse(service)
  const isPlain = url !== null && url.username === '' && url.password === ''
  // The raw text must say what the parser made of it: a backslash or a tab does not.
  const isLiteral = /^https?:\/\/[\w.:[\]-]+(?:[/?#][\x21-\x5B\x5D-\x7E]*)?$/.test(service)
  const isOnConsole = url?.origin === new URL(consoleUrl).origin
  if (!isPlain || !isLiteral || !isOnConsole || service.length > LONGEST_SERVICE) {
    throw new Refusal('LAUNCH_BAD_SERVICE', { service: service.slice(0, 200), consoleUrl })
  }
}
