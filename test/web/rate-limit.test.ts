// Limits on attempts and refusals hold where an attacker would look for a gap: in a second process on the
// same database, and after a restart.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { createLog } from '../../src/base/log.ts'
import { systemRandom } from '../../src/base/random.ts'
import { listen } from '../../src/web/listen.ts'
import { createRateLimit, type RateLimitDeps } from '../../src/web/rate-limit.ts'
import { createServer } from '../../src/web/server.ts'
import { requestUrl } from '../support/authn-request.ts'
import { Browser, type Seen } from '../support/browser.ts'
import { forEachEngine, type Lifetime } from '../support/engines.ts'
import { fixedClock } from '../support/fixed.ts'
import type { House } from '../support/house.ts'
import { secondProcess, sharedHouse } from '../support/shared-house.ts'
import { codeOf, newCustomer, type Person, signedIn, signInHere } from '../support/steps.ts'

const LIMIT = 6

function knock(url: string): Promise<Seen> {
  return new Browser().go(`${url}/saml/sso?SAMLRequest=nothing`)
}

async function knockUntil(url: string, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) await knock(url)
}

function tryPassword(house: House, url: string, person: Person, password: string): Promise<Seen> {
  return signInHere({ ...house, url }, new Browser(), { ...person, password })
}

async function failAt(house: House, url: string, person: Person, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) await tryPassword(house, url, person, 'wrong')
}

forEachEngine((engine) => {
  describe('refused requests', () => {
    const house = sharedHouse(engine, { environment: { RATE_LIMIT_PER_MINUTE: String(LIMIT) } })

    test('count together in two processes and across a restart, and are forgotten after a minute', async (t) => {
      const second = await secondProcess(t, house())
      await knockUntil(house().url, LIMIT - 1)

      const lastOne = await knock(second)
      const inSecond = await knock(second)
      const restarted = await secondProcess(t, house())
      const firstAfterRestart = await knock(restarted)
      const afterRestart = await knock(restarted)
      const elsewhere = await new Browser().go(`${house().url}/sign-in`)
      house().clock.advance(2)
      const later = await knock(second)

      const codes = [lastOne, inSecond, firstAfterRestart, afterRestart, later].map(codeOf)
      const no = codes[0]
      assert.notEqual(no, 'RATE_LIMITED')
      assert.deepEqual(codes, [no, 'RATE_LIMITED', no, 'RATE_LIMITED', no])
      assert.equal(inSecond.status, 429)
      assert.equal(inSecond.headers.get('retry-after'), '60')
      assert.equal(elsewhere.status, 200, 'pages that check nothing are open')
    })

    for (const spelling of ['/saml/sso/', '/SAML/sso']) {
      test(`count together with those at ${spelling}, which is the same door`, async () => {
        const { url, clock } = house()
        clock.advance(2)
        const knockThere = () => new Browser().go(`${url}${spelling}?SAMLRequest=nothing`)
        for (let turn = 0; turn < LIMIT; turn += 1) await knockThere()

        const there = await knockThere()
        const here = await knock(url)

        assert.deepEqual([codeOf(there), codeOf(here)], ['RATE_LIMITED', 'RATE_LIMITED'])
      })
    }

    test('are not what a sign-in is: however many come, they are answered', async () => {
      house().clock.advance(2)
      const browser = await signedIn(house(), await newCustomer(house()))
      const seen: Seen[] = []

      for (let turn = 0; turn < 2 * LIMIT; turn += 1)
        seen.push(await browser.go(requestUrl(house())))

      assert.ok(seen.every(({ body }) => body.includes('name="SAMLResponse"')))
    })
  })

  describe('wrong passwords', () => {
    const house = sharedHouse(engine)

    test('count together in two processes and across a restart', async (t) => {
      const person = await newCustomer(house())
      const second = await secondProcess(t, house())
      await failAt(house(), house().url, person, 5)
      await failAt(house(), second, person, 5)

      const restarted = await secondProcess(t, house())
      const right = await tryPassword(house(), restarted, person, person.password)
      house().clock.advance(16)
      const later = await tryPassword(house(), restarted, person, person.password)

      assert.equal(right.status, 429)
      assert.equal(new URL(later.url).pathname, '/')
    })

    test('count together for one address, whoever they are meant for', async (t) => {
      house().clock.advance(16)
      const second = await secondProcess(t, house())
      for (let turn = 0; turn < 5; turn += 1) {
        await failAt(house(), house().url, await newCustomer(house()), 5)
        await failAt(house(), second, await newCustomer(house()), 5)
      }
      const last = await newCustomer(house())

      const right = await tryPassword(house(), second, last, last.password)

      assert.equal(right.status, 429)
    })
  })
})

describe('the limit alone', () => {
  /** A server that refuses everything, and what it answers to twenty knocks. */
  async function knockTwenty(
    t: Lifetime,
    deps: Pick<RateLimitDeps, 'counters' | 'perMinute'>,
  ): Promise<ReadonlySet<string | undefined>> {
    const log = createLog('silent')
    const limit = createRateLimit({ ...deps, clock: fixedClock, log, paths: ['/saml/sso'] })
    const refuseAll = () => {
      throw new Refusal('SAML_BAD_SIGNATURE')
    }
    const app = createServer({ log, random: systemRandom, isHttps: false, trustProxy: 0 }, [
      limit.guard,
      refuseAll,
      limit.count,
    ])
    const { port, drain } = await listen(app, { host: '127.0.0.1', port: 0 })
    t.after(() => drain(0))
    const codes = new Set<string | undefined>()
    for (let turn = 0; turn < 20; turn += 1) {
      codes.add(codeOf(await knock(`http://127.0.0.1:${port}`)))
    }
    return codes
  }

  test('counts nothing and stops nobody when it is 0', async (t) => {
    let asked = 0
    const add = async () => {
      asked += 1
      return { points: 1_000_000, expiresAt: new Date('2099-01-01T00:00:00Z') }
    }

    const codes = await knockTwenty(t, { counters: { add }, perMinute: 0 })

    assert.deepEqual([...codes], ['SAML_BAD_SIGNATURE'])
    assert.equal(asked, 0)
  })

  test('lets every refusal tell its own reason while the database is away', async (t) => {
    const add = () => Promise.reject(new Refusal('STORE_UNAVAILABLE'))

    const codes = await knockTwenty(t, { counters: { add }, perMinute: 1 })

    assert.deepEqual([...codes], ['SAML_BAD_SIGNATURE'])
  })
})
