// The wiring of the portal API: what it is given of other rooms, and the sender of webhooks. Beside
// app.ts, because signing in and opening accounts are handed in.

import { createWithCode, requestCode } from './accounts/activation.ts'
import type { ActivationDeps } from './accounts/journey/move.ts'
import { createTellCertificateDue, type TellCertificateDue } from './api/certificate-due.ts'
import type { ApiDeps } from './api/context.ts'
import { createDeliver, type Deliver } from './api/deliver.ts'
import { apiRoutes } from './api/routes.ts'
import { systemWebhookNetwork, type WebhookNetwork } from './api/webhook-network.ts'
import type { Clock } from './base/clock.ts'
import type { Log } from './base/log.ts'
import { newToken, type Random } from './base/random.ts'
import type { Config } from './config/load.ts'
import { createMakeLaunchLink } from './signin/launch-link.ts'
import type { Store } from './store/store.ts'

type House = {
  readonly config: Config
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** How webhooks leave; over the machine's own network without one. */
  readonly webhookNetwork?: WebhookNetwork
}

/** The way of events to the portal. */
export type Webhooks = {
  readonly deliver: Deliver
  /** Sends what waits, without waiting for it. */
  readonly sendWebhooks: () => void
  readonly tellCertificateDue: TellCertificateDue
}

/** Made before the rooms that have something to tell. */
export async function createWebhooks(house: House): Promise<Webhooks> {
  const network = house.webhookNetwork ?? systemWebhookNetwork
  const webhookKey = await keepWebhookKey(house)
  const deliver = createDeliver({ ...house, network, webhookKey, webhookRule: house.config.api })
  const { nudge } = deliver
  const tellCertificateDue = createTellCertificateDue({ ...house, nudge })
  return { deliver, sendWebhooks: nudge, tellCertificateDue }
}

/** The API itself. */
export async function createPortalApi(
  house: House,
  given: Pick<ApiDeps, 'record' | 'makePasswordLink'> &
    ActivationDeps & { readonly agreements: unknown },
): Promise<ReturnType<typeof apiRoutes>> {
  const { config } = house
  const activation = {
    requestCode: (...[account, wish]: Parameters<Journey['requestCode']>) =>
      requestCode(account, wish, given),
    createWithCode: (...[account, code]: Parameters<Journey['createWithCode']>) =>
      createWithCode(account, code, given),
  }
  return apiRoutes({
    ...house,
    record: given.record,
    publicUrl: config.publicUrl,
    requestsPerMinute: config.api.requestsPerMinute,
    wrongKeysPerMinute: config.rateLimitPerMinute,
    makeLaunchLink: createMakeLaunchLink({ ...house, publicUrl: config.publicUrl }),
    makePasswordLink: given.makePasswordLink,
    activation: given.agreements === undefined ? undefined : activation,
    webhookKey: await keepWebhookKey(house),
    webhookRule: config.api,
  })
}

type Journey = NonNullable<ApiDeps['activation']>

// One for all processes; secrets of webhooks are derived from it.
function keepWebhookKey({ store, random }: House): Promise<string> {
  return store.settings.keepFirst('webhook-key', newToken(random))
}
