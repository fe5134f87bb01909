// The ops listener: is the process alive, can it serve, and what did it count. Never on the public one.

import express, { type Express } from 'express'
import type { Registry } from 'prom-client'

export type HealthDeps = {
  /** Throws while sign-ins cannot be served. */
  readonly checkReady: () => Promise<void>
  readonly metrics: Registry
}

/** `/health/live`, `/health/ready` (503 with the failing part's code) and `/metrics`. */
export function createOpsServer(deps: HealthDeps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' })
  })
  app.get('/health/ready', async (_request, response) => {
    try {
      await deps.checkReady()
      response.json({ status: 'ready' })
    } catch (error) {
      const code = error instanceof Error ? error.message : 'FAULT'
      response
        .status(503)
        .json({ status: 'not ready', code: /^[A-Z_]+$/.test(code) ? code : 'FAULT' })
    }
  })
  app.get('/metrics', async (_request, response) => {
    response.type(deps.metrics.contentType).send(await deps.metrics.metrics())
  })
  return app
}
