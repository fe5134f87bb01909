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
async function attempt(
  throttle: Throttle,
  login: string,
  address: string,
  device?: string,
): Promise<string> {
  try {
    await throttle.enter({ login, address, device })
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
    await throttle.enter({ login: 'ada', address: '192.0.2.1' })
    await throttle.forgive({ login: 'ada', address: '192.0.2.1' })

    assert.equal(await attempt(throttle, 'ada', '192.0.2.1'), 'in')
  })

  test('after ten failures each further attempt waits longer, and never more than 15 minutes', async (t) => {
    const store = await freshStore(t, engine)
    await attempts(throttleOf(store), 10, 'ada', '192.0.2.1')

    const letIn: number[] = []
    for (let minute = 0; minute <= 60; minute += 1) {
      const met = await attempt(throttleOf(store, minute), 'ada', `192.0.2.${minute + 2}`)
      if (met === 'in') letIn.push(minute)
    }

    assert.deepEqual(letIn, [1, 3, 7, 15, 30, 45, 60])
  })

  test('whoever has to wait is told for how long', async (t) => {
    const store = await freshStore(t, engine)
    await attempts(throttleOf(store), 10, 'ada', '192.0.2.1')

    const again = throttleOf(store).enter({ login: 'ada', address: '192.0.2.1' })

    await assert.rejects(again, (error: unknown) => {
      assert.ok(error instanceof Refusal)
      assert.equal(error.facts['retryAfterSeconds'], 60)
      return true
    })
  })

  test('somebody with many addresses does not lock the owner out of a known browser', async (t) => {
    const store = await freshStore(t, engine)
    const throttle = throttleOf(store)
    for (let turn = 0; turn < 200; turn += 1) await attempt(throttle, 'ada', `2001:db8:${turn}::1`)

    const stranger = await attempt(throttle, 'ada', '192.0.2.1')
    const owner = await attempt(throttle, 'ada', '192.0.2.1', 'a known browser')

    assert.deepEqual([stranger, owner], ['throttled by account', 'in'])
  })

  test('somebody at the same address does not lock the owner out of a known browser', async (t) => {
    const throttle = throttleOf(await freshStore(t, engine))
    for (let turn = 0; turn < 51; turn += 1) await attempt(throttle, `login-${turn}`, '192.0.2.1')

    const stranger = await attempt(throttle, 'ada', '192.0.2.1')
    const owner = await attempt(throttle, 'ada', '192.0.2.1', 'a known browser')

    assert.deepEqual([stranger, owner], ['throttled by address', 'in'])
  })

  test('a known browser has ten guesses of its own and no more', async (t) => {
    const throttle = throttleOf(await freshStore(t, engine))
    for (let turn = 0; turn < 10; turn += 1) {
      await attempt(throttle, 'ada', `192.0.2.${turn}`, 'a known browser')
    }

    const next = await attempt(throttle, 'ada', '192.0.2.77', 'a known browser')
    const stranger = await attempt(throttle, 'ada', '192.0.2.77')

    assert.deepEqual([next, stranger], ['throttled by device', 'in'])
  })

  test('two spellings of one sign-in name are counted as one', async (t) => {
    const throttle = throttleOf(await freshStore(t, engine))
    await attempts(throttle, 5, 'Ren\u00e9', '192.0.2.1')
    await attempts(throttle, 5, 'rene\u0301', '192.0.2.1')

    assert.equal(await attempt(throttle, 'REN\u00c9', '192.0.2.1'), 'throttled by account')
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
