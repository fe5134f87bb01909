// Which addresses are counted together.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOf } from '../../src/base/network.ts'

const ROWS = [
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::ffff', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
] as const

for (const [address, network] of ROWS) {
  test(`the address "${address}" is counted as "${network}"`, () => {
    const found = networkOf(address)

    assert.equal(found, network)
  })
}
