// The ops listener: is the process alive, can it serve, and what did it count. Never on the public one.

import express, { type Express } from 'express'
import type { Registry } from 'prom-client'
import { asRefusal, Refusal } from '../base/errors.ts'

export type HealthDeps = {
  /** Throws while sign-ins cannot be served; what takes longer than `READY_SECONDS` cannot be. */
  readonly checkReady: () => Promise<void>
  /** What does not keep anybody out yet, but will: certificates that end. */
  readonly listWarnings: () => readonly object[]
  readonly metrics: Registry
}

/**
 * `/health/live`, `/health/ready` (503 with the failing part's code; warnings when there are some) and
 * `/metrics`.
 */
export function createOpsServer(deps: HealthDeps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' })
  })
  app.get('/health/ready', async (_request, response) => {
    try {
      await inTime(deps.checkReady())
      const warnings = deps.listWarnings()
      response.json({ status: 'ready', ...(warnings.length > 0 && { warnings }) })
    } catch (error) {
      const { code } = asRefusal(error)
      response.status(503).json({ status: 'not ready', code })
    }
  })
  app.get('/metrics', async (_request, response) => {
    response.type(deps.metrics.contentType).send(await deps.metrics.metrics())
  })
  return app
}

const READY_SECONDS = 5

// A database that hangs is as good as none, and whoever asks has a time limit too.
async function inTime(check: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Refusal('STORE_UNAVAILABLE')), READY_SECONDS * 1000)
  })
  try {
    await Promise.race([check, late])
  } finally {
    clearTimeout(timer)
  }
}
