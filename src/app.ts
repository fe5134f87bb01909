// The only wiring: every room gets what it needs here and nowhere else.

import type { RequestListener } from 'node:http'
import type { Logger } from 'pino'
import { Counter, collectDefaultMetrics, Registry } from 'prom-client'
import { confirmLater } from './accounts/confirm.ts'
import { accountRoutes } from './accounts/routes.ts'
import type { Clock } from './base/clock.ts'
import { Refusal } from './base/errors.ts'
import { newToken, type Random } from './base/random.ts'
import { createCertificates } from './certificates.ts'
import type { Config } from './config/load.ts'
import { SITES } from './config/sites.ts'
import { consoleRoutes } from './console/routes.ts'
import { createTraceKeeper } from './explain/keep.ts'
import { createTraceNotice } from './explain/trace-notice.ts'
import { createPartnerClient } from './partner/client.ts'
import type { Keyring } from './saml/keyring.ts'
import { createVerifyNotice } from './saml/notice-signature.ts'
import type { Parties } from './saml/relying-party.ts'
import { guardForms } from './session/csrf.ts'
import { createSessions } from './session/session.ts'
import { createFindCustomer } from './signin/customer.ts'
import { createVerifyHandoff } from './signin/handoff.ts'
import { createLocalSignIn } from './signin/local.ts'
import { signInRoutes } from './signin/routes.ts'
import { createSendToSignIn } from './signin/way-in.ts'
import { leadThroughSites } from './sso/logout-way.ts'
import { ssoRoutes } from './sso/routes.ts'
import type { Store } from './store/store.ts'
import { createOpsServer } from './web/health.ts'
import { createRateLimit } from './web/rate-limit.ts'
import { createServer } from './web/server.ts'

export type AppDeps = {
  readonly config: Config
  readonly store: Store
  readonly keyring: Keyring
  readonly parties: Parties
  readonly log: Logger
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof fetch
}

/** The service, ready to listen. */
export type App = {
  /** What browsers and Huawei Cloud see. */
  readonly serve: RequestListener
  /** Health and metrics. */
  readonly serveOps: RequestListener
  /** From now on not ready, so that nobody sends new people here while answers are finished. */
  readonly leave: () => void
  /**
   * What has to be done every minute: take up new keys and metadata, forget what has run out, confirm
   * what is open.
   */
  readonly tidy: () => Promise<void>
  /** Writes what waits, when nothing is under way any more and before the store closes. */
  readonly finish: () => Promise<void>
}

export async function createApp(deps: AppDeps): Promise<App> {
  const { config, store, clock, random, log, parties, keyring } = deps
  const shared = await buildShared(deps)
  const metrics = createMetrics()
  const certificates = createCertificates({ ...deps, registry: metrics.registry })
  certificates.remind()
  const limit = createLimit(deps)
  const routers = [
    limit.guard,
    ...shared.sessions.middleware,
    guardForms(shared.sessions),
    signInRoutes({
      ...shared,
      leadThroughSites: (request, ended) => leadThroughSites(request, ended, shared),
    }),
    ssoRoutes({
      ...shared,
      parties,
      keyring,
      counter: metrics.count,
      entityId: config.entityId,
      pairwiseSecret: await store.settings.keepFirst('pairwise-secret', newToken(random)),
      ssoUrl: `${config.publicUrl}/saml/sso`,
      sloUrl: `${config.publicUrl}/saml/slo`,
    }),
    accountRoutes({ ...shared, traceNotice: createTraceNotice(shared) }),
    consoleRoutes(shared),
    limit.count,
  ]
  const isHttps = config.publicUrl.startsWith('https://')
  let after: string | undefined
  let isLeaving = false
  const checkReady = async () => {
    if (isLeaving) throw new Refusal('STOPPING')
    await store.check()
  }
  return {
    serve: createServer({ log, random, isHttps, trustProxy: config.trustProxy }, routers),
    serveOps: createOpsServer({
      checkReady,
      listWarnings: certificates.listNear,
      metrics: metrics.registry,
    }),
    finish: () => shared.traces.flush(),
    leave: () => {
      isLeaving = true
    },
    tidy: () =>
      tidyUp(log, {
        keys: keyring.reload,
        certificates: async () => certificates.remind(),
        metadata: () => parties.refresh(clock.now()),
        sweep: () => store.sweep(clock.now()),
        traces: async () => {
          await shared.traces.flush()
          await shared.traces.sweep()
        },
        ledger: () => shortenLedger(deps),
        bindings: async () => {
          after = await confirmLater(after, shared)
        },
      }),
  }
}

// One job that fails must not keep the others from being done.
async function tidyUp(log: Logger, jobs: Readonly<Record<string, () => Promise<void>>>) {
  for (const [job, run] of Object.entries(jobs)) {
    try {
      await run()
    } catch (error) {
      log.error({ event: 'tidy.failed', job, err: error })
    }
  }
}

async function shortenLedger({ config, store, clock, log }: AppDeps): Promise<void> {
  const removed = await store.ledger.keepDays(config.ledgerDays, clock.now())
  if (removed > 0) log.info({ event: 'ledger.shortened', removed }, 'old entries removed')
}

async function buildShared(deps: AppDeps) {
  const { config, store, clock, random, log, fetch } = deps
  const { huawei, portal, publicUrl } = config
  const cookieSecret = await store.settings.keepFirst('cookie-secret', newToken(random))
  const isHttps = publicUrl.startsWith('https://')
  const sessions = createSessions({ ...config, store, clock, random, cookieSecret, isHttps })
  const way = { store, sessions, clock, random, publicUrl, portalSignInUrl: portal?.signInUrl }
  const { iamUrl, bssUrl, timeoutSeconds, partnerKey } = huawei
  const api = { iamUrl, bssUrl, timeoutSeconds, key: partnerKey, fetch, clock, log }
  const opensAccounts = huawei.createsByEmail && partnerKey !== undefined
  const audiences = [publicUrl, config.entityId]
  return {
    store,
    sessions,
    clock,
    random,
    log,
    traces: createTraceKeeper({ ...config, store, clock, log }),
    findCustomer: createFindCustomer({ sessions, store }),
    sendToSignIn: createSendToSignIn(way),
    local: createLocalSignIn({ store, clock }),
    verify: createVerifyNotice(deps.parties),
    verifyHandoff: portal && createVerifyHandoff({ ...portal, store, clock, fetch, audiences }),
    partner: createPartnerClient(api),
    agreements: opensAccounts ? config.agreements : undefined,
    hasPortal: portal !== undefined,
    portalHome: config.portalHome,
    platformId: huawei.platformId,
    partnerId: huawei.partnerId,
    huaweiAuthUrl: huawei.authUrl,
    huaweiConsoleUrl: huawei.consoleUrl,
    consoleUrls: new Map(Object.values(SITES).map((site) => [site.authUrl, site.consoleUrl])),
    bindHours: config.bindHours,
    signedBytes: config.bindSignedBytes,
    assertionMinutes: config.assertionMinutes,
    clockSkewSeconds: config.clockSkewSeconds,
  }
}

// Where others send people and messages: each costs a check before it can be refused.
const FOREIGN_DOORS = ['/saml/sso', '/saml/slo', '/bind', '/sign-in/handoff']

function createLimit({ config, store, clock, log }: AppDeps) {
  const { counters } = store
  const perMinute = config.rateLimitPerMinute
  return createRateLimit({ counters, clock, log, perMinute, paths: FOREIGN_DOORS })
}

function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const outcomes = new Counter({
    name: 'sign_ins_total',
    help: 'AuthnRequests by outcome: answered, or the code of the refusal.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  return { registry, count: (outcome: string) => outcomes.inc({ outcome }) }
}
