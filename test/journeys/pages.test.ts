// What every page and every other answer of ours carries, whoever asks and whatever they claim about our
// address: headers, links, metadata, health.

import assert from 'node:assert/strict'
import { request } from 'node:http'
import { describe, test } from 'node:test'
import { postRequest, requestUrl } from '../support/authn-request.ts'
import { Browser, type Seen } from '../support/browser.ts'
import { ENGINES, forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { bringNotice } from '../support/notice.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  answerXml,
  enterCode,
  newCustomer,
  orderCode,
  signedIn,
  signInHere,
} from '../support/steps.ts'

type Policy = Readonly<Record<string, string>>

function policyOf({ headers }: Pick<Seen, 'headers'>): Policy {
  const rules = (headers.get('content-security-policy') ?? '').split(';')
  return Object.fromEntries(
    rules.map((rule) => {
      const [name = '', ...values] = rule.trim().split(' ')
      return [name, values.join(' ')]
    }),
  )
}

type Visit = (house: House) => Promise<Seen>

const asCustomer =
  (path: string): Visit =>
  async (house) =>
    (await signedIn(house, await newCustomer(house))).go(`${house.url}${path}`)

const asNobody =
  (path: string): Visit =>
  (house) =>
    new Browser().go(`${house.url}${path}`)

const wrongPassword: Visit = async (house) => {
  const person = await newCustomer(house)
  return signInHere(house, new Browser(), { ...person, password: 'not the password' })
}

const wrongCode: Visit = async (house) => {
  const person = await newCustomer(house)
  const browser = await signedIn(house, person)
  await orderCode(house, browser, person)
  return enterCode(house, browser, person, '12345')
}

const answered: Visit = async (house) => {
  const browser = await signedIn(house, await newCustomer(house))
  return browser.go(requestUrl(house))
}

const notified: Visit = async (house) => {
  const person = await newCustomer(house)
  await house.store.bindings.ask(person.accountId, house.clock.now())
  const facts = { xUserId: person.accountId, domainId: `d-${person.name}`, bindAction: 1 }
  return bringNotice(house, new Browser(), facts)
}

/** Every kind of page; `formAction` is where its forms may lead, with HUAWEI for the sandbox. */
const PAGES: readonly { title: string; visit: Visit; formAction: string; script?: true }[] = [
  { title: 'the sign-in form', visit: asNobody('/sign-in'), formAction: "'self' HUAWEI" },
  { title: 'the sign-in form after an error', visit: wrongPassword, formAction: "'self' HUAWEI" },
  { title: 'the customer’s page', visit: asCustomer('/'), formAction: "'self'" },
  { title: 'the sign-out page', visit: asCustomer('/sign-out'), formAction: "'self'" },
  { title: 'the end of a sign-out', visit: asNobody('/sign-out'), formAction: "'self'" },
  { title: 'the form of an account', visit: asCustomer('/activate'), formAction: "'self' HUAWEI" },
  { title: 'the form of a code', visit: wrongCode, formAction: "'self' HUAWEI" },
  { title: 'the reply to a notification', visit: notified, formAction: "'self'" },
  { title: 'the operators’ sign-in', visit: asNobody('/console/sign-in'), formAction: "'self'" },
  { title: 'a page that does not exist', visit: asNobody('/no-such-page'), formAction: "'self'" },
  { title: 'a refused request', visit: asNobody('/saml/sso'), formAction: "'self'" },
  {
    title: 'an answer on its way',
    visit: answered,
    formAction: 'HUAWEI/authui/saml/SAMLAssertionConsumer',
    script: true,
  },
]

/** An answer as it came, to a request that says what it likes about our address. */
function ask(
  house: House,
  path: string,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
): Promise<{ status: number; headers: Headers; body: string }> {
  const { port } = new URL(house.url)
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const headers = new Headers()
        for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value))
        const body = Buffer.concat(chunks).toString('utf8')
        resolve({ status: answer.statusCode ?? 0, headers, body })
      })
    })
    call.on('error', reject)
    call.end()
  })
}

const CLAIMS = [
  { Host: 'attacker.example' },
  { Host: 'attacker.example:8443', 'X-Forwarded-Proto': 'https' },
  { 'X-Forwarded-Host': 'attacker.example', 'X-Forwarded-Proto': 'https' },
  { Forwarded: 'host=attacker.example;proto=https', 'X-Original-URL': '/console' },
  { 'X-Forwarded-Prefix': '/attacker', 'X-Rewrite-URL': '/console' },
] as const

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  for (const { title, visit, formAction, script } of PAGES) {
    test(`${title} is locked up: no foreign script, frame, form or cache`, async () => {
      const seen = await visit(house())

      const { url } = house().sandbox
      const policy = policyOf(seen)
      assert.equal(policy['default-src'], "'none'")
      assert.equal(policy['frame-ancestors'], "'none'")
      assert.equal(policy['base-uri'], "'none'")
      assert.equal(policy['form-action'], formAction.replaceAll('HUAWEI', url))
      if (script) assert.match(policy['script-src'] ?? '', /^'nonce-[\w+/=]{22,}'$/)
      else assert.equal(policy['script-src'], "'none'")
      assert.ok(!seen.headers.get('content-security-policy')?.includes('unsafe'))
      assert.ok(seen.headers.get('cache-control')?.includes('no-store'))
      assert.equal(seen.headers.get('x-content-type-options'), 'nosniff')
      assert.equal(seen.headers.get('x-frame-options'), 'DENY')
      assert.equal(seen.headers.get('referrer-policy'), 'no-referrer')
      assert.equal(seen.headers.get('x-powered-by'), null)
      assert.equal(seen.headers.get('strict-transport-security'), null, 'this house speaks http')
      assert.ok(!/\son\w+=|javascript:|<style|style=/.test(seen.body), 'nothing inline')
    })
  }

  test('two answers never share a nonce', async () => {
    const seen = [await answered(house()), await answered(house())]

    const nonces = seen.map((page) => policyOf(page)['script-src'])
    assert.notEqual(nonces[0], nonces[1])
    for (const [at, page] of seen.entries()) {
      const nonce = /nonce="([^"]+)"/.exec(page.body)?.[1]
      assert.equal(nonces[at], `'nonce-${nonce}'`)
    }
  })

  for (const claim of CLAIMS) {
    test(`${Object.keys(claim).join(' and ')} changes no address that we give`, async () => {
      const person = await newCustomer(house())
      const browser = await signedIn(house(), person)
      const cookie = [...browser.cookies('localhost')].map((pair) => pair.join('=')).join('; ')
      const sso = new URL(requestUrl(house()))

      const metadata = await ask(house(), '/saml/metadata', claim)
      const answer = await ask(house(), sso.pathname + sso.search, { ...claim, Cookie: cookie })
      const toPortal = await ask(house(), '/', claim)
      const launched = await ask(house(), '/launch', { ...claim, Cookie: cookie })

      for (const { headers, body } of [metadata, answer, toPortal, launched]) {
        const text = `${JSON.stringify([...headers])}${body}`
        assert.ok(!text.includes('attacker'), text.slice(0, 500))
      }
      assert.ok(metadata.body.includes(`Location="${house().url}/saml/sso"`))
      const xml = answerXml({ ...answer, url: sso.href, way: [] })
      assert.ok(
        xml.includes(`Destination="${house().sandbox.url}/authui/saml/SAMLAssertionConsumer"`),
      )
      const returnTo = new URL(toPortal.headers.get('location') ?? '').searchParams.get('return_to')
      assert.ok(returnTo?.startsWith(`${house().url}/sign-in/handoff?state=`))
      assert.ok(launched.headers.get('location')?.startsWith(`${house().sandbox.url}/authui/`))
    })
  }

  test('the metadata that is served is what Huawei Cloud works with', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)

    const metadata = await browser.go(`${house().url}/saml/metadata`)
    const answer = await postRequest(house(), browser)

    assert.equal(metadata.status, 200)
    assert.ok(metadata.headers.get('content-type')?.startsWith('application/samlmetadata+xml'))
    const certificate = /<ds:X509Certificate>([^<]+)</.exec(metadata.body)?.[1]
    const entityId = /entityID="([^"]+)"/.exec(metadata.body)?.[1]
    assert.ok(answerXml(answer).includes(`<ds:X509Certificate>${certificate}</ds:X509Certificate>`))
    assert.ok(answerXml(answer).includes(`>${entityId}</saml2:Issuer>`))
    assert.equal(entityId, `${house().url}/saml/metadata`)
  })

  const WRONG_METHODS = [
    ['PATCH', '/saml/sso', 'GET, POST'],
    ['DELETE', '/saml/slo', 'GET, POST'],
    ['PUT', '/sign-in/handoff', 'GET, POST'],
    ['GET', '/bind', 'POST'],
  ] as const

  for (const [method, path, allowed] of WRONG_METHODS) {
    test(`${method} ${path} is told which methods there are`, async () => {
      const answer = await ask(house(), path, { Accept: 'application/json' }, method)

      const { error } = JSON.parse(answer.body) as { error: { code: string } }
      assert.deepEqual([answer.status, error.code], [405, 'METHOD_NOT_ALLOWED'])
      assert.equal(answer.headers.get('allow'), allowed)
    })
  }

  test('health and metrics are on their own listener, and nowhere on the public one', async () => {
    await answered(house())

    const live = await fetch(`${house().opsUrl}/health/live`)
    const ready = await fetch(`${house().opsUrl}/health/ready`)
    const metrics = await (await fetch(`${house().opsUrl}/metrics`)).text()
    const outside = await Promise.all(
      ['/health/live', '/health/ready', '/metrics'].map((path) => fetch(`${house().url}${path}`)),
    )

    assert.deepEqual(await live.json(), { status: 'live' })
    assert.deepEqual(await ready.json(), { status: 'ready' })
    assert.match(metrics, /^sign_ins_total\{outcome="answered"\} [1-9]/m)
    assert.deepEqual(
      outside.map(({ status }) => status),
      [404, 404, 404],
    )
  })

  test('a refusal carries the reference that the log has', async () => {
    const seen = await new Browser().go(`${house().url}/no-such-page`)

    const reference = /Reference <code>([\w-]+)</.exec(seen.body)?.[1]
    const line = house()
      .log()
      .find(({ event, reference: of }) => {
        return event === 'refused' && of === reference
      })
    assert.equal(line?.['code'], 'NOT_FOUND')
    assert.equal(seen.headers.get('x-request-id'), reference)
  })
})

describe('a house that browsers reach by https', () => {
  const [engine] = ENGINES
  if (engine === undefined) throw new Error('there is an engine')
  const house = sharedHouse(engine, {
    environment: { PUBLIC_URL: 'https://sso.partner.example' },
  })

  test('keeps browsers to https and its cookie to itself [S21]', async () => {
    const answer = await ask(house(), '/sign-in', {})

    assert.equal(
      answer.headers.get('strict-transport-security'),
      'max-age=31536000; includeSubDomains',
    )
    const cookie = answer.headers.get('set-cookie') ?? ''
    assert.match(cookie, /^__Host-idp=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })

  test('gives addresses that begin with its PUBLIC_URL', async () => {
    const metadata = await ask(house(), '/saml/metadata', { Host: 'localhost' })

    const addresses = [...metadata.body.matchAll(/(?:Location|entityID)="([^"]+)"/g)]
    assert.ok(addresses.length >= 3)
    for (const [, address = ''] of addresses) {
      assert.ok(address.startsWith('https://sso.partner.example/'), address)
    }
  })
})

describe('a Huawei Cloud whose console is on another origin', () => {
  const [engine] = ENGINES
  if (engine === undefined) throw new Error('there is an engine')
  const house = sharedHouse(engine, {
    environment: { HUAWEI_CONSOLE_URL: 'https://console.cloud.example' },
  })

  test('an answer may be redirected on to the console, and nowhere else', async () => {
    const seen = await answered(house())

    const acs = `${house().sandbox.url}/authui/saml/SAMLAssertionConsumer`
    assert.equal(policyOf(seen)['form-action'], `${acs} https://console.cloud.example`)
  })
})
