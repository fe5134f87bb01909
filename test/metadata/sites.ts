// A folder of sites for tests, with a store and a network, and whom that makes us trust.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createLog } from '../../src/base/log.ts'
import { loadParties } from '../../src/parties.ts'
import type { Parties } from '../../src/saml/relying-party.ts'
import type { Store } from '../../src/store/store.ts'
import { freshStore, type Lifetime, type TestEngine } from '../support/engines.ts'
import { type FakeNetwork, fakeNetwork } from '../support/fake-network.ts'
import { NOW } from '../support/fixed.ts'

/** A METADATA_DIR that goes when the test ends, and a way to put files into it. */
export type Folder = {
  readonly path: string
  readonly write: (file: string, content: string | object) => Promise<void>
  readonly remove: (file: string) => Promise<void>
}

/** Objects are written as JSON. */
export async function sitesFolder(test: Lifetime): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'partner-idp-sites-'))
  test.after(() => rm(path, { recursive: true }))
  return {
    path,
    write: (file, content) => {
      return writeFile(
        join(path, file),
        typeof content === 'string' ? content : JSON.stringify(content),
      )
    },
    remove: (file) => rm(join(path, file)),
  }
}

/** Where the site of `start` has its metadata. */
export const URL = 'https://auth.cloud.example/metadata.xml'

export type Stage = {
  readonly folder: Folder
  readonly store: Store
  readonly network: FakeNetwork
  readonly parties: Parties
  readonly events: () => readonly Record<string, unknown>[]
}

/** A running registry over a folder with one site of these options. */
export async function start(
  t: TestContext,
  given: {
    readonly engine?: TestEngine
    readonly store?: Store
    readonly options?: object
    readonly served?: string
  },
): Promise<Stage> {
  const folder = await sitesFolder(t)
  const store = given.store ?? (given.engine && (await freshStore(t, given.engine)))
  assert.ok(store !== undefined)
  const network = fakeNetwork()
  if (given.served !== undefined) network.serve(URL, { body: given.served })
  await folder.write('site.json', { url: URL, ...given.options })
  const lines: Record<string, unknown>[] = []
  const log = createLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) })
  const deps = { metadataDir: folder.path, store, isSandbox: false, log, network }
  const parties = await loadParties({ ...deps, now: NOW })
  return { folder, store, network, parties, events: () => lines }
}

/** Whether a request of that site would be answered. */
export function isTrusted(parties: Parties, entityId: string, now = NOW): boolean {
  try {
    return parties.get(entityId, now).entityId === entityId
  } catch {
    return false
  }
}
