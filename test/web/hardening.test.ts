// Every kind of answer against every header that protects it, at a house that browsers reach by https.
// docs/hardening.md says what is measured where.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FORM_LIMIT_BYTES } from '../../src/web/form.ts'
import { requestUrl } from '../support/authn-request.ts'
import { Browser } from '../support/browser.ts'
import { ENGINES } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { newCustomer, signedIn } from '../support/steps.ts'

const PUBLIC_URL = 'https://sso.partner.example'

type Answer = { readonly status: number; readonly headers: Headers }

type Kind = {
  readonly title: string
  readonly status: number
  /** What may be kept, by Cache-Control. */
  readonly cache: RegExp
  readonly script: RegExp
  readonly ask: (house: House) => Promise<Answer>
}

const NEVER = /(^|[ ,])no-store($|,)/
const NO_SCRIPT = /(^|;)(default|script)-src 'none'(;|$)/
const ONE_SCRIPT = /(^|;)script-src 'nonce-[\w+/=]{22,}'(;|$)/

function get(path: string, headers: Readonly<Record<string, string>> = {}): Kind['ask'] {
  return (house) => fetch(`${house.url}${path}`, { redirect: 'manual', headers })
}

function post(path: string, body: string): Kind['ask'] {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return (house) =>
    fetch(`${house.url}${path}`, { method: 'POST', redirect: 'manual', headers, body })
}

/** What somebody who is signed in gets; the cookie is handed on by hand, for we are not on https. */
function asCustomer(path: (house: House) => string): Kind['ask'] {
  return async (house) => {
    const browser = await signedIn(house, await newCustomer(house))
    const cookie = [...browser.cookies('localhost')].map((pair) => pair.join('=')).join('; ')
    return get(path(house), { cookie })(house)
  }
}

function requestPath(house: House): string {
  return requestUrl({ ...house, url: PUBLIC_URL }).slice(PUBLIC_URL.length)
}

const TOO_LONG = 'a'.repeat(FORM_LIMIT_BYTES + 1)

const KINDS: readonly Kind[] = [
  { title: 'a form', status: 200, ask: get('/sign-in'), cache: NEVER, script: NO_SCRIPT },
  {
    title: 'a page of somebody’s own',
    status: 200,
    ask: asCustomer(() => '/'),
    cache: NEVER,
    script: NO_SCRIPT,
  },
  {
    title: 'an answer that posts itself',
    status: 200,
    ask: asCustomer(requestPath),
    // Bindings §3.5.3 asks for both.
    cache: /^no-cache, no-store$/,
    script: ONE_SCRIPT,
  },
  {
    title: 'a redirect to Huawei Cloud',
    status: 302,
    ask: asCustomer(() => '/launch?chosen=yes'),
    cache: NEVER,
    script: NO_SCRIPT,
  },
  { title: 'a redirect to sign in', status: 303, ask: get('/'), cache: NEVER, script: NO_SCRIPT },
  {
    title: 'a refused message',
    status: 400,
    ask: get('/saml/sso?SAMLRequest=nothing'),
    cache: NEVER,
    script: NO_SCRIPT,
  },
  {
    title: 'a refused notification',
    status: 400,
    ask: post('/bind', 'nothing=1'),
    cache: NEVER,
    script: NO_SCRIPT,
  },
  {
    title: 'a form without its token',
    status: 403,
    ask: post('/sign-in', 'login=a&password=b'),
    cache: NEVER,
    script: NO_SCRIPT,
  },
  {
    title: 'a body that is too long',
    status: 413,
    ask: post('/saml/sso', TOO_LONG),
    cache: NEVER,
    script: NO_SCRIPT,
  },
  {
    title: 'a refusal for a program',
    status: 404,
    ask: get('/no-such-page', { accept: 'application/json' }),
    cache: NEVER,
    script: NO_SCRIPT,
  },
  {
    title: 'the operators’ sign-in',
    status: 200,
    ask: get('/console/sign-in'),
    cache: NEVER,
    script: NO_SCRIPT,
  },
  {
    title: 'our metadata',
    status: 200,
    ask: get('/saml/metadata'),
    cache: /^$/,
    script: NO_SCRIPT,
  },
  {
    title: 'the style sheet',
    status: 200,
    ask: get('/assets/site.css'),
    cache: /^public, max-age=3600$/,
    script: NO_SCRIPT,
  },
]

/** Header → what it must be, on every kind of answer; `undefined` for one that must not be there. */
const HEADERS: readonly (readonly [string, RegExp | undefined])[] = [
  ['content-security-policy', /(^|;)default-src 'none'(;|$)/],
  ['content-security-policy', /(^|;)frame-ancestors 'none'(;|$)/],
  ['content-security-policy', /^(?!.*(unsafe|\*|data:|http:\/\/(?!localhost|127\.0\.0\.1)))/],
  ['strict-transport-security', /^max-age=31536000; includeSubDomains$/],
  ['referrer-policy', /^no-referrer$/],
  ['x-content-type-options', /^nosniff$/],
  ['x-frame-options', /^DENY$/],
  ['cross-origin-opener-policy', /^same-origin$/],
  ['cross-origin-resource-policy', /^same-origin$/],
  ['x-powered-by', undefined],
  ['server', undefined],
  ['access-control-allow-origin', undefined],
]

describe('at a house that browsers reach by https', () => {
  const [engine] = ENGINES
  if (engine === undefined) throw new Error('there is an engine')
  const house = sharedHouse(engine, { environment: { PUBLIC_URL } })

  for (const kind of KINDS) {
    test(`${kind.title} carries every header that protects it`, async () => {
      const { status, headers } = await kind.ask(house())

      assert.equal(status, kind.status)
      for (const [name, expected] of HEADERS) {
        const value = headers.get(name)
        if (expected === undefined) assert.equal(value, null, name)
        else assert.match(value ?? '', expected, name)
      }
      assert.match(headers.get('content-security-policy') ?? '', kind.script)
      assert.match(headers.get('cache-control') ?? '', kind.cache)
    })
  }

  test('every cookie is for us alone, for https alone, and out of reach of scripts', async () => {
    const browser = new Browser()
    const answers = [
      await get('/sign-in')(house()),
      await get('/console/sign-in')(house()),
      await asCustomer(() => '/activate')(house()),
    ]
    const signIn = await browser.go(`${house().url}/sign-in`)
    answers.push(signIn)

    const cookies = answers.flatMap(({ headers }) => headers.getSetCookie())

    assert.ok(cookies.length >= 3)
    for (const cookie of cookies) {
      assert.match(cookie, /^__Host-idp=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    }
  })
})
