// The only wiring: every room gets what it needs here and nowhere else.

import type { RequestListener } from 'node:http'
import type { Logger } from 'pino'
import { Counter, collectDefaultMetrics, Registry } from 'prom-client'
import { type ConfirmPlace, confirmLater } from './accounts/held-notices.ts'
import { createWorker } from './accounts/journey/worker.ts'
import { createScheduledReconcile, type ScheduledReconcile } from './accounts/reconcile/schedule.ts'
import { accountRoutes } from './accounts/routes.ts'
import type { WebhookNetwork } from './api/webhook-network.ts'
import { createRecordAudit } from './audit/record.ts'
import { createSendSyslog } from './audit/send-syslog.ts'
import { createShip } from './audit/ship.ts'
import type { RecordAudit } from './base/audit.ts'
import type { Clock } from './base/clock.ts'
import { Refusal } from './base/errors.ts'
import { SITES } from './base/huawei-sites.ts'
import { newToken, type Random } from './base/random.ts'
import { createCertificates } from './certificates.ts'
import type { Config } from './config/load.ts'
import { consoleRoutes } from './console/routes.ts'
import { createTraceKeeper } from './explain/keep.ts'
import { createTraceNotice } from './explain/trace-notice.ts'
import { createPartnerClient, type PartnerClient } from './partner/client.ts'
import type { Sleep } from './partner/sleep.ts'
import { createPortalApi, createWebhooks, type Webhooks } from './portal-api.ts'
import type { CertificateEnd } from './saml/certificate-ends.ts'
import type { Keyring } from './saml/keyring.ts'
import { createVerifyNotice } from './saml/notice-signature.ts'
import type { Parties } from './saml/relying-party.ts'
import { createSecondFactors } from './second-factors.ts'
import { guardForms } from './session/csrf.ts'
import { createSessions } from './session/session.ts'
import { createIsBreached } from './signin/breached.ts'
import { createFindCustomer } from './signin/customer.ts'
import { createVerifyHandoff } from './signin/handoff.ts'
import { createKnownPortals } from './signin/known-portal.ts'
import { createLocalSignIn } from './signin/local.ts'
import { oidcRoutes } from './signin/oidc-routes.ts'
import { createMakePasswordLink } from './signin/password-link.ts'
import { passwordRoutes } from './signin/password-routes.ts'
import { createPortalSignOut } from './signin/portal-sign-out.ts'
import { createPortalTokens } from './signin/portal-token.ts'
import { signInRoutes } from './signin/routes.ts'
import { sessionRoutes } from './signin/session-routes.ts'
import { createSendToSignIn } from './signin/way-in.ts'
import { leadThroughSites } from './sso/logout-way.ts'
import { ssoRoutes } from './sso/routes.ts'
import type { Store } from './store/store.ts'
import { createUpstreams } from './upstreams.ts'
import { brandRoutes } from './web/brand.ts'
import { createOpsServer } from './web/health.ts'
import { languageRoutes } from './web/language-choice.ts'
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
  /** How the partner API is reached; over connections of its client without one. */
  readonly partnerFetch?: typeof fetch
  /** How webhooks leave; over the machine's own network without one. */
  readonly webhookNetwork?: WebhookNetwork
  /** How the client of the partner API waits for its turn; the machine's timer without one. */
  readonly sleep?: Sleep
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
  /**
   * Writes what waits and closes connections, when nothing is under way any more and before the store
   * closes.
   */
  readonly finish: () => Promise<void>
}

export async function createApp(deps: AppDeps): Promise<App> {
  const { config, store, clock, random, log, parties, keyring } = deps
  const shared = await buildShared(deps)
  const metrics = createMetrics()
  const certificates = createCertificates({ ...deps, registry: metrics.registry })
  certificates.remind()
  const limit = createLimit(deps)
  const isHttps = config.publicUrl.startsWith('https://')
  const routers = [
    brandRoutes(config.brand),
    languageRoutes({ isHttps }),
    limit.guard,
    await createPortalApi(deps, shared),
    ...shared.sessions.middleware,
    guardForms(shared.sessions),
    signInRoutes({
      ...shared,
      leadThroughSites: (request, ended) => leadThroughSites(request, ended, shared),
    }),
    oidcRoutes(shared),
    passwordRoutes(shared),
    shared.secondFactors.routes,
    sessionRoutes(shared),
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
  const ship = createAuditShip(deps)
  const finishActivations = createWorker(shared)
  const reconciling = createReconciling(deps, shared)
  let after: ConfirmPlace | undefined
  let isLeaving = false
  const checkReady = async () => {
    if (isLeaving) throw new Refusal('STOPPING')
    await store.check()
  }
  return {
    serve: createServer({ ...config, log, random, isHttps }, routers),
    serveOps: createOpsServer({
      checkReady,
      listWarnings: certificates.listNear,
      metrics: metrics.registry,
    }),
    finish: async () => {
      await shared.deliver.finish()
      await reconciling.stop()
      await shared.traces.flush()
      await shared.partner.close()
    },
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
        audit: () => shortenAudit(deps),
        syslog: ship,
        activations: finishActivations,
        certificateNews: () => tellEnds(certificates.listNear(), shared),
        webhooks: shared.deliver.run,
        bindings: async () => {
          after = await confirmLater(after, shared)
        },
        reconcile: reconciling.look,
      }),
  }
}

// Without a key there is nobody to ask.
function createReconciling(
  { config }: AppDeps,
  shared: Awaited<ReturnType<typeof buildShared>>,
): ScheduledReconcile {
  const reconcileHours = config.huawei.partnerKey === undefined ? 0 : config.reconcileHours
  return createScheduledReconcile({ ...shared, reconcileHours })
}

async function tellEnds(ends: readonly CertificateEnd[], { tellCertificateDue }: Webhooks) {
  for (const { whose, use, endsAt } of ends) {
    await tellCertificateDue({ certificate: `${whose} ${use}`, endsAt })
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

async function shortenAudit({ config, store, clock, log }: AppDeps): Promise<void> {
  const removed = await store.audit.keepDays(config.auditDays, clock.now())
  if (removed > 0) log.info({ event: 'audit.shortened', removed }, 'old events removed')
}

// Without a receiver there is nothing to do.
function createAuditShip({ config, store, clock, random }: AppDeps): () => Promise<void> {
  const { auditSyslog: receiver, publicUrl } = config
  if (receiver === undefined) return async () => undefined
  const { hostname } = new URL(publicUrl)
  const send = createSendSyslog(receiver)
  return createShip({ audit: store.audit, clock, random, hostname, send })
}

async function buildShared(deps: AppDeps) {
  const { config, store, clock, random, log } = deps
  const { huawei, publicUrl } = config
  const cookieSecret = await store.settings.keepFirst('cookie-secret', newToken(random))
  const isHttps = publicUrl.startsWith('https://')
  const record = createRecordAudit({ audit: store.audit, clock })
  const sessions = createSessions({
    ...config,
    store,
    clock,
    random,
    cookieSecret,
    isHttps,
    record,
  })
  const secondFactors = await createSecondFactors({ ...deps, sessions, record })
  const isPortalFirst = config.upstream.methods[0] === 'portal'
  const portals = createPortals({ ...deps, record, isHttps })
  const findPortal = isPortalFirst ? portals.knownPortals.find : () => undefined
  const way = { store, sessions, clock, random, publicUrl, findPortal }
  const opensAccounts = huawei.createsByEmail && huawei.partnerKey !== undefined
  return {
    store,
    sessions,
    record,
    clock,
    random,
    log,
    traces: createTraceKeeper({ ...config, store, clock, log }),
    findCustomer: createFindCustomer({
      sessions,
      store,
      asksForFactors: secondFactors.asksCustomers,
    }),
    sendToSignIn: createSendToSignIn(way),
    local: createLocalSignIn({ store, clock }),
    isBreached: createIsBreached(config.breachedPasswordsFile),
    makePasswordLink: createMakePasswordLink({ ...config, store, clock, random }),
    ...(await createWebhooks(deps)),
    secondFactors,
    completeSignIn: secondFactors.completeSignIn,
    asksForFactors: secondFactors.asksCustomers,
    asksOperators: secondFactors.asksOperators,
    verify: createVerifyNotice(deps.parties),
    ...portals,
    partner: createPartner(deps),
    agreements: opensAccounts ? config.agreements : undefined,
    hasPortal: isPortalFirst,
    ...createUpstreams({ ...deps, sessions, record }),
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

function createPortals(
  deps: AppDeps & { readonly record: RecordAudit; readonly isHttps: boolean },
) {
  const { portals, publicUrl, entityId, portalHome } = deps.config
  const audiences = [publicUrl, entityId]
  const knownPortals = createKnownPortals({ portals, portalHome, isHttps: deps.isHttps })
  if (portals.length === 0) {
    return { knownPortals, verifyHandoff: undefined, portalSignOut: undefined }
  }
  const tokens = createPortalTokens({ ...deps, portals, audiences })
  return {
    knownPortals,
    verifyHandoff: createVerifyHandoff({ ...deps, tokens }),
    portalSignOut: createPortalSignOut({ ...deps, tokens }),
  }
}

function createPartner(deps: AppDeps): PartnerClient {
  const { config, store, clock, log, partnerFetch, sleep } = deps
  const { iamUrl, bssUrl, timeoutSeconds, partnerKey, proxy, platformId } = config.huawei
  const isShared = !config.databaseUrl.startsWith('sqlite:')
  return createPartnerClient({
    iamUrl,
    bssUrl,
    timeoutSeconds,
    key: partnerKey,
    platformId,
    proxy,
    fetch: partnerFetch,
    ...(isShared ? { turns: store.apiTurns } : {}),
    ...(sleep === undefined ? {} : { sleep }),
    patience: 'none', // Whoever calls here has a person waiting.
    clock,
    log,
  })
}

// Where others send people and messages: each costs a check before it can be refused.
const FOREIGN_DOORS = [
  '/saml/sso',
  '/saml/slo',
  '/bind',
  '/sign-in/handoff',
  '/sign-in/link',
  '/sign-in/oidc/callback',
  '/sign-out/portal',
]

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
