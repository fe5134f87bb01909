// The program behind `npm run cli`: the process's own arguments, streams, time and network.

import { userInfo } from 'node:os'
import { systemClock } from '../base/clock.ts'
import { EXIT } from '../base/exit-codes.ts'
import { systemRandom } from '../base/random.ts'
import { processEnvironment } from '../config/load.ts'
import { systemNetwork } from '../metadata/network.ts'
import { systemSleep } from '../partner/sleep.ts'
import { systemConnect } from './doctor/connect.ts'
import { runCli } from './run-cli.ts'

// Whoever reads us may stop early, as `head` does; that is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.fault)
})

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: processEnvironment(),
  user: userInfo().username,
  clock: systemClock,
  random: systemRandom,
  fetch: globalThis.fetch,
  sleep: systemSleep,
  network: systemNetwork,
  connect: systemConnect,
  interruption: () => {
    const controller = new AbortController()
    process.once('SIGINT', () => controller.abort())
    return controller.signal
  },
})
