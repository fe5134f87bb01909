// Placeholder for minutes: the colleague's file replaces it.
import { Router } from 'express'

export function consoleRoutes(_deps: unknown): Router {
  return Router()
}
