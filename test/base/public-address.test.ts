// Which networks a URL may lead into: the public one, a private one by permission, and others never.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindOf } from '../../src/base/public-address.ts'

const ROWS = {
  public: ['93.184.216.34', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00::1'],
  private: [
    '127.0.0.1',
    '127.255.255.254',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.10',
    '100.64.0.1',
    '::1',
    'fd00::1',
    'fc00::1',
  ],
  forbidden: [
    '169.254.169.254',
    '0.0.0.0',
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    'fe80::1',
    'ff02::1',
    '::',
    '64:ff9b::a9fe:a9fe',
    '2002:7f00:1::1',
    '2001::1',
    '2001:db8::1',
    '100::1',
  ],
} as const

for (const [kind, addresses] of Object.entries(ROWS)) {
  for (const address of addresses) {
    test(`${address} is ${kind}`, () => {
      assert.equal(kindOf({ address, family: address.includes(':') ? 6 : 4 }), kind)
    })
  }
}

const MAPPED = ['::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::ffff:93.184.216.34']

for (const address of MAPPED) {
  test(`${address}, an IPv4 address in the clothes of IPv6, is not public`, () => {
    assert.notEqual(kindOf({ address, family: 6 }), 'public')
  })
}
