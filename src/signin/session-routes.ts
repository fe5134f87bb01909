// URL of a customer's sessions: /sessions shows them, and ends them.

import { type Request, Router } from 'express'
import type { RecordAudit } from '../base/audit.ts'
import type { Clock } from '../base/clock.ts'
import { csrfField } from '../session/csrf.ts'
import { whence } from '../session/history.ts'
import type { Sessions } from '../session/session.ts'
import type { Store } from '../store/store.ts'
import { type Departure, handle } from '../web/departure.ts'
import { readForm } from '../web/form.ts'
import type { Language } from '../web/language.ts'
import { onlyMethods } from '../web/server.ts'
import type { FindCustomer } from './customer.ts'
import { customerNavigation } from './pages.ts'
import { sessionsPage } from './session-pages.ts'
import type { SendToSignIn } from './way-in.ts'

export type SessionRoutesDeps = {
  readonly store: Pick<Store, 'sessions' | 'signIns'>
  readonly sessions: Sessions
  readonly clock: Clock
  readonly record: RecordAudit
  readonly findCustomer: FindCustomer
  readonly sendToSignIn: SendToSignIn
}

/** The router of this page. */
export function sessionRoutes(deps: SessionRoutesDeps): Router {
  const router = Router()
  router.get(
    '/sessions',
    handle((request) => showSessions(request, deps)),
  )
  router.post(
    '/sessions',
    handle((request) => endSessions(request, deps)),
  )
  onlyMethods(router, '/sessions', ['GET', 'POST'])
  return router
}

async function showSessions(request: Request, deps: SessionRoutesDeps): Promise<Departure> {
  const customer = await deps.findCustomer(request)
  if (customer === undefined) return deps.sendToSignIn(request, '/sessions')
  const { accountId } = customer.account
  const csrf = csrfField(deps.sessions, request)
  const shown = {
    csrf,
    sessions: await deps.store.sessions.listOf(accountId, deps.clock.now()),
    attempts: await deps.store.signIns.list(accountId),
    here: deps.sessions.idHash(request),
  }
  const page = (language: Language) => ({
    ...sessionsPage({ ...shown, language }),
    navigation: customerNavigation(customer, csrf, language),
  })
  return { kind: 'page', page }
}

// One that is not the customer's own is not there for them.
async function endSessions(request: Request, deps: SessionRoutesDeps): Promise<Departure> {
  const customer = await deps.findCustomer(request)
  if (customer === undefined) return deps.sendToSignIn(request, '/sessions')
  const { accountId } = customer.account
  const { sessions } = deps.store
  const end = readForm(request).text('end') ?? ''
  const own = await sessions.listOf(accountId, deps.clock.now())
  let count = 0
  if (end === 'others') count = await sessions.endAll(accountId, deps.sessions.idHash(request))
  else if (own.some(({ idHash }) => idHash === end)) count = (await sessions.end(end)) ? 1 : 0
  if (count > 0) {
    await deps.record({
      action: 'session.ended',
      actor: { kind: 'customer', id: accountId },
      subject: accountId,
      ...whence(request),
      after: { sessions: count },
    })
  }
  return { kind: 'redirect', to: '/sessions' }
}
