// The table in, an OpenAPI 3.1 document out. Its schemas are those that check requests.

import { z } from 'zod'
import type { ErrorCode } from '../base/error-codes.ts'
import { describe } from '../base/errors.ts'
import { errorsOf, isWrite, type Operation } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { NAMED } from './schemas.ts'
import { SCOPES } from './scopes.ts'

type Json = Readonly<Record<string, unknown>>

const VERSION = '1.0.0'
const SCHEMAS = '#/components/schemas/'

/** The document of an installation. */
export function buildOpenApi(publicUrl: string): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Portal API of the Huawei Cloud partner identity provider',
      version: VERSION,
      description: `Scopes: ${Object.entries(SCOPES)
        .map(([name, meaning]) => `\`${name}\` ${meaning}`)
        .join(' ')}`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    security: [{ key: [] }],
    paths: buildPaths(),
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'A key of `partner-idp api-keys add`.',
        },
      },
      schemas: buildSchemas(),
    },
  }
}

function buildSchemas(): Json {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `${SCHEMAS}${id}`, io: 'input' })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema]),
  )
}

function buildPaths(): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const [name, row] of Object.entries<Operation>(OPERATIONS)) {
    const methods = paths[row.path] ?? {}
    paths[row.path] = { ...methods, [row.method.toLowerCase()]: buildOperation(name, row) }
  }
  return paths
}

function buildOperation(name: string, row: Operation): Json {
  const { summary, note, scope, body } = row
  const parameters = [
    ...listParameters(row.params, 'path'),
    ...listParameters(row.query, 'query'),
    ...(isWrite(row) ? [IDEMPOTENCY_KEY] : []),
  ]
  return {
    operationId: name,
    summary,
    description: [note, `Scope: \`${scope}\`.`].filter((text) => text !== undefined).join(' '),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: buildResponses(row),
  }
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Makes it safe to repeat the request: for 24 hours it is answered alike.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const

function listParameters(schema: z.ZodObject, place: 'path' | 'query'): readonly Json[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = typeof property === 'object' ? property : {}
    const required = place === 'path'
    return { name, in: place, required, ...(description && { description }), schema: rest }
  })
}

function buildResponses(row: Operation): Json {
  const good = row.statuses.map((status) => {
    const content = row.result === undefined ? {} : { content: json(row.result) }
    return [String(status), { description: GOOD[status] ?? 'Done.', ...content }] as const
  })
  const codes = Map.groupBy(errorsOf(row), (code) => describe(code).http)
  const bad = [...codes].map(([status, group]) => {
    return [
      String(status),
      { description: listCodes(group), content: json(NAMED.Problem) },
    ] as const
  })
  return Object.fromEntries([...good, ...bad])
}

const GOOD: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Asked for; the outcome is not known yet.',
  204: 'Done; there is nothing to tell.',
}

function listCodes(codes: readonly ErrorCode[]): string {
  return codes.map((code) => `\`${code}\`: ${describe(code).say}`).join(' ')
}

function json(schema: z.ZodType): Json {
  const found = Object.entries(NAMED).find(([, named]) => named === schema)
  if (found === undefined) throw new Error('a schema of the table has no name in NAMED')
  return { 'application/json': { schema: { $ref: `${SCHEMAS}${found[0]}` } } }
}
