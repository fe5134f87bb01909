// URL → one function, nothing else.

import express, { Router } from 'express'
import { CATALOGUE, type OperationName } from '../partner/catalogue/index.ts'
import { handle } from '../web/departure.ts'
import { FORM_LIMIT_BYTES, readQuery } from '../web/form.ts'
import { operationHandler, tokenHandler } from './api.ts'
import { createBinding } from './bind.ts'
import { createBrowserSessions } from './browser-sessions.ts'
import { createControl } from './control.ts'
import type { SandboxDeps } from './deps.ts'
import type { SignedIn } from './judge.ts'
import { answerLogout } from './logout-answer.ts'
import { createPortal } from './portal.ts'
import { createSignIn } from './sign-in.ts'
import { createSignOut } from './sign-out.ts'
import { spMetadata } from './sp-metadata.ts'

/** Every address of the sandbox, those of Huawei Cloud exactly as there. */
export function sandboxRoutes(deps: SandboxDeps): Router {
  const router = Router()
  addSaml(router, deps)
  addApi(router, deps)
  addPortal(router, deps)
  addControl(router, deps)
  return router
}

function addSaml(router: Router, deps: SandboxDeps): void {
  const binding = createBinding(deps)
  const consoleSessions = createBrowserSessions<SignedIn>('sandbox_console', deps)
  const signIn = createSignIn({ ...deps, binding, consoleSessions })
  const signOut = createSignOut({ ...deps, consoleSessions })

  router.get('/authui/saml/metadata.xml', (_request, response) => {
    response.type('application/xml').send(spMetadata(deps.url, deps.spKey.certificate))
  })
  router.get('/authui/saml/login', handle(signIn.start))
  router.post('/authui/saml/SAMLAssertionConsumer', handle(signIn.finish))
  router.post('/authui/saml/create-and-bind', handle(binding.create))
  router.post('/authui/saml/bind-account', handle(binding.bindExisting))
  router.get('/authui/saml/logout', handle(signOut.start))
  router.get(
    '/authui/saml/LogoutServiceHTTPRedirect',
    handle((request, response) => {
      const isRequest = readQuery(request).raw('SAMLRequest') !== undefined
      if (!isRequest) return signOut.finish(request, response)
      return answerLogout(request, response, { ...deps, consoleSessions })
    }),
  )
  router.get('/authui/saml/LogoutServiceHTTPRedirectResponse', handle(signOut.finish))
}

function addApi(router: Router, deps: SandboxDeps): void {
  // Bytes, because the signature covers them.
  const keepBody = express.raw({ type: () => true, limit: FORM_LIMIT_BYTES, inflate: false })
  router.post('/v3/auth/tokens', keepBody, tokenHandler(deps))
  for (const name of Object.keys(CATALOGUE) as OperationName[]) {
    router.post(CATALOGUE[name].path, keepBody, operationHandler(name, deps))
  }
}

function addPortal(router: Router, deps: SandboxDeps): void {
  const portal = createPortal(deps)
  router.get('/portal', handle(portal.home))
  router.get('/portal/sign-in', handle(portal.askToSignIn))
  router.post('/portal/sign-in', handle(portal.signIn))
  router.post('/portal/sign-out', handle(portal.signOut))
  router.get('/portal/jwks.json', (_request, response) => {
    response.json(portal.jwks)
  })
}

function addControl(router: Router, deps: SandboxDeps): void {
  const control = createControl(deps)
  router.get('/', (_request, response) => {
    response.redirect(302, '/sandbox')
  })
  router.get('/sandbox', handle(control.overview))
  router.post('/sandbox/scenario', handle(control.switchScenario))
  router.get('/sandbox/mailbox', handle(control.mailbox))
  router.get('/sandbox/state.json', (_request, response) => {
    response.set('Cache-Control', 'no-store').json(deps.state.read())
  })
}
