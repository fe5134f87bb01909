// What a row of the doctor's tests is, and the ways to spoil one thing that both tables need.

import type { Level } from '../../src/cli/doctor/check.ts'
import type { World } from './doctor-world.ts'

/** One thing that is wrong, and what the doctor says about it. */
export type Row = {
  readonly id: string
  readonly title: string
  readonly spoil: (world: World) => Promise<void> | void
  readonly level: Level
  readonly says: RegExp
}

/** An option is another. */
export const set = (name: string, value: string) => (world: World) => {
  world.environment[name] = value
}

/** An address answers otherwise. */
export const answer = (url: string, status: number, body?: string) => (world: World) => {
  world.pages.set(url, () => new Response(body ?? '', { status }))
}

/** An address does not answer. */
export const silence = (url: string) => (world: World) => void world.pages.delete(url)

/** Connections fail with the system's error of that code. */
export const failing = (code: string) => (world: World) => {
  world.connect = () => Promise.reject(Object.assign(new Error('no'), { code }))
}

/** It is another time. */
export const at = (now: Date) => (world: World) => {
  world.clock = { now: () => now }
}
