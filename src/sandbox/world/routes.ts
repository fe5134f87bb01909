// URL → one function, for what the world shows beside the partner API.

import { Router, raw } from 'express'
import { handle } from '../../web/departure.ts'
import type { LedgerDeps } from '../deps.ts'
import { createBucketHandler, isForBucket, OBJECT_LIMIT_BYTES } from './bucket.ts'
import { createOrderForm } from './order-form.ts'

/** The order page, and the buckets. */
export function worldRoutes(deps: LedgerDeps): Router {
  const router = Router()
  const orderForm = createOrderForm(deps)
  router.get('/sandbox/orders', handle(orderForm.page))
  router.post('/sandbox/orders', handle(orderForm.place))
  const keepBody = raw({ type: () => true, limit: OBJECT_LIMIT_BYTES, inflate: false })
  // Every other PUT is the API's, which reads its body itself.
  router.use((request, response, next) => {
    if (isForBucket(request)) keepBody(request, response, next)
    else next()
  })
  router.use(createBucketHandler(deps))
  return router
}
