// The proxy to Huawei Cloud as an option: what is taken, and that a mistake does not show its password.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../../src/config/load.ts'

const PROXIES = [
  'http://proxy.example.com:3128',
  'https://proxy.example.com',
  'http://user:proxy-secret@proxy.example.com:3128',
]

for (const proxy of PROXIES) {
  test(`${proxy} is a proxy`, () => {
    const { mistakes, config } = readConfig({ HUAWEI_PROXY: proxy })

    assert.deepEqual(mistakes, [])
    assert.equal(config?.huawei.proxy, proxy)
  })
}

const MISTAKES = [
  'proxy.example.com:3128',
  'socks5://user:proxy-secret@proxy.example.com',
  'http://user:proxy-secret@proxy.example.com/path',
]

for (const proxy of MISTAKES) {
  test(`${proxy} is no proxy, and the mistake shows nothing of it`, () => {
    const { mistakes } = readConfig({ HUAWEI_PROXY: proxy })

    assert.deepEqual(mistakes, [
      'HUAWEI_PROXY: must be an http(s) URL of a host, without a path, but is a value that is not shown',
    ])
  })
}

test('without the option there is no proxy of ours', () => {
  const { config } = readConfig({})

  assert.equal(config?.huawei.proxy, undefined)
})
