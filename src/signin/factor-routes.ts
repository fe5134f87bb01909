// URLs of second factors, for customers and for operators: …/sign-in/second, …/sign-in/passkey, …/security.

import { type Request, type Response, Router } from 'express'
import { type Departure, handle } from '../web/departure.ts'
import { speakOnly } from '../web/language.ts'
import { onlyMethods } from '../web/server.ts'
import { FACTOR_PATHS } from './complete.ts'
import type { Door, FactorDeps } from './factor-deps.ts'
import {
  showPasskeySignIn,
  showSecondStep,
  submitPasskeySignIn,
  submitSecondStep,
} from './second-factor.ts'
import { changeSecurity, showAddition, showSecurity, submitAddition } from './security.ts'

type Take = (request: Request, response: Response) => Promise<Departure>

/** The router for those who may have second factors here; a door that is closed is not among them. */
export function factorRoutes(doors: readonly Door[], deps: FactorDeps): Router {
  const router = Router()
  for (const door of doors) {
    const at = { door, deps }
    const { second, passkey, security } = FACTOR_PATHS[door.role]
    const page = (path: string, show: Take, submit: Take) => {
      if (door.role === 'operator') router.use(path, speakOnly('en'))
      router.get(path, handle(show))
      router.post(path, handle(submit))
      onlyMethods(router, path, ['GET', 'POST'])
    }
    page(
      second,
      (request) => showSecondStep(request, at),
      (request, response) => submitSecondStep(request, response, at),
    )
    if (door.takesPasskeyAlone) {
      page(
        passkey,
        (request) => showPasskeySignIn(request, at),
        (request, response) => submitPasskeySignIn(request, response, at),
      )
    }
    page(
      security,
      (request) => showSecurity(request, at),
      (request) => changeSecurity(request, at),
    )
    for (const kind of ['add-totp', 'add-passkey'] as const) {
      page(
        `${security}/${kind === 'add-totp' ? 'totp' : 'passkey'}`,
        (request) => showAddition(request, kind, at),
        (request, response) => submitAddition(request, { response, kind }, at),
      )
    }
  }
  return router
}
