// URLs of the operator's console: /console and everything below it.

import { type Request, Router } from 'express'
import { csrfField } from '../session/csrf.ts'
import { type Departure, handle } from '../web/departure.ts'
import { readQuery } from '../web/form.ts'
import { onlyMethods } from '../web/server.ts'
import { consoleNavigation } from './navigation.ts'
import { activationsScreen } from './pages/activations.ts'
import { bindingsScreen } from './pages/bindings.ts'
import { customerScreen } from './pages/customer.ts'
import { customersScreen } from './pages/customers.ts'
import { metadataScreen } from './pages/metadata.ts'
import { noticesScreen } from './pages/notices.ts'
import { overviewScreen } from './pages/overview.ts'
import { tracesScreen } from './pages/traces.ts'
import type { Screen, ScreenStore } from './screen.ts'
import {
  findOperator,
  type OperatorSignInDeps,
  sendToOperatorSignIn,
  showOperatorForm,
  signInOperator,
  signOutOperator,
} from './sign-in.ts'

export type ConsoleDeps = OperatorSignInDeps & {
  readonly store: OperatorSignInDeps['store'] & ScreenStore
}

const SCREENS: Readonly<Record<string, Screen>> = {
  '/console': overviewScreen,
  '/console/customers': customersScreen,
  '/console/customers/detail': customerScreen,
  '/console/bindings': bindingsScreen,
  '/console/notices': noticesScreen,
  '/console/activations': activationsScreen,
  '/console/traces': tracesScreen,
  '/console/metadata': metadataScreen,
}

/** The router of this room. */
export function consoleRoutes(deps: ConsoleDeps): Router {
  const router = Router()
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
  for (const [path, screen] of Object.entries(SCREENS)) {
    router.get(
      path,
      handle((request) => show(request, screen, deps)),
    )
    onlyMethods(router, path, ['GET'])
  }
  return router
}

async function show(request: Request, screen: Screen, deps: ConsoleDeps): Promise<Departure> {
  const operator = await findOperator(request, deps)
  if (operator === undefined) return sendToOperatorSignIn(request)
  const { title, body } = await screen(readQuery(request), deps.store)
  const csrf = csrfField(deps.sessions, request)
  const navigation = consoleNavigation({ path: request.path, login: operator.login, csrf })
  return { kind: 'page', page: { title, body, navigation, isWide: true } }
}
