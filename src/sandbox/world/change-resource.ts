// Changing one resource of the world. Pure: a world goes in, the next world comes out.

import type { Resource, World } from './state.ts'
import { toSecond } from './time.ts'

/** The world in which a resource has these traits. */
export function changeResource(world: World, resourceId: string, traits: Partial<Resource>): World {
  const resources = world.resources.map((one) =>
    one.resourceId === resourceId ? { ...one, ...traits } : one,
  )
  return { ...world, resources }
}

/** The world in which a resource and all that is attached to it are gone. */
export function closeResource(world: World, resourceId: string, at: Date): World {
  const when = toSecond(at)
  const isPart = (one: Resource) => one.resourceId === resourceId || one.parentId === resourceId
  const resources = world.resources.map((one) =>
    isPart(one) ? { ...one, closedAt: when, updatedAt: when } : one,
  )
  return { ...world, resources }
}
