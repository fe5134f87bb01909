// The crash matrix of the journey: a process dies of kill -9 at each place that the table of steps has, and
// another takes over. No customer gets two accounts, none is lost, and whatever was told stays true.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { createWithCode, requestCode } from '../../src/accounts/activation.ts'
import type { ActivationDeps } from '../../src/accounts/journey/move.ts'
import { STEPS } from '../../src/accounts/journey/steps.ts'
import { createWorker } from '../../src/accounts/journey/worker.ts'
import { createLog } from '../../src/base/log.ts'
import { systemRandom } from '../../src/base/random.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { activation, addAccount } from '../store/records.ts'
import { forEachEngine, freshDatabase, type Lifetime, type TestEngine } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'
import { type CountingHuawei, partnerAt, startHuawei } from './journey-huawei.ts'
import { listPoints, type Point } from './journey-points.ts'

const PROGRAM = join(import.meta.dirname, 'activation-child.ts')
const HOUR_MS = 3_600_000

/** All points of an engine share a database and a Huawei; each has a customer and an hour of its own. */
type Ground = {
  readonly store: Store
  readonly databaseUrl: string
  readonly huawei: CountingHuawei
  /** How the processes that live on reach it. */
  readonly partner: ActivationDeps['partner']
  /** The folder of Node's compile cache. */
  readonly cache: string
}

type Case = Point & { readonly accountId: string; readonly startMs: number }

async function prepare(test: Lifetime, engine: TestEngine): Promise<Ground> {
  const databaseUrl = await freshDatabase(test, engine)
  const store = await openStore(databaseUrl)
  test.after(() => store.close())
  const kinds = ['created', 'bound'] as const
  const url = 'https://portal.example/hook'
  await store.webhooks.set({ name: 'main', id: 'id', url, kinds, createdAt: NOW })
  const cache = await mkdtemp(join(tmpdir(), 'partner-idp-cache-'))
  test.after(() => rm(cache, { recursive: true, force: true }))
  const huawei = await startHuawei(test)
  const partner = partnerAt(huawei.url)
  test.after(partner.close)
  return { store, databaseUrl, huawei, partner, cache }
}

/** Runs a process until it ends; answers how, and what it has told. */
async function run({ databaseUrl, cache, huawei }: Ground, words: readonly string[]) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', PROGRAM, databaseUrl, huawei.url, ...words],
    // The same program starts many times.
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: cache } },
  )
  const ended = once(child, 'exit')
  const [said, problem] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code, signal] = await ended
  return { said, problem, code, signal }
}

/** Runs a process until it dies; answers what it has told. */
async function runAndDie(ground: Ground, one: Case): Promise<readonly string[]> {
  const { accountId, startMs, by, scenario, boundary } = one
  ground.huawei.play(scenario)
  const words = [accountId, `${startMs}`, by, scenario, boundary]
  const { said, problem, signal } = await run(ground, words)
  ground.huawei.play('normal')
  assert.equal(signal, 'SIGKILL', `${boundary} was not reached: ${said}${problem}`)
  return said.split('\n').slice(0, -1)
}

/** Another process takes over, and ends well. */
async function runOn(
  ground: Ground,
  { accountId, startMs }: Case,
  what: { readonly by: Point['by']; readonly minutes: number },
): Promise<void> {
  const words = [accountId, `${startMs + what.minutes * 60_000}`, what.by, 'normal']
  const { code, problem } = await run(ground, words)
  assert.deepEqual([code, problem], [0, ''])
}

function restarted({ store, partner }: Ground, nowMs: number) {
  return {
    store,
    partner,
    clock: { now: () => new Date(nowMs) },
    random: systemRandom,
    log: createLog('silent'),
    platformId: 'example_IDP',
    record: async () => undefined,
  }
}

/** What an earlier process leaves when it dies after Huawei has done the work. */
async function leaveAsked({ store, huawei }: Ground, { accountId, startMs }: Case): Promise<void> {
  const domainName = `cloud-${accountId}`
  const asked = new Date(startMs)
  huawei.accounts.push({ xAccountId: accountId, id: `d-of-${accountId}`, name: domainName })
  const times = { createAskedAt: asked, resumeAt: asked, startedAt: asked, changedAt: asked }
  const record = activation({ accountId, domainName, step: 'create-asked', ...times })
  await store.activations.move(undefined, record, { outcome: 'asking' })
}

/** What was told must be true before anything else is done. */
async function checkTold({ store }: Ground, { accountId }: Case, told: readonly string[]) {
  const record = await store.activations.find(accountId)
  if (told.includes('code-sent')) assert.notEqual(record, undefined)
  if (!told.includes('bound')) return
  assert.equal(record?.step, 'bound')
  assert.equal((await store.bindings.find(accountId)).state, 'bound')
}

// The first round comes after the lease of the dead has run out; nothing that exists at Huawei is left for
// the next.
async function finishElsewhere(ground: Ground, one: Case): Promise<void> {
  const { accountId } = one
  await runOn(ground, one, { by: 'worker', minutes: 5.5 })
  if (!ground.huawei.accounts.some(({ xAccountId }) => xAccountId === accountId)) return
  assert.equal((await ground.store.activations.find(accountId))?.step, 'bound')
}

/**
 * The worker has its rounds, and the customer comes back if the rest is theirs to do. After each step that
 * was written others are there in programs of their own, elsewhere in this one: that is faster.
 */
async function finish(ground: Ground, one: Case): Promise<void> {
  const { accountId, startMs, boundary, by } = one
  const isElsewhere = by === 'customer' && boundary.endsWith(':write:after')
  if (isElsewhere) await finishElsewhere(ground, one)
  for (const minutes of [6, 20, 40]) {
    await createWorker(restarted(ground, startMs + minutes * 60_000))()
  }
  const record = await ground.store.activations.find(accountId)
  if (record !== undefined && STEPS[record.step].resumedBy !== 'customer') return
  if (isElsewhere) return runOn(ground, one, { by: 'customer', minutes: 50 })
  const account = await ground.store.accounts.find(accountId)
  assert.ok(account !== undefined)
  const deps = restarted(ground, startMs + 50 * 60_000)
  const wish = { domainName: `cloud-${accountId}`, email: `${accountId}@c.example`, area: 'IE' }
  await requestCode(account, wish, deps)
  await createWithCode(account, '123456', deps)
}

/** However a process died, the portal is told once that the account was opened and connected. */
async function checkWebhooks({ store }: Ground, { accountId, startMs }: Case): Promise<void> {
  const now = new Date(startMs + HOUR_MS - 1)
  const turn = { holder: 'test', now, heldUntil: new Date(startMs + 1e9), limit: 100 }
  const events = (await store.deliveries.take(turn)).map(({ eventId, body }) => {
    const { type, data } = JSON.parse(body) as { type: string; data: { accountId: string } }
    return { eventId, is: `${type} ${data.accountId}` }
  })
  assert.deepEqual(events.map(({ is }) => is).toSorted(), [
    `bound ${accountId}`,
    `created ${accountId}`,
  ])
  assert.equal(new Set(events.map(({ eventId }) => eventId)).size, 2)
}

async function checkJourney({ store }: Ground, { accountId }: Case): Promise<void> {
  const journal = await store.activations.listJournal(accountId, 100)
  assert.deepEqual(
    journal.map(({ entry }) => entry),
    journal.map((_, at) => at + 1),
  )
  for (const [at, { step }] of journal.entries()) {
    const before = journal[at - 1]?.step
    // What the test has put there itself has nothing before it.
    const isFirst = at === 0
    assert.ok(isFirst || STEPS[step].after.includes(before), `${before} → ${step}`)
  }
}

forEachEngine((engine) => {
  test('whatever a process dies at, the customer ends with one account, and with the right one', async (t) => {
    const ground = await prepare(t, engine)
    const cases = listPoints().map((point, at) => ({
      ...point,
      accountId: `c-${at}`,
      startMs: NOW.getTime() + at * HOUR_MS,
    }))

    for (const one of cases) {
      await t.test(`${one.by}'s process, at ${one.boundary}`, async () => {
        await addAccount(ground.store, one.accountId)
        if (one.by === 'worker') await leaveAsked(ground, one)
        const told = await runAndDie(ground, one)

        await checkTold(ground, one, told)
        await finish(ground, one)

        const accounts = ground.huawei.accounts.filter(
          ({ xAccountId }) => xAccountId === one.accountId,
        )
        assert.equal(accounts.length, 1)
        const binding = await ground.store.bindings.find(one.accountId)
        assert.deepEqual([binding.state, binding.domainId], ['bound', accounts[0]?.id])
        assert.equal((await ground.store.activations.find(one.accountId))?.step, 'bound')
        await checkJourney(ground, one)
        await checkWebhooks(ground, one)
      })
    }
  })
})
