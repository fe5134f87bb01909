// docs/api.md: the portal API for the engineer of the partner's portal, from the table of src/api.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorsOf, type Operation } from '../../src/api/operation.ts'
import { OPERATIONS } from '../../src/api/operations.ts'
import { EVENT_KINDS } from '../../src/api/schemas.ts'
import { SCOPES } from '../../src/api/scopes.ts'
import { describe } from '../../src/base/errors.ts'
import { code, generatedFrom, page, table } from './markdown.ts'
import { type Field, fieldsOf } from './schema-fields.ts'

const HOW = `
# The portal API

For the engineer of the partner's portal: customers, launch links, activation and webhooks over HTTPS
and JSON. The same as an OpenAPI 3.1 document is at \`/api/openapi.json\` of every installation.

## Start

\`\`\`
partner-idp api-keys add shop --scope customers:read --scope customers:write --scope launch

curl https://sso.partner.example/api/v1/customers \\
  -H 'Authorization: Bearer idp_…' \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: 5f0c7a52-order-1001' \\
  -d '{"accountId":"C-1001","login":"ann","email":"ann@example.com"}'

curl -X POST https://sso.partner.example/api/v1/customers/C-1001/launch-link \\
  -H 'Authorization: Bearer idp_…' -H 'Content-Type: application/json' -d '{}'
# {"url":"https://sso.partner.example/sign-in/link?ticket=…","expiresAt":"…"}
\`\`\`

Make the link when the customer clicks, and answer their click with a redirect to it. Whoever opens it
first is signed in as the customer: it works once, for 60 seconds, and belongs into no e-mail or log.

## Keys

A key is shown once and kept as a fingerprint only. It ends after \`--days\` (365 unless told
otherwise) or by \`partner-idp api-keys revoke NAME\`, at once. \`api-keys list\` tells when each was last
used. Each may send \`API_REQUESTS_PER_MINUTE\` requests; after that it is answered 429. Cookies mean
nothing here. Make one key for each program, with the scopes it needs:
`

const RULES = `
## Requests

- Bodies are JSON in UTF-8, of at most 100 kB, with \`Content-Type: application/json\`. A field that is
  not described here is refused, and so is a name that comes twice.
- Account ids stand percent-encoded in the path: \`a/b\` is \`a%2Fb\`.
- Lists come in pages: pass \`nextCursor\` as \`cursor\` until it is null.
- New fields may appear in answers. Names and codes that are there never change.

## Repeating requests safely

Send an \`Idempotency-Key\` of your own (1 to 255 visible characters, such as a UUID) with whatever changes
something, and repeat the request with the same key when no answer came. For 24 hours it is done once
and answered alike, with \`Idempotency-Replayed: true\`. The same key with another request is 422
\`IDEMPOTENCY_MISMATCH\`; while the first is under way it is 409 \`IDEMPOTENCY_UNDER_WAY\`. Should the service
be killed in the middle of a request, its repeat is taken up two minutes later and does only what was
not done: no account is opened twice. Only a code may be mailed twice, when the crash fell between
Huawei Cloud's sending it and our writing that down. What is kept for repeats is encrypted with your key;
answers of status 429 and 500 and above are not kept.

## Refusals

\`\`\`json
{"error":{"code":"ACCOUNT_EXISTS","message":"…","hint":"…","reference":"7K3M-9QXD-T2VA",
  "fields":[{"field":"email","problem":"belongs to another account"}]}}
\`\`\`

Decide by \`code\`; [errors.md](errors.md) lists them all. Quote \`reference\` to whoever runs the service.
Every operation may answer with these:
`

const WEBHOOKS = `
## Webhooks

Set an address with \`PUT /webhooks/{name}\` and keep the secret of the answer. From then on it is sent
a POST for each event: ${EVENT_KINDS.map(code).join(', ')}.

\`\`\`
POST /hook HTTP/1.1
content-type: application/json
webhook-id: evt_…
webhook-timestamp: 1772445600
webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=

{"type":"bound","timestamp":"2026-03-02T10:00:00.000Z","data":{"accountId":"C-1001","domainId":"…"}}
\`\`\`

This is the shape of [Standard Webhooks](https://www.standardwebhooks.com), so its libraries work. The
signature covers id, timestamp and body: refuse what is older than five minutes, and an id that you have
seen. Messages say that something happened and hold no personal data; ask the API for the rest.

- Whatever is answered with 2xx within ten seconds has arrived. Redirects are not followed.
- Everything else is tried again after 1, 5 and 30 minutes, 2, 5, 10, 14, 20 and 20 hours, then given up.
- 410 ends the webhook until it is set again. An operator can stop it and try it again at /console/webhooks.
- An event is written down with the change that it tells of, so no crash loses one; \`webhook-id\` is made of
  the change, and a repeat has the same.
- Messages may come twice and in another order: go by \`webhook-id\` and \`timestamp\`.
- \`GET /webhooks\` and \`partner-idp webhooks list\` tell what waits, what was given up and why.
- \`POST /webhooks/{name}/secret\` gives a new secret. For 24 hours messages carry both signatures.
- Addresses are https and public; \`WEBHOOK_PRIVATE_ADDRESSES=allow\` opens private networks.

A receiver for Node 20 or newer, [samples/receive-webhooks.mjs](samples/receive-webhooks.mjs):
`

/** The text of the page. */
export function apiPage(): string {
  const rows = Object.entries<Operation>(OPERATIONS)
  const sample = join(import.meta.dirname, '../../docs/samples/receive-webhooks.mjs')
  return page([
    generatedFrom('src/api/operations.ts'),
    HOW,
    ...table(
      ['Scope', 'Opens'],
      Object.entries(SCOPES).map(([name, meaning]) => [code(name), meaning]),
    ),
    RULES,
    ...errorTable(COMMON),
    WEBHOOKS,
    '```js',
    readFileSync(sample, 'utf8').trimEnd(),
    '```',
    '',
    '## Operations',
    '',
    ...table(
      ['Operation', 'Scope', 'What it does'],
      rows.map(([name, row]) => [
        `[${code(signature(row))}](#${name.toLowerCase()})`,
        code(row.scope),
        row.summary,
      ]),
    ),
    ...rows.flatMap(([name, row]) => sectionOf(name, row)),
  ])
}

const COMMON = errorsOf({ ...OPERATIONS.putCustomer, errors: [] })

function signature({ method, path }: Operation): string {
  return `${method} /api/v1${path}`
}

function errorTable(codes: ReturnType<typeof errorsOf>): readonly string[] {
  return table(
    ['Code', 'HTTP', 'Meaning'],
    codes.map((each) => [code(each), String(describe(each).http), describe(each).say]),
  )
}

function sectionOf(name: string, row: Operation): readonly string[] {
  const { summary, note, scope, errors, statuses } = row
  const done = statuses.join(' or ')
  return [
    '',
    `### ${name}`,
    '',
    `${code(signature(row))} · scope ${code(scope)} · answers ${done}`,
    '',
    note === undefined ? summary : `${summary} ${note}`,
    ...fieldTable('In the query', fieldsOf(row.query)),
    ...(row.body === undefined ? [] : fieldTable('In the body', fieldsOf(row.body))),
    ...(row.result === undefined ? [] : fieldTable('In the answer', fieldsOf(row.result))),
    ...(errors.length === 0 ? [] : ['', 'Refuses as well:', '', ...errorTable(errors)]),
  ]
}

function fieldTable(title: string, fields: readonly Field[]): readonly string[] {
  if (fields.length === 0) return []
  const rows = fields.map(({ name, isRequired, meaning }) => [
    code(name),
    isRequired ? 'yes' : 'no',
    meaning,
  ])
  return ['', ...table([title, 'Always', 'Meaning'], rows)]
}
