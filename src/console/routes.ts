// URLs of the operator's console: /console and everything below it.

import { type Request, type Response, Router } from 'express'
import type { ActivationDeps } from '../accounts/journey/move.ts'
import type { Parameters } from '../base/parameters.ts'
import { csrfField } from '../session/csrf.ts'
import { whence } from '../session/history.ts'
import { type Departure, handle } from '../web/departure.ts'
import { readForm, readQuery } from '../web/form.ts'
import { speakOnly } from '../web/language.ts'
import { noteRefusal } from '../web/refuse.ts'
import { onlyMethods } from '../web/server.ts'
import { type ActDeps, type Acted, actOnCustomer, endOwnSession } from './act.ts'
import { ACTIVATION_PATH, actOnActivation } from './act-on-activation.ts'
import {
  actOnBinding,
  actOnFinding,
  BINDING_PATH,
  type BindingActDeps,
  RECONCILE_PATH,
} from './act-on-binding.ts'
import { actOnWebhook, WEBHOOKS_PATH, type WebhookActDeps } from './act-on-webhook.ts'
import { type CallDeps, type CallPage, runCall, showCallForm } from './call.ts'
import { consoleNavigation } from './navigation.ts'
import { activationScreen } from './pages/activation.ts'
import { activationsScreen } from './pages/activations.ts'
import { auditScreen } from './pages/audit.ts'
import { bindingScreen } from './pages/binding.ts'
import { bindingsScreen } from './pages/bindings.ts'
import { callListScreen } from './pages/call-list.ts'
import { customerScreen } from './pages/customer.ts'
import { customersScreen } from './pages/customers.ts'
import { metadataScreen } from './pages/metadata.ts'
import { noticesScreen } from './pages/notices.ts'
import { overviewScreen } from './pages/overview.ts'
import { reconcileScreen } from './pages/reconcile.ts'
import { sessionsScreen } from './pages/sessions.ts'
import { tracesScreen } from './pages/traces.ts'
import { webhooksScreen } from './pages/webhooks.ts'
import { changeOperatorPassword, type OperatorPasswordDeps, showPasswordForm } from './password.ts'
import type { Asker, Screen, ScreenStore } from './screen.ts'
import {
  findOperator,
  type OperatorSignInDeps,
  sendToOperatorSignIn,
  showOperatorForm,
  signInOperator,
  signOutOperator,
} from './sign-in.ts'

export type ConsoleDeps = OperatorSignInDeps &
  CallDeps &
  ActDeps &
  ActivationDeps &
  BindingActDeps &
  WebhookActDeps &
  OperatorPasswordDeps & {
    readonly store: OperatorSignInDeps['store'] & ScreenStore
  }

const SCREENS: Readonly<Record<string, Screen>> = {
  '/console': overviewScreen,
  '/console/customers': customersScreen,
  '/console/customers/detail': customerScreen,
  '/console/bindings': bindingsScreen,
  [BINDING_PATH]: bindingScreen,
  '/console/notices': noticesScreen,
  '/console/activations': activationsScreen,
  [ACTIVATION_PATH]: activationScreen,
  [RECONCILE_PATH]: reconcileScreen,
  '/console/traces': tracesScreen,
  '/console/metadata': metadataScreen,
  '/console/call': callListScreen,
  [WEBHOOKS_PATH]: webhooksScreen,
  '/console/sessions': sessionsScreen,
  '/console/audit': auditScreen,
}

// Looking at these is put on record.
const HOLDS_RECORDS: ReadonlySet<string> = new Set([
  '/console/customers',
  '/console/customers/detail',
  '/console/bindings',
  BINDING_PATH,
  '/console/notices',
  '/console/activations',
  ACTIVATION_PATH,
])

/** What forms of the console have done, by the path they post to. */
const DOERS: Readonly<
  Record<string, (form: Parameters, asker: Asker, deps: ConsoleDeps) => Promise<Acted>>
> = {
  '/console/customers/detail': actOnCustomer,
  [ACTIVATION_PATH]: actOnActivation,
  [BINDING_PATH]: actOnBinding,
  [RECONCILE_PATH]: actOnFinding,
  [WEBHOOKS_PATH]: actOnWebhook,
  '/console/sessions': endOwnSession,
}

/** The router of this room. */
export function consoleRoutes(deps: ConsoleDeps): Router {
  const router = Router()
  router.use('/console', speakOnly('en'))
  router.get(
    '/console/sign-in',
    handle((request) => showOperatorForm(request, deps)),
  )
  router.post(
    '/console/sign-in',
    handle((request, response) => signInOperator(request, response, deps)),
  )
  onlyMethods(router, '/console/sign-in', ['GET', 'POST'])
  router.post(
    '/console/sign-out',
    handle((request) => signOutOperator(request, deps)),
  )
  onlyMethods(router, '/console/sign-out', ['POST'])
  router.get(
    '/console/call/form',
    handle((request, response) => {
      const show = async (asker: Asker) => showCallForm(readQuery(request), asker)
      return present(request, response, { deps, show })
    }),
  )
  router.post(
    '/console/call/form',
    handle((request, response) => {
      const given = { query: readQuery(request), form: readForm(request) }
      const show = async (asker: Asker) => {
        const page = await runCall(given, asker, deps)
        await deps.record({
          action: 'operation.called',
          actor: { kind: 'operator', id: asker.login },
          subject: given.query.text('operation'),
          ...asker.whence,
        })
        return page
      }
      return present(request, response, { deps, show })
    }),
  )
  onlyMethods(router, '/console/call/form', ['GET', 'POST'])
  router.get(
    '/console/password',
    handle((request, response) => {
      const show = async (asker: Asker) => showPasswordForm(asker)
      return present(request, response, { deps, show })
    }),
  )
  router.post(
    '/console/password',
    handle((request, response) => {
      const show = (asker: Asker) => changeOperatorPassword(request, asker, deps)
      return present(request, response, { deps, show })
    }),
  )
  onlyMethods(router, '/console/password', ['GET', 'POST'])
  for (const [path, screen] of Object.entries(SCREENS)) {
    router.get(
      path,
      handle((request, response) => {
        const show = (asker: Asker) => showScreen(request, { path, screen, asker, deps })
        return present(request, response, { deps, show })
      }),
    )
    const act = DOERS[path]
    if (act !== undefined) {
      router.post(
        path,
        handle((request, response) => {
          const show = (asker: Asker) => act(readForm(request), asker, deps)
          return present(request, response, { deps, show })
        }),
      )
    }
    onlyMethods(router, path, act === undefined ? ['GET'] : ['GET', 'POST'])
  }
  return router
}

type Shown = {
  /** As the table has it: the router takes other spellings of it too. */
  readonly path: string
  readonly screen: Screen
  readonly asker: Asker
  readonly deps: ConsoleDeps
}

// What is looked for is not kept: it may be somebody's name.
async function showScreen(request: Request, { path, screen, asker, deps }: Shown) {
  const query = readQuery(request)
  const page = await screen(query, deps.store, asker)
  if (HOLDS_RECORDS.has(path)) {
    await deps.record({
      action: 'records.viewed',
      actor: { kind: 'operator', id: asker.login },
      subject: query.text('account'),
      ...asker.whence,
      after: { screen: path },
    })
  }
  return page
}

type Presented = {
  readonly deps: ConsoleDeps
  readonly show: (asker: Asker) => Promise<CallPage | Acted>
}

// Nobody but an operator sees any of it, or has anything done.
async function present(
  request: Request,
  response: Response,
  { deps, show }: Presented,
): Promise<Departure> {
  const operator = await findOperator(request, deps)
  if (operator === undefined) return sendToOperatorSignIn(request)
  const { login } = operator
  const csrf = csrfField(deps.sessions, request)
  const shown = await show({
    login,
    csrf,
    mayChange: operator.role !== 'viewer',
    session: deps.sessions.idHash(request),
    now: deps.clock.now(),
    whence: whence(request),
  })
  if ('goTo' in shown && shown.goTo !== undefined) return { kind: 'redirect', to: shown.goTo }
  const { title, body, status = 200, refusal }: CallPage = shown
  if (refusal !== undefined) noteRefusal(response, refusal)
  const navigation = consoleNavigation({
    path: request.path,
    login,
    csrf,
    hasFactorPage: deps.asksOperators,
  })
  return { kind: 'page', page: { title, body, navigation, isWide: true }, status }
}
