// The OpenAPI document: complete, and without an end that leads nowhere.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildOpenApi } from '../../src/api/openapi.ts'
import { OPERATIONS } from '../../src/api/operations.ts'

type Json = { readonly [name: string]: Json } & { readonly [index: number]: Json }
type OperationJson = Json & { readonly operationId: string }

const DOCUMENT = buildOpenApi('https://sso.partner.example') as unknown as Json

function listOperations(): readonly (readonly [path: string, method: string, OperationJson])[] {
  return Object.entries(DOCUMENT['paths'] ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [path, method, operation as OperationJson] as const,
    ),
  )
}

function listRefs(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) =>
    name === '$ref' ? [String(each)] : listRefs(each),
  )
}

function resolve(ref: string): unknown {
  const steps = ref.replace(/^#\//, '').split('/')
  return steps.reduce<unknown>((at, step) => (at as Json | undefined)?.[step], DOCUMENT)
}

test('the document is OpenAPI 3.1 and says where the API is and how to prove oneself', () => {
  assert.match(String(DOCUMENT['openapi']), /^3\.1\.\d$/)
  assert.deepEqual(DOCUMENT['servers'], [{ url: 'https://sso.partner.example/api/v1' }])
  assert.equal(DOCUMENT['components']?.['securitySchemes']?.['key']?.['scheme'], 'bearer')
  assert.deepEqual(DOCUMENT['security'], [{ key: [] }])
})

test('every operation of the table is in it under its own name, and nothing else', () => {
  const names = listOperations().map(([, , { operationId }]) => operationId)

  assert.deepEqual(names.toSorted(), Object.keys(OPERATIONS).toSorted())
})

test('every reference leads to a schema, and every schema is led to', () => {
  const refs = new Set(listRefs(DOCUMENT))

  for (const ref of refs) assert.ok(resolve(ref) !== undefined, ref)
  const names = Object.keys(DOCUMENT['components']?.['schemas'] ?? {})
  const unused = names.filter((name) => !refs.has(`#/components/schemas/${name}`))
  // Webhooks are not operations, and a list holds its items by value.
  assert.deepEqual(unused, ['WebhookEvent'])
})

test('every operation says what it answers, and the parameters of its path', () => {
  for (const [path, method, operation] of listOperations()) {
    const responses = Object.entries(operation['responses'] ?? {})
    assert.ok(
      responses.some(([status]) => status.startsWith('2')),
      `${method} ${path}`,
    )
    assert.ok(responses.every(([, { description }]) => String(description).length > 3))
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const parameters = Object.values(operation['parameters'] ?? {})
    const inPath = parameters.filter((each) => String(each['in']) === 'path')
    assert.deepEqual(
      inPath.map((each) => String(each['name'])),
      names,
    )
    assert.ok(inPath.every((each) => each['required'] as unknown as boolean))
  }
})

test('bodies are closed: a field that is not described is not taken', () => {
  for (const [path, , { requestBody }] of listOperations()) {
    if (requestBody === undefined) continue
    const [ref = ''] = listRefs(requestBody)
    const schema = resolve(ref) as { type: string; additionalProperties: boolean }
    assert.deepEqual([schema.type, schema.additionalProperties], ['object', false], path)
  }
})
