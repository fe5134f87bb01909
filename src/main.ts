// The front door: load the options, open the store, build the app, listen, and drain on SIGTERM.

import type { ChildProcess } from 'node:child_process'
import type { Logger } from 'pino'
import { type App, createApp } from './app.ts'
import { systemClock } from './base/clock.ts'
import { asRefusal, describe, Refusal } from './base/errors.ts'
import { EXIT } from './base/exit-codes.ts'
import { createLog } from './base/log.ts'
import { systemRandom } from './base/random.ts'
import { type Config, ConfigurationError, loadConfig, processEnvironment } from './config/load.ts'
import { loadParties } from './parties.ts'
import { openKeyring } from './saml/keyring.ts'
import { createSigningKey, hasSigningKey } from './saml/keys.ts'
import {
  learnSandbox,
  makePeople,
  type SandboxPeople,
  startSandboxProgram,
} from './sandbox-mode.ts'
import { describeStart } from './start-text.ts'
import { openStore } from './store/open.ts'
import type { Store } from './store/store.ts'
import { type Listener, listen } from './web/listen.ts'

const TIDY_EVERY_MS = 60_000
const DRAIN_SECONDS = 20

type Running = {
  readonly app: App
  readonly store: Store
  readonly front: Listener
  readonly ops: Listener
  readonly sandbox: ChildProcess | undefined
  readonly stopTidying: () => void
}

async function start(config: Config, log: Logger): Promise<Running> {
  const house = { config, clock: systemClock, random: systemRandom, fetch: globalThis.fetch }
  const store = await openStore(config.databaseUrl, { log })
  const isSandbox = config.site === 'sandbox'
  const sandbox = isSandbox ? await startSandboxProgram(config) : undefined
  let people: SandboxPeople | undefined
  if (isSandbox) {
    people = await makePeople({ ...house, store })
    await learnSandbox({ ...house, store })
    await makeKey(config)
  }
  const keyring = await openKeyring(config, log)
  const now = systemClock.now()
  const parties = await loadParties({ metadataDir: config.metadataDir, store, isSandbox, log, now })
  const app = await createApp({ ...house, store, keyring, parties, log })
  const front = await listen(app.serve, config.listen)
  const ops = await listen(app.serveOps, config.ops)
  const tidy = () => {
    app.tidy().catch((error: unknown) => log.error({ event: 'tidy.failed', err: error }))
  }
  // What a crash has left half-way need not wait another minute.
  tidy()
  const timer = setInterval(tidy, TIDY_EVERY_MS)
  // For whoever has just run `keys activate` and does not want to wait a minute.
  process.on('SIGHUP', tidy)
  process.stdout.write(describeStart(config, people))
  log.info({ event: 'started', url: config.publicUrl, site: config.site, pid: process.pid })
  return { app, store, front, ops, sandbox, stopTidying: () => clearInterval(timer) }
}

async function makeKey({ certsDir, publicUrl, keyAccess }: Config): Promise<void> {
  if (keyAccess.command !== undefined || (await hasSigningKey(certsDir))) return
  const { passphrase } = keyAccess
  const named = { commonName: new URL(publicUrl).hostname, passphrase }
  await createSigningKey(certsDir, { ...named, now: systemClock.now(), random: systemRandom })
}

// What is under way is answered; nobody new is let in.
async function stop(running: Running, log: Logger): Promise<void> {
  log.info({ event: 'stopping' })
  running.stopTidying()
  running.app.leave()
  await running.front.drain(DRAIN_SECONDS)
  await running.ops.drain(1)
  await running.app.finish()
  await running.store.close()
  if (running.sandbox?.connected === true) running.sandbox.disconnect()
  log.info({ event: 'stopped' })
}

function complain(error: unknown): number {
  if (error instanceof ConfigurationError) {
    const lines = error.mistakes.map((mistake) => `  ${mistake}`)
    const hint = 'docs/configuration.md lists every option.'
    process.stderr.write(`The configuration has mistakes:\n${lines.join('\n')}\n${hint}\n`)
    return EXIT.configuration
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const hint = 'Is it running already? Otherwise set PORT, OPS_PORT or SANDBOX_PORT.'
    process.stderr.write(`An address is in use: ${error.message}\n  hint: ${hint}\n`)
    return EXIT.configuration
  }
  const refusal = asRefusal(error)
  const { say, hint } = describe(refusal.code)
  const facts = JSON.stringify(refusal.facts)
  const cause = refusal.cause instanceof Error ? ` (${refusal.cause.message})` : ''
  process.stderr.write(`${refusal.code}: ${say}${cause}\n  facts: ${facts}\n  hint: ${hint}\n`)
  return error instanceof Refusal ? EXIT.configuration : EXIT.fault
}

async function main(): Promise<void> {
  const config = loadConfig(processEnvironment())
  const log = createLog(config.logLevel)
  const running = await start(config, log)
  let isStopping = false
  const end = () => {
    if (isStopping) return
    isStopping = true
    stop(running, log).then(
      () => process.exit(EXIT.done),
      (error: unknown) => {
        log.error({ event: 'stop.failed', err: error })
        process.exit(EXIT.fault)
      },
    )
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  running.sandbox?.once('exit', () => {
    if (!isStopping) log.error({ event: 'sandbox.ended' }, 'the sandbox has ended: start again')
  })
}

try {
  await main()
} catch (error) {
  process.exit(complain(error))
}
