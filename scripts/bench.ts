// `npm run bench`: what a sign-in costs, as shares of the one thing that must be paid, an RSA-2048
// signature, and what an import of usage costs, as a multiple of unpacking it. Machines are noisy: both
// sides of a ratio are measured in the same run, and nothing fails.

import { sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addAccount } from '../src/accounts/account.ts'
import { createApp } from '../src/app.ts'
import { systemClock } from '../src/base/clock.ts'
import { createLog } from '../src/base/log.ts'
import { readParameters } from '../src/base/parameters.ts'
import { systemRandom } from '../src/base/random.ts'
import { loadConfig } from '../src/config/load.ts'
import { proveReturnAddress } from '../src/saml/accept.ts'
import { readAuthnRequest, verifyMessage } from '../src/saml/authn-request.ts'
import { AUTHN_CONTEXTS } from '../src/saml/names.ts'
import { decodeRedirect } from '../src/saml/redirect-binding.ts'
import { buildAnswer } from '../src/saml/response.ts'
import { hashPassword } from '../src/signin/password.ts'
import { openStore } from '../src/store/open.ts'
import { listen } from '../src/web/listen.ts'
import { Browser } from '../test/support/browser.ts'
import { authnRequest, HOUSE, SITE, trustedParties } from '../test/support/build.ts'
import { fixedKeyring, keyPair, NOW, signingKey } from '../test/support/fixed.ts'
import { deflate, HUAWEI_SIGNING, redirectQuery } from '../test/support/send.ts'
import { measureImport } from './bench-files.ts'

const SECONDS = 3
const IN_FLIGHT = 8
const CONNECTIONS = 16

/** How often `work` is done in a second, with `lanes` of it under way at any time. */
async function rate(lanes: number, work: () => unknown): Promise<number> {
  const start = performance.now()
  let done = 0
  const lane = async () => {
    while (performance.now() - start < SECONDS * 1000) {
      await work()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return done / ((performance.now() - start) / 1000)
}

function print(what: string, perSecond: number, share?: { of: string; rate: number }): void {
  const ratio =
    share === undefined ? '' : `   ${(perSecond / share.rate).toFixed(2)} of ${share.of}`
  process.stdout.write(`${what.padEnd(52)} ${perSecond.toFixed(0).padStart(7)} /s${ratio}\n`)
}

const octets = Buffer.alloc(900, 'a')

async function measureSigning(): Promise<number> {
  const { privateKey } = keyPair('house')
  const raw = await rate(IN_FLIGHT, () => {
    return new Promise((resolve) => sign('sha256', octets, privateKey, resolve))
  })
  print('crypto.sign, RSA-2048, 8 in flight', raw)

  const deps = {
    entityId: HOUSE.entityId,
    key: await signingKey(),
    random: systemRandom,
    assertionMinutes: 5,
    clockSkewSeconds: 180,
    now: NOW,
    protection: { sign: 'assertion', encryption: undefined },
  } as const
  const to = { issuer: SITE.entityId, requestId: '_bench', acsUrl: SITE.acsUrl }
  const attributes = ['xUserId', 'xAccountId', 'bpId', 'email'].map((name) => ({
    name,
    value: name,
  }))
  const contextClass = AUTHN_CONTEXTS.unspecified
  const name = undefined // A new transient one.
  const how = { contextClass, locality: SITE.entityId, sessionIndex: '_bench', authnInstant: NOW }
  const person = { attributes, name, ...how }
  const answers = await rate(IN_FLIGHT, () => buildAnswer(to, person, deps))
  print('an answer, built and signed', answers, { of: 'crypto.sign', rate: raw })
  return raw
}

async function measureArrival(): Promise<void> {
  const { privateKey, publicKey } = keyPair('site')
  const signature = sign('sha256', octets, privateKey)
  const raw = await rate(1, () => verify('sha256', octets, publicKey, signature))
  print('crypto.verify, RSA-2048', raw)
  const party = (await trustedParties()).get(SITE.entityId, NOW)
  const query = redirectQuery('SAMLRequest', deflate(authnRequest()), HUAWEI_SIGNING)
  const rules = { now: NOW, clockSkewSeconds: 180, ssoUrl: HOUSE.ssoUrl }
  const arrivals = await rate(1, () => {
    const message = decodeRedirect(readParameters(query), 'SAMLRequest')
    return proveReturnAddress(readAuthnRequest(verifyMessage(message, party)), party, rules)
  })
  print('a request decoded, verified, read and proven', arrivals, {
    of: 'crypto.verify',
    rate: raw,
  })
}

async function measureSignIns(raw: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'partner-idp-bench-'))
  const store = await openStore(`sqlite:${join(folder, 'idp.db')}`)
  const clock = { now: () => NOW }
  const config = loadConfig({ PUBLIC_URL: new URL(HOUSE.ssoUrl).origin })
  const passwordHash = await hashPassword('bench-password')
  const person = { login: 'bench', accountId: 'C-1', passwordHash }
  await addAccount(person, { accounts: store.accounts, clock: systemClock })
  const app = await createApp({
    config,
    store,
    keyring: await fixedKeyring(),
    parties: await trustedParties(),
    log: createLog('silent'),
    clock,
    random: systemRandom,
    fetch,
  })
  const listener = await listen(app.serve, { host: '127.0.0.1', port: 0 })
  try {
    const base = `http://127.0.0.1:${listener.port}`
    const browser = new Browser()
    const form = await browser.go(`${base}/sign-in`)
    await browser.submit(form, '/sign-in', { login: 'bench', password: 'bench-password' })
    const cookie = [...browser.cookies('127.0.0.1')].map((pair) => pair.join('=')).join('; ')
    const get = createGetter(listener.port, cookie)
    const queries = signQueries(Math.ceil(raw * SECONDS)).values()
    const signIns = await rate(CONNECTIONS, () => get(`/saml/sso?${queries.next().value}`))
    const share = { of: 'crypto.sign', rate: raw }
    print(`a warm sign-in over HTTP, SQLite, ${CONNECTIONS} connections`, signIns, share)
  } finally {
    await listener.drain(1)
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

// Signed beforehand, each with an ID of its own: a request is answered once.
function signQueries(count: number): string[] {
  const xml = authnRequest()
  const id = /\bID="([^"]+)"/.exec(xml)?.[1] ?? ''
  return Array.from({ length: count }, (_, at) => {
    const own = deflate(xml.replace(id, `${id}-${at}`))
    return redirectQuery('SAMLRequest', own, HUAWEI_SIGNING)
  })
}

function createGetter(port: number, cookie: string): (path: string) => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const headers = { cookie, accept: 'text/html' }
  return (path) => {
    return new Promise((resolve, reject) => {
      const sent = request({ port, path, headers, agent, host: '127.0.0.1' }, (answer) => {
        answer.resume()
        answer.once('end', () => {
          if (answer.statusCode === 200) resolve()
          else reject(new Error(`the answer has status ${answer.statusCode}`))
        })
      })
      sent.once('error', reject)
      sent.end()
    })
  }
}

const raw = await measureSigning()
await measureArrival()
await measureSignIns(raw)
// As many rows as the largest partners have in a month; a number as argument makes it shorter.
await measureImport(Number(process.argv[2] ?? 3_000_000))
const { rss } = process.memoryUsage()
process.stdout.write(
  `${'memory of this process'.padEnd(52)} ${(rss / 1e6).toFixed(0).padStart(7)} MB\n`,
)
