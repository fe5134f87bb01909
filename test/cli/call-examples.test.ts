// Every operation from the command line, with the example that Huawei's reference prints for it.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { findRow } from '../../src/partner/catalogue/groups.ts'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import { inputFields } from '../../src/partner/field.ts'
import { type AnyOperation, placeOf } from '../../src/partner/operation.ts'
import { huawei } from './huawei.ts'
import { startShell } from './start.ts'

type Example = {
  readonly request: Readonly<Record<string, unknown>>
  readonly url: string
  readonly response: object | null
}

const FOLDER = new URL('../partner/examples/', import.meta.url)

const EXAMPLES: readonly (readonly [string, Example])[] = readdirSync(FOLDER).flatMap((file) => {
  return Object.entries<Example>(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')))
})

function getRow(name: string): AnyOperation {
  const found = findRow(name)
  assert.ok(found, name)
  return found.row
}

/** What an operation needs besides its fields. */
function wordsBeside(row: AnyOperation): readonly string[] {
  return [
    ...(row.caller === 'customer' ? ['--customer', 'sample-customer'] : []),
    ...(row.confirm === undefined ? [] : ['--yes']),
  ]
}

/** The fields as flags, and those that have none as the JSON of standard input. */
function wordsOf(row: AnyOperation, request: Example['request']) {
  const given = inputFields(row).filter(({ name }) => request[name] !== undefined)
  const words = given.flatMap(({ name, kind, isList, isSecret }) => {
    const value = request[name]
    const values = isList && kind !== 'object' && Array.isArray(value) ? value : [value]
    const texts = values.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
    return isSecret ? [] : texts.flatMap((text) => [`--${name.replaceAll('_', '-')}`, text])
  })
  const secrets = given.flatMap(({ name, isSecret }) => (isSecret ? [[name, request[name]]] : []))
  return { words, stdin: JSON.stringify(Object.fromEntries(secrets)) }
}

function fieldsAt(row: AnyOperation, request: Example['request'], place: 'body' | 'query') {
  const found = Object.entries(request).filter(([name]) => placeOf(row, name) === place)
  return Object.fromEntries(found)
}

test('there is an example of every operation', () => {
  const names = EXAMPLES.map(([name]) => name)

  assert.deepEqual(names.toSorted(), Object.keys(CATALOGUE).toSorted())
})

for (const [name, { request, url, response }] of EXAMPLES) {
  for (const way of ['flags', '--json'] as const) {
    test(`${name} sends Huawei's own example, given by ${way}`, async (t) => {
      const row = getRow(name)
      const shell = await startShell(t)
      const remote = huawei([response ?? undefined])
      const byFlags = wordsOf(row, request)
      const given = way === 'flags' ? byFlags : { words: [], stdin: JSON.stringify(request) }
      const words = ['call', name, ...given.words, '--json', '-', ...wordsBeside(row)]

      const ran = await shell.run(words, { ...remote, stdin: given.stdin })

      assert.equal(ran.exitCode, 0, ran.stderr)
      const [asked, ...more] = remote.asked
      assert.deepEqual(more, [])
      const expected = new URL(url, 'https://bss.example.com')
      assert.equal(asked?.method, row.method)
      assert.ok(asked.url.pathname.endsWith(expected.pathname), asked.url.pathname)
      assert.deepEqual(
        [...asked.url.searchParams].toSorted(),
        Object.entries(fieldsAt(row, request, 'query'))
          .flatMap(([field, value]) => [value].flat().map((each) => [field, String(each)]))
          .toSorted(),
      )
      const hasBody = row.method === 'POST' || row.method === 'PUT'
      assert.deepEqual(asked.body, hasBody ? fieldsAt(row, request, 'body') : undefined)
      assert.equal(JSON.parse(ran.stdout) === null, response === null)
    })
  }

  test(`${name} is a table for whoever sits at a terminal`, async (t) => {
    const row = getRow(name)
    const shell = await startShell(t)
    const remote = huawei([response ?? undefined])
    const { words, stdin } = wordsOf(row, request)
    const argv = ['call', name, ...words, '--json', '-', ...wordsBeside(row)]

    const ran = await shell.run(argv, { ...remote, stdin, isTTY: true })

    assert.equal(ran.exitCode, 0, ran.stderr)
    assert.doesNotMatch(ran.stdout, /\[object|undefined|NaN/)
    assert.ok(ran.stdout.split('\n').every((line) => line.length <= 200))
    assert.notEqual(ran.stdout, '')
  })

  test(`${name} has a help that names every field but secrets`, async (t) => {
    const row = getRow(name)
    const shell = await startShell(t)

    const ran = await shell.run(['call', name, '--help'])

    assert.deepEqual([ran.exitCode, ran.stderr], [0, ''])
    for (const { name: field, isSecret } of inputFields(row)) {
      const flag = new RegExp(`^  --${field.replaceAll('_', '-')} <(VALUE|JSON)>`, 'm')
      assert.equal(flag.test(ran.stdout), !isSecret, field)
    }
  })
}
