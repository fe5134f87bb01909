// One house for the tests of a whole `describe`, and one more process on its database.

import { after, before } from 'node:test'
import { createApp } from '../../src/app.ts'
import { createLog } from '../../src/base/log.ts'
import { systemRandom } from '../../src/base/random.ts'
import { loadParties } from '../../src/parties.ts'
import { openStore } from '../../src/store/open.ts'
import { listen } from '../../src/web/listen.ts'
import { freshDatabase, type Lifetime, type TestEngine } from './engines.ts'
import { fixedKeyring } from './fixed.ts'
import { type House, type HouseOptions, startHouse } from './house.ts'

/** Starts a house before the tests around it and stops it after them; to be asked within a test. */
export function sharedHouse(
  engine: TestEngine,
  options: Omit<HouseOptions, 'databaseUrl'> = {},
): () => House {
  const ends: (() => Promise<void>)[] = []
  let house: House | undefined
  before(async () => {
    const lifetime = { after: (end: () => Promise<void>) => void ends.unshift(end) }
    house = await startHouse(lifetime, {
      ...options,
      databaseUrl: await freshDatabase(lifetime, engine),
    })
  })
  after(async () => {
    for (const end of ends) await end()
  })
  return () => {
    if (house === undefined) throw new Error('the house is there within a test only')
    return house
  }
}

/** The address of a second process that serves the same installation from the same database. */
export async function secondProcess(test: Lifetime, house: House): Promise<string> {
  const { config, clock } = house
  const store = await openStore(config.databaseUrl)
  const log = createLog('silent')
  const { metadataDir } = config
  const parties = await loadParties({ metadataDir, store, isSandbox: true, log, now: clock.now() })
  const machine = { clock, random: systemRandom, fetch, log }
  const app = await createApp({ ...machine, config, store, parties, keyring: await fixedKeyring() })
  const front = await listen(app.serve, { host: '127.0.0.1', port: 0 })
  test.after(async () => {
    await front.drain(1)
    await store.close()
  })
  return `http://localhost:${front.port}`
}
