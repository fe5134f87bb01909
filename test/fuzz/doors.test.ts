// Many broken messages at each door: nothing but refusals, and no memory is kept. FUZZ_SEED breaks the
// same places again (keys, and with them signatures, are new in each run), FUZZ_RUNS makes it longer.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { systemClock } from '../../src/base/clock.ts'
import { Refusal } from '../../src/base/errors.ts'
import { DOORS, type Door } from './doors.ts'
import { createDice } from './mutate.ts'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100_000)
const SEED = Number(process.env['FUZZ_SEED'] ?? systemClock.now().getTime() % 2 ** 32)

// The heap after a collection wavers by less than this, however long a door is used.
const MOST_GROWTH = 8 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapBytes(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

/** Brings an input to the door and says whether it was refused; every other error is a fault. */
function isRefused(door: Door, input: string): boolean {
  try {
    door.enter(input)
    return false
  } catch (error) {
    if (error instanceof Refusal) return true
    const shown = JSON.stringify(input.slice(0, 4000))
    throw new Error(`FUZZ_SEED=${SEED}: no refusal but a fault, for ${shown}`, { cause: error })
  }
}

for (const door of DOORS) {
  const runs = Math.ceil(RUNS * door.share)

  test(`${runs} broken inputs at ${door.title}: refusals, nothing new, no memory kept`, (context) => {
    const dice = createDice(SEED)
    const warm = Math.ceil(runs / 10)
    let heapWhenWarm = 0
    let refused = 0

    for (let done = 0; done < runs; done += 1) {
      if (done === warm) heapWhenWarm = heapBytes()
      if (isRefused(door, door.draw(dice))) refused += 1
    }
    const growth = heapBytes() - heapWhenWarm

    context.diagnostic(`FUZZ_SEED=${SEED}: ${refused} of ${runs} refused, ${growth} bytes more`)
    assert.ok(growth < MOST_GROWTH, `FUZZ_SEED=${SEED}: the heap grew by ${growth} bytes`)
  })

  test(`a good message at ${door.title} with any one byte changed: refused, or nothing new`, () => {
    const [message = ''] = door.good

    const refused = [...message].filter((byte, at) => {
      const other = String.fromCharCode(byte.charCodeAt(0) ^ 1)
      return isRefused(door, message.slice(0, at) + other + message.slice(at + 1))
    })

    assert.ok(refused.length > 0)
  })

  test(`good messages come in at ${door.title}, or the broken ones prove nothing`, () => {
    const refused = door.good.filter((message) => isRefused(door, message))

    assert.deepEqual(refused, [])
  })
}

test('every input is brought to one of the doors', () => {
  const shares = DOORS.reduce((sum, { share }) => sum + share, 0)

  assert.equal(shares, 1)
})
