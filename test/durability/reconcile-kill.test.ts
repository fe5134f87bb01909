// kill -9 in the middle of `reconcile`, and `reconcile --resume`: the real program, Huawei's list over HTTP. What
// is found, and what is counted, is what one that was never killed finds.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json, text } from 'node:stream/consumers'
import { test } from 'node:test'
import { addMinutes, systemClock } from '../../src/base/clock.ts'
import { openStore } from '../../src/store/open.ts'
import {
  addBound,
  answerSearch,
  type Listed,
  listed,
  PLATFORM,
  type Search,
} from '../accounts/many-customers.ts'
import { ACCESS_KEY } from '../partner/fake-huawei.ts'
import { forEachEngine, freshDatabase, type Lifetime } from '../support/engines.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const SIZE = 1000

/** One of each difference, on pages that are apart. */
function listAtHuawei(): readonly Listed[] {
  const changes = new Map<number, Partial<Listed>>([
    [5, { account_name: 'renamed' }],
    [150, { association_type: '1' }],
    [350, { xaccount_id: 'c-not-here' }],
    [550, { customer_id: 'd-new' }],
    [750, { xaccount_type: 'other_IDP' }],
  ])
  const turns = Array.from({ length: SIZE }, (_, turn) => turn).filter((turn) => turn !== 950)
  return turns.map((turn) => listed(turn, changes.get(turn)))
}

type Remote = {
  readonly url: string
  /** Kills the process with its call of this number, counted from now; the call gets no answer. */
  readonly killAtCall: (call: number, child: ChildProcess) => void
}

/** Huawei's list, served until the test ends. */
async function serveList(test: Lifetime): Promise<Remote> {
  const customers = listAtHuawei()
  let calls = 0
  let victim: { readonly atCall: number; readonly child: ChildProcess } | undefined
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const search = (await json(request)) as Search
    calls += 1
    if (calls === victim?.atCall) {
      victim.child.kill('SIGKILL')
      response.destroy()
      return
    }
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(answerSearch(customers, search)))
  }
  const server = createServer((request, response) => void serve(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.after(async () => {
    server.closeAllConnections()
    await once(server.close(), 'close')
  })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    killAtCall: (call, child) => {
      victim = { atCall: calls + call, child }
    },
  }
}

type Place = { readonly folder: string; readonly databaseUrl: string; readonly remote: Remote }

/** Starts the program; it ends by itself, or by the list. */
function start({ folder, databaseUrl, remote: { url } }: Place, words: readonly string[]) {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: 'https://sso.partner.example',
      HUAWEI_SITE: 'custom',
      HUAWEI_AUTH_URL: url,
      HUAWEI_CONSOLE_URL: url,
      HUAWEI_IAM_URL: url,
      HUAWEI_BSS_URL: url,
      HUAWEI_PLATFORM_ID: PLATFORM,
      HUAWEI_PARTNER_ID: 'partner0001',
      HUAWEI_ACCESS_KEY: ACCESS_KEY.accessKey,
      HUAWEI_SECRET_KEY: ACCESS_KEY.secretKey,
    },
  })
  const ending = async () => {
    const ended = once(child, 'close')
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    const [code, signal] = await ended
    return { code, signal, stdout, stderr }
  }
  return { child, ended: ending() }
}

/** Of a process that has died, the place is free again after its minutes. */
async function letLeaseRunOut(databaseUrl: string): Promise<void> {
  const store = await openStore(databaseUrl)
  const later = addMinutes(systemClock.now(), 6)
  const isFree = await store.leases.take('reconcile', { holder: 'later', now: later, until: later })
  assert.ok(isFree)
  await store.leases.release('reconcile', 'later')
  await store.close()
}

async function prepare(place: Omit<Place, 'databaseUrl'>, databaseUrl: string): Promise<Place> {
  await (await openStore(databaseUrl)).close()
  await addBound(
    databaseUrl,
    Array.from({ length: SIZE }, (_, turn) => turn),
  )
  return { ...place, databaseUrl }
}

/** What was found and what was counted, as it is kept. */
async function readOutcome(databaseUrl: string) {
  const store = await openStore(databaseUrl)
  const findings = await store.reconciles.listFindings({ limit: 99, state: 'open' })
  const run = await store.reconciles.findLast()
  const { domainName } = await store.bindings.find('c-5')
  await store.close()
  const kinds = findings.map(({ id, kind, accountId }) => `${kind} ${accountId} ${id}`)
  return { findings: kinds.toSorted(), state: run?.state, counts: run?.counts, domainName }
}

forEachEngine((engine) => {
  test('killed twice and resumed, reconcile finds and counts what it finds in one go', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'partner-idp-reconcile-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const common = { folder, remote: await serveList(t) }
    const whole = await prepare(common, await freshDatabase(t, engine))
    const broken = await prepare(common, await freshDatabase(t, engine))
    const inOneGo = await start(whole, ['reconcile']).ended

    const first = start(broken, ['reconcile'])
    common.remote.killAtCall(4, first.child)
    const killed = [await first.ended]
    const early = await start(broken, ['reconcile', '--resume']).ended
    await letLeaseRunOut(broken.databaseUrl)
    const second = start(broken, ['reconcile', '--resume'])
    common.remote.killAtCall(3, second.child)
    killed.push(await second.ended)
    await letLeaseRunOut(broken.databaseUrl)
    const resumed = await start(broken, ['reconcile', '--resume']).ended

    assert.deepEqual(
      killed.map(({ signal }) => signal),
      ['SIGKILL', 'SIGKILL'],
    )
    assert.match(early.stderr, /RECONCILE_RUNNING/)
    assert.deepEqual([inOneGo.code, resumed.code], [1, 1], inOneGo.stderr + resumed.stderr)
    const expected = await readOutcome(whole.databaseUrl)
    assert.deepEqual(await readOutcome(broken.databaseUrl), expected)
    assert.equal(expected.state, 'finished')
    assert.equal(expected.findings.length, 5)
    assert.equal(expected.domainName, 'renamed')
  })
})
