// URL → one function, nothing else.

import express, { type ErrorRequestHandler, type Response, Router } from 'express'
import { CATALOGUE, type OperationName } from '../partner/catalogue/index.ts'
import { handle } from '../web/departure.ts'
import { readQuery } from '../web/form.ts'
import { referenceOf } from '../web/request-log.ts'
import { createApiControl } from './api/control.ts'
import { createApi } from './api.ts'
import { gatewayError } from './api-answer.ts'
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
import { worldRoutes } from './world/routes.ts'

/** Every address of the sandbox, those of Huawei Cloud exactly as there. */
export function sandboxRoutes(deps: SandboxDeps): Router {
  const router = Router()
  // First, because a bucket may be addressed by its host: then every path is the bucket's.
  router.use(worldRoutes(deps))
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

// What Huawei's gateway takes of a signed request.
const API_LIMIT_BYTES = 12 * 1024 * 1024

function addApi(router: Router, deps: SandboxDeps): void {
  // Bytes, because the signature covers them.
  const keepBody = express.raw({ type: () => true, limit: API_LIMIT_BYTES, inflate: false })
  const read = [keepBody, refuseBody]
  const api = createApi(deps)
  router.post('/v3/auth/tokens', read, api.token)
  router.post('/v3.0/OS-CREDENTIAL/securitytokens', read, api.temporaryKey)
  for (const name of Object.keys(CATALOGUE) as OperationName[]) {
    const { method, path } = CATALOGUE[name]
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1')
    router[METHODS[method]](pattern, read, api.operation(name))
  }
  router.use(API_VERSIONS, (_request, response) => {
    const message = 'The API does not exist or has not been published in the environment'
    sendGatewayError(response, 'APIGW.0101', { status: 404, message })
  })
}

// Of IAM and the partner API; whatever is below them and is no operation, the gateway refuses.
const API_VERSIONS = ['/v1.0', '/v2', '/v3', '/v3.0']

const METHODS = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const

const refuseBody: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const isTooLarge = error instanceof Error && 'type' in error && error.type === 'entity.too.large'
  if (!isTooLarge) {
    next(error)
    return
  }
  sendGatewayError(response, 'APIGW.0201', { status: 413, message: 'Request entity too large' })
}

function sendGatewayError(
  response: Response,
  code: string,
  { status, message }: { readonly status: number; readonly message: string },
): void {
  const requestId = referenceOf(response)
  response.status(status).json(gatewayError(code, message, { status, requestId }).body)
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
  const api = createApiControl(deps)
  router.get('/sandbox/api', handle(api.page))
  router.post('/sandbox/fault', handle(api.switchFault))
  router.post('/sandbox/agency', handle(api.setAgency))
  router.post('/sandbox/throttling', handle(api.switchThrottling))
  router.get('/sandbox/state.json', (_request, response) => {
    response.set('Cache-Control', 'no-store').json(deps.state.read())
  })
}
