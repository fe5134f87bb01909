// The sandbox as a program: options in, an address out. Ends on SIGTERM, SIGINT, or when the program
// that started it goes away. Reads no environment.

import { parseArgs } from 'node:util'
import { EXIT } from '../base/exit-codes.ts'
import { type SandboxSettings, startSandbox } from './sandbox.ts'

const USAGE = `usage: node src/sandbox/main.ts [options]
  --host HOST         address to listen on (127.0.0.1)
  --port PORT         port to listen on (4000)
  --url URL           the sandbox as browsers see it (http://HOST:PORT)
  --idp-url URL       the identity provider as browsers see it (http://localhost:3000)
  --idp-back-url URL  the identity provider as the sandbox reaches it (the same)
  --data FOLDER       where keys and state are kept (data/sandbox)
`

const OPTIONS = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '4000' },
  url: { type: 'string' },
  'idp-url': { type: 'string', default: 'http://localhost:3000' },
  'idp-back-url': { type: 'string' },
  data: { type: 'string', default: 'data/sandbox' },
} as const

class UsageError extends Error {}

function readSettings(): SandboxSettings {
  let values: ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']
  try {
    values = parseArgs({ options: OPTIONS }).values
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
  const port = Number(values.port)
  if (!/^\d{1,5}$/.test(values.port) || port > 65535) {
    throw new UsageError(`--port: must be a whole number to 65535, but is "${values.port}"`)
  }
  const url = readUrl('--url', values.url)
  const idpBackUrl = readUrl('--idp-back-url', values['idp-back-url'])
  return {
    host: values.host,
    port,
    idpUrl: readUrl('--idp-url', values['idp-url']) ?? '',
    dataDir: values.data,
    ...(url === undefined ? {} : { url }),
    ...(idpBackUrl === undefined ? {} : { idpBackUrl }),
  }
}

function readUrl(option: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  if (!/^https?:$/.test(URL.parse(value)?.protocol ?? '')) {
    throw new UsageError(`${option}: must be an http(s) URL, but is "${value}"`)
  }
  return value.replace(/\/+$/, '')
}

async function main(): Promise<void> {
  const sandbox = await startSandbox({ ...readSettings(), isThrottling: true })
  const end = async () => {
    await sandbox.stop()
    process.exit(EXIT.done)
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  process.once('disconnect', end)
  // Whoever started it as a part of something else tells people in their own words.
  if (process.send === undefined) process.stderr.write(`sandbox: ${sandbox.url}/sandbox\n`)
  else process.send({ kind: 'ready', url: sandbox.url })
}

try {
  await main()
} catch (error) {
  const isUsage = error instanceof UsageError
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`sandbox: ${message}\n${isUsage ? USAGE : ''}`)
  process.exit(isUsage ? EXIT.usage : EXIT.fault)
}
