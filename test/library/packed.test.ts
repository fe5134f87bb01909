// The library as other people get it: packed, unpacked into a plain project beside nothing but the
// packages that it declares, compiled strictly and run.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'

const ROOT = join(import.meta.dirname, '../..')
const NAME = 'huaweicloud-partner-idp'

const WRONG: readonly { readonly title: string; readonly code: string; readonly error: RegExp }[] =
  [
    {
      title: 'a field that the operation does not have',
      code: 'await client.queryCustomers({ custmer_id: "a" })',
      error: /custmer_id/,
    },
    {
      title: 'a value of the wrong type',
      code: 'await client.queryCustomers({ limit: "many" })',
      error: /string.*number/s,
    },
    {
      title: 'a value outside an enumeration',
      code: 'await client.checkIdentity({ search_type: "phone", search_value: "1" })',
      error: /phone/,
    },
    {
      title: 'an operation of the customer without the customer',
      code: 'await client.payOrder({ order_id: "o", use_coupon: "NO", use_discount: "NO" })',
      error: /Expected 2 arguments/,
    },
    {
      title: 'walking an operation that is no list',
      code: 'client.createCustomer.all({})',
      error: /'all' does not exist/,
    },
  ]

function programOf({ code }: { readonly code: string }): string {
  return `${CLIENT}\n${code}\n`
}

const CLIENT = `import { createPartnerClient } from '${NAME}/partner'
const client = createPartnerClient({
  site: 'europe',
  key: { kind: 'access-key', accessKey: 'AK', secretKey: 'SK' },
})`

let project: string
/** What the compiler says of the examples and of the wrong programs; once, because it takes its time. */
let complaints: string

before(() => {
  project = mkdtempSync(join(tmpdir(), 'partner-library-'))
  const copy = copyRepository(project)
  const packed = run('npm', ['pack', '--silent', '--pack-destination', project], copy)
  assert.equal(packed.status, 0, packed.stderr)
  rmSync(copy, { recursive: true })
  install(join(project, packed.stdout.trim()))
  complaints = compile({ ...named('example', examples()), ...named('wrong', WRONG.map(programOf)) })
})

after(() => rmSync(project, { recursive: true, force: true }))

// Packing swaps package.json for a moment, which other tests that read it must not see.
function copyRepository(folder: string): string {
  const copy = join(folder, 'repository')
  mkdirSync(copy)
  for (const name of ['src', 'scripts', 'package.json', 'README.md', 'LICENSE']) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true })
  }
  for (const name of readdirSync(ROOT).filter((each) => /^tsconfig.*\.json$/.test(each))) {
    cpSync(join(ROOT, name), join(copy, name))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

function install(tarball: string): void {
  const home = join(project, 'node_modules', NAME)
  mkdirSync(home, { recursive: true })
  const unpacked = run('tar', ['-xzf', tarball, '--strip-components=1', '-C', home], project)
  assert.equal(unpacked.status, 0, unpacked.stderr)
  const { dependencies } = readManifest(home)
  for (const name of withTheirs(Object.keys(dependencies))) link(name)
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n')
}

type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>
  readonly bin?: unknown
}

function readManifest(folder: string): Manifest {
  // The cast holds for what npm wrote.
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  return { ...manifest, dependencies: manifest.dependencies ?? {} }
}

function withTheirs(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (name: string) => {
    if (found.has(name)) return
    found.add(name)
    Object.keys(readManifest(join(ROOT, 'node_modules', name)).dependencies).forEach(add)
  }
  names.forEach(add)
  return found
}

function link(name: string): void {
  const path = join(project, 'node_modules', name)
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules', name), path)
}

function run(command: string, args: readonly string[], cwd: string) {
  return spawnSync(command, args, { cwd, encoding: 'utf8' })
}

// In a project of the strictest settings that knows nothing of Node: what the compiler says, by file.
function compile(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(project, 'compile-'))
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code)
  const compilerOptions = {
    ...{ noEmit: true, strict: true, exactOptionalPropertyTypes: true },
    ...{ noUncheckedIndexedAccess: true, target: 'es2023', module: 'nodenext', types: [] },
    lib: ['es2024', 'dom', 'dom.asynciterable'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  return run(process.execPath, [compiler, '-p', folder], folder).stdout
}

test('nothing of the service comes along: no Express, no database, no SAML', () => {
  const installed = readdirSync(join(project, 'node_modules'))

  assert.deepEqual(installed.sort(), ['@types', 'big.js', NAME, 'undici', 'zod'])
  assert.equal(readManifest(join(project, 'node_modules', NAME)).bin, undefined)
})

test('the tarball holds compiled files and declarations, and no source of the service', () => {
  const files = readdirSync(join(project, 'node_modules', NAME, 'dist'), {
    recursive: true,
    encoding: 'utf8',
  })

  const rooms = new Set(files.map((file) => file.split('/')[0]))
  assert.deepEqual([...rooms].sort(), ['base', 'partner'])
  assert.ok(existsSync(join(project, 'node_modules', NAME, 'dist/partner/index.d.ts')))
})

function named(kind: string, programs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(programs.map((code, at) => [`${kind}-${at}.ts`, code]))
}

function complaintsOf(start: string): readonly string[] {
  return complaints.split(/^(?=\S+\.ts\()/m).filter((each) => each.startsWith(start))
}

// The code blocks of the pages that show how to use the library, each a program of its own.
function examples(): readonly string[] {
  const pages = ['README.md', 'docs/library.md'].map((path) =>
    readFileSync(join(ROOT, path), 'utf8'),
  )
  return [...pages.join('\n').matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)
}

test('every example of docs/library.md compiles in a strict project, declarations checked too', () => {
  assert.ok(examples().length > 3)
  assert.deepEqual(complaintsOf('example-'), [])
})

test('what is wrong does not compile, and the compiler says why', () => {
  for (const [at, { title, error }] of WRONG.entries()) {
    assert.match(complaintsOf(`wrong-${at}.`).join(''), error, title)
  }
})

test('a plain JavaScript program calls an operation', async (context) => {
  const server = createServer((request, response) => {
    request.resume()
    response.setHeader('Content-Type', 'application/json')
    response.end(
      JSON.stringify({ count: 1, customer_infos: [{ customer_id: 'd1', xaccount_id: 'c1' }] }),
    )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  context.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  writeFileSync(
    join(project, 'program.js'),
    `import { createPartnerClient } from '${NAME}/partner'
const client = createPartnerClient({
  bssUrl: '${url}',
  iamUrl: '${url}',
  key: { kind: 'access-key', accessKey: 'AK', secretKey: 'SK' },
})
for await (const customer of client.queryCustomers.all()) process.stdout.write(customer.customer_id)
await client.close()
`,
  )

  const child = spawn(process.execPath, ['program.js'], { cwd: project })
  let written = ''
  let wrong = ''
  child.stdout.on('data', (chunk: Buffer) => {
    written += String(chunk)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    wrong += String(chunk)
  })
  const exitCode = await new Promise((resolve) => {
    child.on('close', resolve)
  })

  assert.deepEqual([written, wrong, exitCode], ['d1', '', 0])
})
