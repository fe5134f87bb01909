// The whole house on free ports: the product over a fresh database, and the sandbox Huawei Cloud beside it.
// Both go by one clock that tests can move.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { addAccount } from '../../src/accounts/account.ts'
import { type App, createApp } from '../../src/app.ts'
import { addMinutes, type Clock } from '../../src/base/clock.ts'
import { createLog, type Log } from '../../src/base/log.ts'
import { systemRandom } from '../../src/base/random.ts'
import { type Config, loadConfig } from '../../src/config/load.ts'
import { loadParties } from '../../src/parties.ts'
import type { Keyring } from '../../src/saml/keyring.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { learnSandbox } from '../../src/sandbox-mode.ts'
import { hashPassword } from '../../src/signin/password.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { listen } from '../../src/web/listen.ts'
import type { Lifetime } from './engines.ts'
import { fixedKeyring } from './fixed.ts'

export type MovableClock = Clock & { readonly advance: (minutes: number) => void }

export type House = {
  readonly url: string
  readonly opsUrl: string
  readonly sandbox: Sandbox
  readonly store: Store
  readonly config: Config
  readonly clock: MovableClock
  readonly app: App
  /** Every log line so far, as objects. */
  readonly log: () => readonly Record<string, unknown>[]
}

type Variables = Readonly<Record<string, string>>

export type HouseOptions = {
  readonly databaseUrl: string
  /** Further options of the product, by their names; some name the sandbox. */
  readonly environment?: Variables | ((sandboxUrl: string) => Variables)
  /** The keys; those of the tests unless told otherwise. */
  readonly keyring?: (log: Log) => Promise<Keyring>
  /** Called before every call that the product makes to others. */
  readonly onFetch?: (url: string) => void
}

/** The customer, who is known here and at the portal, and the operator. */
export const CUSTOMER = {
  login: 'customer',
  password: 'customer-password-1',
  accountId: 'C-10001',
  name: 'sample-customer',
  email: 'customer@example.com',
} as const

export const OPERATOR = { login: 'operator', password: 'operator-password-1' } as const

function movableClock(): MovableClock {
  let now = new Date()
  return {
    now: () => now,
    advance: (minutes) => {
      now = addMinutes(now, minutes)
    },
  }
}

/** Starts everything and stops it when the test ends. */
export async function startHouse(test: Lifetime, options: HouseOptions): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-house-'))
  const clock = movableClock()
  let serve: RequestListener | undefined
  let serveOps: RequestListener | undefined
  const free = { host: '127.0.0.1', port: 0 }
  const front = await listen((request, response) => serve?.(request, response), free)
  const ops = await listen((request, response) => serveOps?.(request, response), free)
  const url = `http://localhost:${front.port}`
  const open: { sandbox?: Sandbox; store?: Store } = {}
  // Said before anything can fail: a listener that nobody closes keeps the test file alive.
  test.after(async () => {
    await Promise.all([front.drain(1), ops.drain(1), open.sandbox?.stop()])
    await open.store?.close()
    await rm(folder, { recursive: true, force: true })
  })
  await mkdir(join(folder, 'metadata'))
  await writeFile(join(folder, 'people.json'), JSON.stringify({ people: [CUSTOMER] }))
  const sandbox = await startSandbox(
    { ...free, idpUrl: url, dataDir: folder },
    { clock, logLevel: 'silent' },
  )
  open.sandbox = sandbox
  const { environment } = options
  const config = loadConfig({
    PUBLIC_URL: url,
    SANDBOX_URL: sandbox.url,
    DATABASE_URL: options.databaseUrl,
    METADATA_DIR: join(folder, 'metadata'),
    // Comparing goes on in the background; a test that is about it says when.
    RECONCILE_HOURS: '0',
    ...(typeof environment === 'function' ? environment(sandbox.url) : environment),
  })

  const store = await openStore(config.databaseUrl)
  open.store = store
  const { stream, lines } = collectLines()
  const log = createLog('info', stream)
  const watchedFetch: typeof fetch = (input, init) => {
    options.onFetch?.(String(input))
    return fetch(input, init)
  }
  const calls = {
    fetch: watchedFetch,
    partnerFetch: watchedFetch,
    // The clock stands still, so that waiting must move it, or the next caller would wait longer.
    sleep: async (ms: number) => clock.advance(ms / 60_000),
  }
  const deps = { config, store, clock, random: systemRandom, ...calls, log }
  await learnSandbox(deps)
  await addPeople(store, clock)
  const parties = await loadParties({
    metadataDir: config.metadataDir,
    store,
    isSandbox: true,
    log,
    now: clock.now(),
  })
  const openKeys = options.keyring ?? (() => fixedKeyring())
  const app = await createApp({ ...deps, parties, keyring: await openKeys(log) })
  serve = app.serve
  serveOps = app.serveOps

  const opsUrl = `http://127.0.0.1:${ops.port}`
  return { url, opsUrl, sandbox, store, config, clock, app, log: lines }
}

async function addPeople(store: Store, clock: Clock): Promise<void> {
  const known = await store.accounts.find(CUSTOMER.accountId)
  if (known !== undefined) return
  const passwordHash = await hashPassword(CUSTOMER.password)
  await addAccount({ ...CUSTOMER, passwordHash }, { accounts: store.accounts, clock })
  await store.operators.add({
    login: OPERATOR.login,
    passwordHash: await hashPassword(OPERATOR.password),
    isEnabled: true,
    createdAt: clock.now(),
  })
}

function collectLines() {
  const stream = new PassThrough()
  const chunks: string[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')))
  const lines = () => {
    const text = chunks.join('').split('\n')
    return text
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }
  return { stream, lines }
}
