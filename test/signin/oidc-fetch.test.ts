// What is taken of a provider's answers, and where they may come from.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundFetch, isPrivate, MOST_BYTES } from '../../src/signin/oidc-fetch.ts'

const ADDRESSES = [
  { address: 'https://id.example/token', isIn: true },
  { address: 'http://127.0.0.1:9000/token', isIn: true },
  { address: 'http://[::1]:9000/token', isIn: true },
  { address: 'http://id.example/token', isIn: false },
  { address: 'http://localhost.evil.example/token', isIn: false },
  { address: 'ftp://id.example/token', isIn: false },
]

for (const { address, isIn } of ADDRESSES) {
  test(`${address} is ${isIn ? '' : 'not '}asked`, async () => {
    let asked = 0
    const fetch = boundFetch(async () => {
      asked += 1
      return new Response('{}')
    })

    if (isIn) await fetch(address, {})
    else await assert.rejects(fetch(address, {}), /is not reached by https/)

    assert.equal(isPrivate(new URL(address)), isIn)
    assert.equal(asked, isIn ? 1 : 0)
  })
}

test('an answer of the greatest size is taken, and one byte more is too much', async () => {
  const fetch = boundFetch(
    async (input) => new Response('x'.repeat(Number(String(input).slice(24)))),
  )

  const answer = await fetch(`https://id.example/size/${MOST_BYTES}`, {})

  assert.equal((await answer.text()).length, MOST_BYTES)
  await assert.rejects(fetch(`https://id.example/size/${MOST_BYTES + 1}`, {}), /more than/)
})

test('an answer that leads elsewhere is not followed', async () => {
  let init: RequestInit | undefined
  const fetch = boundFetch(async (_input, given) => {
    init = given
    return new Response('{}')
  })

  await fetch('https://id.example/', { redirect: 'follow' })

  assert.equal(init?.redirect, 'error')
})
