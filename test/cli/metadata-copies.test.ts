// `metadata status`, `refresh` and `accept`: what an operator sees and says of the sites' metadata.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { SITE, siteMetadata } from '../support/build.ts'
import { forEachEngine, freshDatabase, type TestEngine } from '../support/engines.ts'
import { fakeNetwork } from '../support/fake-network.ts'
import { startShell } from './start.ts'

const URL = 'https://auth.cloud.example/metadata.xml'

/** A shell with one site that has a URL and confirms its changes, one file, and one bad file. */
async function startSites(t: TestContext, engine: TestEngine) {
  const shell = await startShell(t)
  const environment = { DATABASE_URL: await freshDatabase(t, engine) }
  const network = fakeNetwork()
  const folder = join(shell.folder, 'metadata')
  mkdirSync(folder)
  writeFileSync(join(folder, 'eu.json'), JSON.stringify({ url: URL, confirmsChanges: true }))
  const run = (words: string) => shell.run(words, { environment, network })
  return { run, network, folder }
}

forEachEngine((engine) => {
  test('refresh fetches, a change waits, status shows it, accept puts it into effect', async (t) => {
    const { run, network } = await startSites(t, engine)
    network.serve(URL, { body: await siteMetadata() })

    const first = await run('metadata refresh')
    network.serve(URL, { body: await siteMetadata(['site-next']) })
    const second = await run('metadata refresh eu')
    const waiting = await run('metadata status --json')
    const asText = await run('metadata status')
    const accepted = await run('metadata accept eu')
    const after = await run('metadata status --json')
    const again = await run('metadata accept eu')

    assert.deepEqual([first.exitCode, first.stdout], [0, 'eu: taken into effect\n'])
    assert.match(second.stdout, /^eu: changed; waits for metadata accept\n {2}\S+: signing key /)
    const [view] = JSON.parse(waiting.stdout)
    assert.deepEqual([view.name, view.url, view.entityIds], ['eu', URL, [SITE.entityId]])
    assert.deepEqual([view.problem, view.pending.since], [null, '2026-01-15T10:00:00.000Z'])
    assert.match(asText.stdout, /eu: waits since 2026-01-15T10:00:00\.000Z for metadata accept\n/)
    assert.match(
      accepted.stdout,
      /^eu: in effect within a minute\n {2}\S+: signing key \w+ is new\n/,
    )
    assert.equal(JSON.parse(after.stdout)[0].pending, null)
    assert.deepEqual([again.exitCode, again.stdout], [1, ''])
    assert.match(again.stderr, /^METADATA_NOTHING_WAITS: /)
  })

  test('status names every problem and fails, so that monitoring can ask it', async (t) => {
    const { run, folder } = await startSites(t, engine)
    writeFileSync(join(folder, 'bad.json'), '{\n,}')
    writeFileSync(join(folder, 'good.xml'), await siteMetadata())

    const refreshed = await run('metadata refresh')
    const asJson = await run('metadata status --json')
    const asText = await run('metadata status')

    assert.deepEqual([refreshed.exitCode, refreshed.stderr], [1, ''])
    assert.match(refreshed.stdout, /^eu: METADATA_UNREACHABLE: ECONNREFUSED\n/)
    assert.equal(asJson.exitCode, 1)
    const problems = JSON.parse(asJson.stdout).map(
      ({ name, problem }: { name: string; problem: string | null }) => [name, problem],
    )
    assert.deepEqual(problems, [
      ['eu', 'METADATA_UNREACHABLE: ECONNREFUSED'],
      ['good', null],
      ['bad', 'line 2: it is no JSON'],
    ])
    assert.match(asText.stdout, /^NAME +FROM +ENTITY ID/)
  })

  for (const words of ['metadata refresh nobody', 'metadata accept nobody']) {
    test(`${words} is refused`, async (t) => {
      const { run } = await startSites(t, engine)

      const ran = await run(words)

      assert.equal(ran.exitCode, 1)
      assert.match(ran.stderr, /^METADATA_UNKNOWN_NAME: /)
    })
  }
})
