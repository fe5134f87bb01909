// How many guesses there are: per account, per address, across processes, and for how long.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { createThrottle, type Throttle } from '../../src/signin/throttle.ts'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore, twoStores } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'

function throttleOf({ counters }: Store, minutes = 0, kind = 'customer'): Throttle {
  const now = new Date(NOW.getTime() + minutes * 60_000)
  return createThrottle(kind, { counters, clock: { now: () => now } })
}

/** How the attempt is met: `in`, or by what it is throttled. */
async function attempt(throttle: Throttle, login: string, address: string): Promise<string> {
  try {
    await throttle.enter(login, address)
    return 'in'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    assert.equal(error.code, 'SIGN_IN_THROTTLED')
    return `throttled by ${error.facts['by']}`
  }
}

async function attempts(throttle: Throttle, count: number, login: string, address: string) {
  for (let turn = 0; turn < count; turn += 1) await attempt(throttle, login, address)
}

forEachEngine((engine) => {
  test('ten attempts at one account are let through, the eleventh is not', async (t) => {
    const throttle = throttleOf(await freshStore(t, engine))
    await attempts(throttle, 9, 'ada', '192.0.2.1')

    const tenth = await attempt(throttle, 'ada', '192.0.2.2')
    const eleventh = await attempt(throttle, 'ADA', '192.0.2.3')
    const other = await attempt(throttle, 'bob', '192.0.2.1')

    assert.deepEqual([tenth, eleventh, other], ['in', 'throttled by account', 'in'])
  })

  test('fifty attempts from one address are let through, whoever is tried', async (t) => {
    const throttle = throttleOf(await freshStore(t, engine))
    for (let turn = 0; turn < 50; turn += 1) await attempt(throttle, `login-${turn}`, '192.0.2.1')

    const next = await attempt(throttle, 'login-51', '192.0.2.1')
    const elsewhere = await attempt(throttle, 'login-51', '192.0.2.2')

    assert.deepEqual([next, elsewhere], ['throttled by address', 'in'])
  })

  test('a success forgives what was counted', async (t) => {
    const throttle = throttleOf(await freshStore(t, engine))
    await attempts(throttle, 9, 'ada', '192.0.2.1')
    await throttle.enter('ada', '192.0.2.1')
    await throttle.forgive('ada', '192.0.2.1')

    assert.equal(await attempt(throttle, 'ada', '192.0.2.1'), 'in')
  })

  test('after a quarter of an hour everybody may try again', async (t) => {
    const store = await freshStore(t, engine)
    await attempts(throttleOf(store), 11, 'ada', '192.0.2.1')

    const early = await attempt(throttleOf(store, 14), 'ada', '192.0.2.1')
    const late = await attempt(throttleOf(store, 15), 'ada', '192.0.2.1')

    assert.deepEqual([early, late], ['throttled by account', 'in'])
  })

  test('two processes count together', async (t) => {
    const [first, second] = await twoStores(t, engine)
    const throttles = [throttleOf(first), throttleOf(second)]

    const met = await Promise.all(
      Array.from({ length: 20 }, (_, turn) => {
        const throttle = throttles[turn % 2]
        assert.ok(throttle !== undefined)
        return attempt(throttle, 'ada', '192.0.2.1')
      }),
    )

    assert.equal(met.filter((each) => each === 'in').length, 10)
  })

  test('customers and operators are counted apart', async (t) => {
    const store = await freshStore(t, engine)
    await attempts(throttleOf(store), 11, 'ada', '192.0.2.1')

    assert.equal(await attempt(throttleOf(store, 0, 'operator'), 'ada', '192.0.2.1'), 'in')
  })
})
