// Why a resource cannot be renewed or given back, in the codes of the operations that ask.

import type { ApiCall } from '../api/behaviour.ts'
import { visible } from './answers.ts'
import { endOf } from './order-book.ts'
import type { Resource, World } from './state.ts'

/** A reason, with the code of a price query and that of a renewal. */
export type Hindrance = {
  readonly price: string
  readonly renew: string
  readonly message: string
}

/** The resource, if the caller has it, and why it cannot be renewed, if so. */
export type Renewable = {
  readonly resource?: Resource | undefined
  readonly hindrance?: Hindrance | undefined
}

/** Looks for the resource of that id among those that are there and may be seen. */
export function findOpen(world: World, resourceId: string, call: ApiCall): Resource | undefined {
  const resource = visible(world.resources, call).find((one) => one.resourceId === resourceId)
  return resource?.closedAt === undefined ? resource : undefined
}

/** What a renewal has to know about the resource of that id. */
export function renewalHindrance(world: World, resourceId: string, call: ApiCall): Renewable {
  const resource = findOpen(world, resourceId, call)
  if (resource === undefined) {
    return {
      hindrance: {
        price: 'CBC.30050009',
        renew: 'CBC.99003016',
        message: 'The resources have expired and been deleted or do not exist.',
      },
    }
  }
  if (resource.parentId !== undefined) {
    const message = 'Renewal is only supported for primary resources.'
    return { resource, hindrance: { price: 'CBC.30050007', renew: 'CBC.30010036', message } }
  }
  if (hasOrderToPay(world, resourceId)) {
    const message =
      'This operation is not allowed because some resources are included in your orders to be paid.'
    return { resource, hindrance: { price: 'CBC.30050010', renew: 'CBC.99003100', message } }
  }
  return { resource }
}

/** Whether an order that waits for payment names the resource. */
export function hasOrderToPay(world: World, resourceId: string): boolean {
  return world.orders.some(
    ({ status, lines }) => status === 6 && lines.some((line) => line.resourceId === resourceId),
  )
}

/** Whether the time that was paid for is over. */
export function isExpired(resource: Resource, now: Date): boolean {
  return new Date(endOf(resource)) <= now
}
