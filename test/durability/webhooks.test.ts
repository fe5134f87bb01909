// kill -9 between a change and the telling of it: after the next start the portal is told once, under the id
// that it would have had.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { createDeliver } from '../../src/api/deliver.ts'
import type { Post } from '../../src/api/webhook-network.ts'
import { createLog } from '../../src/base/log.ts'
import { eventId } from '../../src/base/portal-event.ts'
import { systemRandom } from '../../src/base/random.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { addAccount } from '../store/records.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import { fixedClock, NOW } from '../support/fixed.ts'

const PROGRAM = join(import.meta.dirname, 'webhook-child.ts')

/** What a process sends after its start. */
async function sendAll(store: Store): Promise<readonly Post[]> {
  const posts: Post[] = []
  const deliver = createDeliver({
    store,
    clock: fixedClock,
    random: systemRandom,
    log: createLog('silent'),
    network: {
      lookup: async () => [{ address: '93.184.216.34', family: 4 }],
      post: async (post) => {
        posts.push(post)
        return 204
      },
      deadline: () => new AbortController().signal,
    },
    webhookKey: 'key-of-the-tests',
    webhookRule: { allowsPrivateAddresses: false, allowsHttp: false },
  })
  await deliver.run()
  return posts
}

forEachEngine((engine) => {
  test('a process that dies right after a connection was made leaves the portal to be told, once', async (t) => {
    const databaseUrl = await freshDatabase(t, engine)
    const store = await openStore(databaseUrl)
    t.after(() => store.close())
    await addAccount(store, 'c-100')
    const url = 'https://portal.example/hook'
    await store.webhooks.set({ name: 'main', id: 'id', url, kinds: ['bound'], createdAt: NOW })
    const given = [PROGRAM, databaseUrl, 'c-100', `${NOW.getTime()}`]
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...given], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })

    const ended = once(child, 'exit')
    const problem = await text(child.stderr)
    const [, signal] = await ended
    const posts = await sendAll(store)
    const again = await sendAll(store)

    assert.equal(signal, 'SIGKILL', problem)
    assert.deepEqual(
      posts.map(({ headers, body }) => [headers['webhook-id'], JSON.parse(body)]),
      [
        [
          eventId(['binding-move', 'c-100', 1]),
          {
            type: 'bound',
            timestamp: NOW.toISOString(),
            data: { accountId: 'c-100', domainId: 'd-1' },
          },
        ],
      ],
    )
    assert.deepEqual(again, [])
  })
})
