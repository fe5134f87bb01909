// Sandbox mode: nothing is configured, and the whole of it runs. Starts the sandbox Huawei Cloud as a
// program of its own, learns its metadata, and makes a customer and an operator to try things with.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addAccount } from './accounts/account.ts'
import type { Clock } from './base/clock.ts'
import { Refusal } from './base/errors.ts'
import type { Random } from './base/random.ts'
import type { Config } from './config/load.ts'
import { hashPassword } from './signin/password.ts'
import type { Store } from './store/store.ts'

/** Where the sandbox and its made-up people live. */
export const SANDBOX_FOLDER = 'data/sandbox'

const PEOPLE_FILE = 'people.json'

/** Who can sign in, as the start-up text tells it. */
export type SandboxPeople = {
  readonly customer: { readonly login: string; readonly password: string }
  readonly operator: { readonly login: string; readonly password: string }
}

export type SandboxDeps = {
  readonly config: Config
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof fetch
}

const READY_MS = 30_000
const METADATA_MS = 10_000
const METADATA_BYTES = 100_000

/**
 * Starts the sandbox program unless SANDBOX_URL names one that runs. It ends with this process, by the
 * channel between the two, however this process ends.
 */
export async function startSandboxProgram(config: Config): Promise<ChildProcess | undefined> {
  if (!config.sandbox.isOurs) return undefined
  const program = fileURLToPath(new URL('./sandbox/main.ts', import.meta.url))
  const options = {
    '--host': '127.0.0.1',
    '--port': String(config.sandbox.port),
    '--url': config.huawei.authUrl,
    '--idp-url': config.publicUrl,
    '--idp-back-url': `http://${config.listen.host}:${config.listen.port}`,
    '--data': SANDBOX_FOLDER,
  }
  const args = ['--disable-warning=ExperimentalWarning', program, ...Object.entries(options).flat()]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(failed('it did not get ready')), READY_MS)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      child.removeAllListeners()
      settle()
    }
    child.once('message', () => end(resolve))
    child.once('error', (error) => end(() => reject(failed('it could not be started', error))))
    child.once('exit', (code) => end(() => reject(failed(`it ended with exit code ${code}`))))
  })
  return child
}

function failed(problem: string, cause?: unknown): Error {
  return new Error(`the sandbox Huawei Cloud cannot run: ${problem}`, { cause })
}

/** Takes the sandbox's SP metadata into our own store. */
export async function learnSandbox({ config, store, clock, fetch }: SandboxDeps): Promise<void> {
  const url = `${config.sandbox.url}/authui/saml/metadata.xml`
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(METADATA_MS) })
  const xml = await answer.text()
  if (!answer.ok || xml.length > METADATA_BYTES) {
    throw new Refusal('METADATA_UNUSABLE', { url, status: answer.status })
  }
  await store.parties.save('sandbox', xml, clock.now())
}

/** The customer and the operator, made at the first start and the same from then on. */
export async function makePeople(deps: SandboxDeps): Promise<SandboxPeople> {
  const people = await readPeople(SANDBOX_FOLDER, deps.random)
  const { customer, operator } = people
  const { accounts, operators } = deps.store
  const known = await accounts.findByLogin(customer.login)
  const passwordHash = await hashPassword(customer.password)
  if (known === undefined) {
    await addAccount({ ...customer, passwordHash }, { accounts, clock: deps.clock })
  } else {
    await accounts.setPassword(known.accountId, passwordHash)
  }
  const createdAt = deps.clock.now()
  const ofOperator = await hashPassword(operator.password)
  const record = { login: operator.login, passwordHash: ofOperator, isEnabled: true, createdAt }
  if (!(await operators.add(record))) await operators.setPassword(operator.login, ofOperator)
  return people
}

type Person = {
  readonly login: string
  readonly password: string
  readonly accountId: string
  readonly name: string
  readonly email: string
}

type PeopleFile = {
  readonly people: readonly Person[]
  readonly operator: SandboxPeople['operator']
}

// Passwords drawn once: one that everybody knows would be an open door on a machine that is not alone.
async function readPeople(folder: string, random: Random) {
  const path = join(folder, PEOPLE_FILE)
  const found = await readFile(path, 'utf8').catch(() => undefined)
  const file = found === undefined ? drawPeople(random) : (JSON.parse(found) as PeopleFile)
  const [customer] = file.people
  if (customer === undefined) throw failed(`${path} holds no person; remove the file`)
  if (found === undefined) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(`${path}.new`, JSON.stringify(file, null, 2), { mode: 0o600 })
    await rename(`${path}.new`, path)
  }
  return { customer, operator: file.operator }
}

function drawPeople(random: Random): PeopleFile {
  const customer = {
    login: 'customer',
    password: drawPassword(random),
    accountId: 'C-10001',
    name: 'sample-customer',
    email: 'customer@example.com',
  }
  return {
    people: [customer],
    operator: { login: 'operator', password: drawPassword(random) },
  }
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

// 16 letters of 31: 79 bits, and easy to type.
function drawPassword(random: Random): string {
  const letters = [...random.bytes(16)].map((byte) => LETTERS[byte % LETTERS.length])
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-')
}
