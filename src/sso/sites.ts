// Several Huawei Cloud sites at once: the name in a launch link, or an address of a party, in; where the
// site signs people in, which console is its own, and what the partner is called there, out.

import { Refusal } from '../base/errors.ts'
import type { RelyingParty } from '../saml/relying-party.ts'
import type { SsoDeps } from './deps.ts'

export type SiteDeps = Pick<
  SsoDeps,
  'parties' | 'platformId' | 'huaweiAuthUrl' | 'huaweiConsoleUrl' | 'consoleUrls'
>

/** What a login link and the check of its `service` need to know. */
export type Site = Pick<SiteDeps, 'platformId' | 'huaweiAuthUrl' | 'huaweiConsoleUrl'>

/**
 * The site of that name; without a name the configured one. Throws `LAUNCH_UNKNOWN_SITE`, and
 * `SAML_PARTY_EXPIRED` for a site whose metadata has run out.
 */
export function getSite(name: string | undefined, deps: SiteDeps, now: Date): Site {
  const parties = deps.parties.all()
  if (name === undefined) {
    const own = new URL(deps.huaweiAuthUrl).origin
    return siteOf(
      parties.find((party) => originOf(party) === own),
      deps,
    )
  }
  const party = parties.find((each) => each.name === name)
  if (party === undefined) throw new Refusal('LAUNCH_UNKNOWN_SITE', { site: name.slice(0, 128) })
  return siteOf(deps.parties.get(party.entityId, now), deps)
}

/** The origins that the site at this address may send a browser on to, its own included. */
export function originsBehind(to: string, deps: SiteDeps): readonly string[] {
  const own = new URL(to).origin
  const near = deps.parties.all().filter(({ consumers }) => {
    return consumers.some(({ url }) => url.startsWith(`${own}/`))
  })
  const sites = [siteOf(undefined, deps), ...near.map((party) => siteOf(party, deps))]
  const pairs = sites.map((site) =>
    [site.huaweiConsoleUrl, site.huaweiAuthUrl].map((url) => new URL(url).origin),
  )
  return [...new Set(pairs.filter((pair) => pair.includes(own)).flat())]
}

function siteOf(party: RelyingParty | undefined, deps: SiteDeps): Site {
  const platformId = party?.options.platformId ?? deps.platformId
  const configured = { platformId, ...pickUrls(deps) }
  const huaweiAuthUrl = party === undefined ? undefined : originOf(party)
  const isConfigured = huaweiAuthUrl === new URL(deps.huaweiAuthUrl).origin
  if (party === undefined || huaweiAuthUrl === undefined || isConfigured) return configured
  // A site whose console nobody has named can send people to its own pages only.
  const known = party.options.consoleUrl ?? deps.consoleUrls.get(huaweiAuthUrl)
  return { platformId, huaweiAuthUrl, huaweiConsoleUrl: known ?? huaweiAuthUrl }
}

function pickUrls({ huaweiAuthUrl, huaweiConsoleUrl }: SiteDeps) {
  return { huaweiAuthUrl, huaweiConsoleUrl }
}

// Huawei's login page is on the host that takes our answers (Web UI Mode: authui/saml/login).
function originOf({ consumers }: RelyingParty): string | undefined {
  const consumer = consumers.find(({ isDefault }) => isDefault) ?? consumers[0]
  return consumer === undefined ? undefined : new URL(consumer.url).origin
}
