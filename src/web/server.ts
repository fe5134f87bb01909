// The Express app and its middleware, in one ordered list. Knows HTTP, knows no feature.

import { fileURLToPath } from 'node:url'
import express, {
  type ErrorRequestHandler,
  type Express,
  type RequestHandler,
  type Router,
} from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { Refusal } from '../base/errors.ts'
import type { Random } from '../base/random.ts'
import type { Brand } from './brand.ts'
import { keepForm } from './form.ts'
import { refuse } from './refuse.ts'
import { logRequests } from './request-log.ts'

export type ServerDeps = {
  readonly log: Logger
  readonly random: Random
  /** Browsers reach us by https: they are told to keep to it. */
  readonly isHttps: boolean
  /** Number of reverse proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: number
  /** Who the pages are from; ours without it. */
  readonly brand?: Brand
}

/** An app that serves the routers in their order and refuses everything else. */
export function createServer(
  deps: ServerDeps,
  routers: readonly (RequestHandler | ErrorRequestHandler)[],
): Express {
  const app = express()
  app.set('log', deps.log)
  app.set('random', deps.random)
  app.set('brand', deps.brand)
  app.set('trust proxy', deps.trustProxy)
  app.set('query parser', false) // Each room reads the raw query itself; see base/parameters.ts.
  app.disable('x-powered-by')
  app.disable('etag')

  app.use(logRequests(deps.log, deps.random))
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], formAction: ["'none'"] },
      },
      strictTransportSecurity: deps.isHttps ? { maxAge: 31_536_000 } : false,
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
  )
  app.use('/assets', assets())
  app.use(keepForm())
  for (const router of routers) app.use(router)
  app.use((request) => {
    throw new Refusal('NOT_FOUND', { method: request.method })
  })
  app.use(refuse)
  return app
}

function assets() {
  const folder = fileURLToPath(new URL('./assets', import.meta.url))
  return express.static(folder, { index: false, redirect: false, maxAge: '1h', fallthrough: true })
}

/**
 * For a GET that uses something up, such as a link of one use; mounted before it. Express would answer a
 * HEAD by it, and those who look at links in other people's mail send HEADs.
 */
export function refuseHead(router: Router, path: string, methods: readonly string[]): void {
  router.head(path, (request, response) => {
    response.set('Allow', methods.join(', '))
    throw new Refusal('METHOD_NOT_ALLOWED', { method: request.method, path })
  })
}

/** For a path that exists under other methods only; mounted after them. */
export function onlyMethods(router: Router, path: string, methods: readonly string[]): void {
  router.all(path, (request, response) => {
    response.set('Allow', methods.join(', '))
    throw new Refusal('METHOD_NOT_ALLOWED', { method: request.method, path })
  })
}
