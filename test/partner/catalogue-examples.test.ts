// Huawei's own examples, in examples/: one request and one answer for every operation. They are repaired
// where print broke them, stars are replaced by plausible values, and nulls that mean "absent" are left
// out. Where print lost an answer, one is made of the examples in its table.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Big } from 'big.js'
import { CATALOGUE } from '../../src/partner/catalogue/index.ts'
import { type Field, resultFields } from '../../src/partner/field.ts'
import { type AnyOperation, placeOf } from '../../src/partner/operation.ts'

type Fields = Readonly<Record<string, unknown>>

/** The response of an answer without a body is null. */
type Example = { readonly request: Fields; readonly url: string; readonly response: Fields | null }

const FOLDER = new URL('examples/', import.meta.url)

const EXAMPLES: readonly (readonly [name: string, example: Example])[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => Object.entries(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))))

const ROWS: Readonly<Record<string, AnyOperation>> = CATALOGUE

test('every operation has an example', () => {
  const names = EXAMPLES.map(([name]) => name)

  assert.deepEqual(names.sort(), Object.keys(CATALOGUE).sort())
})

for (const [name, { request, url, response }] of EXAMPLES) {
  const row = ROWS[name] ?? assert.fail(`no operation ${name}`)

  test(`${name} sends what Huawei's example sends`, () => {
    const input = row.input.parse(request)

    const sent = plainFields(input)
    const query = new URLSearchParams(textsOf(pick(sent, row, 'query')))
    const printed = new URL(url, 'https://bss.example.com')
    assert.equal(fillPath(row, sent), printed.pathname)
    assert.deepEqual([...query].sort(), [...printed.searchParams].sort())
    assert.deepEqual(pick(sent, row, 'body'), pick(request, row, 'body'))
  })

  test(`${name} reads what Huawei's example answers, with every field and every digit`, () => {
    const result: unknown = row.result.parse(response ?? undefined)

    assert.deepEqual(lost(response, result, name), [])
    assert.deepEqual(unknownFields(response, resultFields(row), name), [])
  })
}

function pick(fields: Fields, row: AnyOperation, place: 'path' | 'query' | 'body'): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([field]) => placeOf(row, field) === place),
  )
}

function fillPath({ path }: AnyOperation, fields: Fields): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, field: string) => String(fields[field]))
}

function textsOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
}

// Decimals as the numbers that go out; the examples have none that a number could not hold.
function plain(value: unknown): unknown {
  if (value instanceof Big) return value.toNumber()
  if (Array.isArray(value)) return value.map(plain)
  return isFields(value) ? plainFields(value) : value
}

function plainFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, plain(each)]))
}

/** The paths of what an example has and the result that was read from it has not. */
function lost(example: unknown, read: unknown, path: string): readonly string[] {
  if (isEmpty(example)) return isEmpty(read) ? [] : [path]
  if (isFields(example)) {
    return Object.entries(example).flatMap(([name, each]) =>
      lost(each, isFields(read) ? read[name] : undefined, `${path}.${name}`),
    )
  }
  if (Array.isArray(example)) {
    if (!Array.isArray(read) || read.length !== example.length) return [path]
    return example.flatMap((each, index) => lost(each, read[index], `${path}[${index}]`))
  }
  return isSame(String(example), read) ? [] : [path]
}

function isSame(example: string, read: unknown): boolean {
  if (read instanceof Big) return read.eq(example)
  if (read instanceof Date) return read.getTime() === new Date(example).getTime()
  if (typeof read === 'boolean') return read === ['true', '1'].includes(example)
  if (isFields(read) && 'zone' in read) return read['day'] === example
  return String(read) === example
}

// What Huawei sends for "nothing" reads as nothing.
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** The paths of what an example has and the schema of the result does not name. */
function unknownFields(
  example: unknown,
  fields: readonly Field[],
  path: string,
): readonly string[] {
  if (Array.isArray(example)) return example.flatMap((each) => unknownFields(each, fields, path))
  if (!isFields(example)) return []
  return Object.entries(example).flatMap(([name, each]) => {
    const field = fields.find((known) => known.name === name)
    if (field !== undefined) return unknownFields(each, field.fields, `${path}.${name}`)
    // Huawei's answer of success may carry its words for it.
    return ['error_code', 'error_msg'].includes(name) ? [] : [`${path}.${name}`]
  })
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
