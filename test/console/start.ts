// The console behind a real server, session and store, and an operator who signs in to it.

import type { TestContext } from 'node:test'
import { Router } from 'express'
import { createRecordAudit } from '../../src/audit/record.ts'
import { createLog } from '../../src/base/log.ts'
import { consoleRoutes } from '../../src/console/routes.ts'
import { guardForms } from '../../src/session/csrf.ts'
import { createSessions } from '../../src/session/session.ts'
import { createCompleteSignIn } from '../../src/signin/complete.ts'
import { createFindCustomer } from '../../src/signin/customer.ts'
import { createKnownPortals } from '../../src/signin/known-portal.ts'
import { createLocalSignIn } from '../../src/signin/local.ts'
import { hashPassword } from '../../src/signin/password.ts'
import { createMakePasswordLink } from '../../src/signin/password-link.ts'
import { signInRoutes } from '../../src/signin/routes.ts'
import { sessionRoutes } from '../../src/signin/session-routes.ts'
import type { Store } from '../../src/store/store.ts'
import { listen } from '../../src/web/listen.ts'
import { createServer } from '../../src/web/server.ts'
import { type FakeHuawei, fakeHuawei, json } from '../partner/fake-huawei.ts'
import { Browser, type Seen } from '../support/browser.ts'
import { countingRandom, fixedClock, NOW } from '../support/fixed.ts'

export const OPERATOR = { login: 'olivia', password: 'a password of ten letters' }

/** Adds the operator whom `signIn` signs in. */
export async function addOperator(store: Store, isEnabled = true): Promise<void> {
  const passwordHash = await hashPassword(OPERATOR.password)
  await store.operators.add({ login: OPERATOR.login, passwordHash, isEnabled, createdAt: NOW })
}

/**
 * Serves the console and the customers' sign-in until the test ends; answers its origin. Huawei gives
 * empty answers unless told otherwise.
 */
export async function startConsole(
  test: TestContext,
  store: Store,
  huawei: Pick<FakeHuawei, 'client'> = fakeHuawei(() => json(200, {}), { patience: 'none' }),
): Promise<string> {
  const clock = fixedClock
  const random = countingRandom()
  const log = createLog('silent')
  const life = { sessionMinutes: 30, sessionHoursMax: 12 }
  const cookie = { cookieSecret: 'the secret of the tests', isHttps: false }
  const record = createRecordAudit({ audit: store.audit, clock })
  const sessions = createSessions({ store, clock, random, record, ...cookie, ...life })
  const local = createLocalSignIn({ store, clock })
  const factorPolicy = { customer: 'off', operator: 'off' } as const
  const completeSignIn = createCompleteSignIn({ store, sessions, clock, random, factorPolicy })
  const factors = { completeSignIn, asksForFactors: false, asksOperators: false }
  const deps = { store, sessions, clock, random, log, record, local, ...factors }
  const partner = huawei.client
  const customers = {
    ...deps,
    findCustomer: createFindCustomer(deps),
    verifyHandoff: undefined,
    leadThroughSites: async () => undefined,
    knownPortals: createKnownPortals({ portals: [], portalHome: '/', isHttps: false }),
    portalSignOut: undefined,
    offered: {
      methods: ['local'],
      oidcName: undefined,
      tellsSecond: false,
      ldapName: undefined,
    } as const,
    ldap: undefined,
    oidc: undefined,
    hasPortal: false,
    huaweiAuthUrl: 'https://auth.cloud.example',
  }
  const first = Router().use(...sessions.middleware, guardForms(sessions))
  const sendToSignIn = async () => ({ kind: 'redirect', to: '/sign-in' }) as const
  const link = { publicUrl: 'https://sso.partner.example', passwordLinkMinutes: 60 }
  const isBreached = async () => false
  const makePasswordLink = createMakePasswordLink({ ...deps, ...link })
  const console = consoleRoutes({
    ...deps,
    partner,
    platformId: 'example_IDP',
    makePasswordLink,
    isBreached,
  })
  const routers = [
    first,
    signInRoutes(customers),
    sessionRoutes({ ...customers, sendToSignIn }),
    console,
  ]
  const app = createServer({ log, random, isHttps: false, trustProxy: 0 }, routers)
  const { port, drain } = await listen(app, { host: '127.0.0.1', port: 0 })
  test.after(() => drain(0))
  return `http://127.0.0.1:${port}`
}

/** Signs in at the console as the operator, unless `fields` say otherwise. */
export async function signIn(
  browser: Browser,
  origin: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Seen> {
  const form = await browser.go(`${origin}/console/sign-in`)
  return browser.submit(form, '/console/sign-in', { ...OPERATOR, ...fields })
}

/** A browser in which the operator is signed in. */
export async function operatorsBrowser(origin: string): Promise<Browser> {
  const browser = new Browser()
  await signIn(browser, origin)
  return browser
}
