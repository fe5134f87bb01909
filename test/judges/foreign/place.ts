// Where a foreign site lives: a folder of its own, which its user may write, and a free port.

import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listen } from '../../../src/web/listen.ts'
import type { Lifetime } from '../../support/engines.ts'

/** A folder that goes with the site, and the site's address. */
export type Place = { readonly folder: string; readonly port: number; readonly url: string }

/** Debian gives www-data this id on every machine (base-passwd). */
export const WWW_DATA = 33

/** Whether we have to step down before we start what listens. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** An empty folder and a free port. */
export async function findPlace(lifetime: Lifetime): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-foreign-'))
  lifetime.after(() => rm(folder, { recursive: true, force: true }))
  if (isRoot()) await chown(folder, WWW_DATA, WWW_DATA)
  const free = await listen(() => {}, { host: '127.0.0.1', port: 0 })
  await free.drain(0)
  // The same host as our pages have: browsers compare hosts when they decide about SameSite cookies.
  return { folder, port: free.port, url: `http://localhost:${free.port}` }
}
