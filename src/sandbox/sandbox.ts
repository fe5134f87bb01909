// The sandbox as one thing that starts and stops: a Huawei Cloud and a partner portal on one port,
// with its keys and memory in one folder. It guards nothing; it is for trying out and for tests.

import { mkdirSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { setTimeout as sleepMs } from 'node:timers/promises'
import { type Clock, systemClock } from '../base/clock.ts'
import { createLog } from '../base/log.ts'
import { type Random, systemRandom } from '../base/random.ts'
import { speakOnly } from '../web/language.ts'
import { listen } from '../web/listen.ts'
import { createServer } from '../web/server.ts'
import { FRESH_STATE } from './accounts.ts'
import { addFault } from './api/waiting-faults.ts'
import { openPortalKey, openSpKey } from './keys.ts'
import { sandboxRoutes } from './routes.ts'
import type { ScenarioName } from './scenarios.ts'
import { openState, type State, type WaitingFault } from './state.ts'

/** Where everything is. */
export type SandboxSettings = {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** The sandbox as browsers see it; its own host and port if absent. */
  readonly url?: string
  /** The identity provider as browsers see it. */
  readonly idpUrl: string
  /** The identity provider as this program reaches it, if that differs. */
  readonly idpBackUrl?: string
  readonly dataDir: string
  /** Whether a new sandbox refuses more calls a second than Huawei takes; not so if absent. */
  readonly isThrottling?: boolean
}

/** What tests replace. */
export type SandboxMachine = {
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof fetch
  readonly sleep: (seconds: number) => Promise<void>
  readonly logLevel: string
}

/** A sandbox that runs. */
export type Sandbox = {
  readonly url: string
  readonly port: number
  readonly readState: () => State
  readonly setScenario: (name: ScenarioName) => void
  /** Spoils the next calls of an operation of the partner API. */
  readonly addFault: (fault: WaitingFault) => void
  readonly setThrottling: (isThrottling: boolean) => void
  /** Has Huawei Cloud know one more account, whoever made it. */
  readonly addAccount: (account: State['accounts'][number]) => void
  readonly stop: () => Promise<void>
}

const REAL: SandboxMachine = {
  clock: systemClock,
  random: systemRandom,
  fetch: globalThis.fetch,
  // A call that is still being slow must not keep a stopped program alive.
  sleep: (seconds) => sleepMs(seconds * 1000, undefined, { ref: false }),
  logLevel: 'warn',
}

const GRACE_SECONDS = 2

/** Starts it. Rejects when the port is taken or the folder cannot be used. */
export async function startSandbox(
  settings: SandboxSettings,
  replaced: Partial<SandboxMachine> = {},
): Promise<Sandbox> {
  const { logLevel, ...machine } = { ...REAL, ...replaced }
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 })
  const throttling = settings.isThrottling ?? false
  const state = openState(settings.dataDir, { ...FRESH_STATE, throttling })
  const spKey = await openSpKey(settings.dataDir, machine)
  const portalKey = await openPortalKey(settings.dataDir)

  // The address is known once the port is, and every message names the address.
  let app: RequestListener | undefined
  const listener = await listen((request, response) => app?.(request, response), settings)
  const url = settings.url ?? `http://${settings.host}:${listener.port}`
  const { idpUrl, idpBackUrl = idpUrl, dataDir } = settings
  const routes = sandboxRoutes({
    ...machine,
    url,
    idpUrl,
    idpBackUrl,
    dataDir,
    spKey,
    portalKey,
    state,
  })
  const isHttps = url.startsWith('https:')
  const log = createLog(logLevel)
  app = createServer({ log, random: machine.random, isHttps, trustProxy: 0 }, [
    speakOnly('en'),
    routes,
  ])

  return {
    url,
    port: listener.port,
    readState: state.read,
    setScenario: (scenario) => state.change({ scenario }),
    addFault: (fault) => addFault(fault, { state }),
    setThrottling: (isThrottling) => state.change({ throttling: isThrottling }),
    addAccount: (account) => state.change({ accounts: [...state.read().accounts, account] }),
    stop: () => listener.drain(GRACE_SECONDS),
  }
}
