// Those who look at links in other people's mail send HEAD: what counts once is not used up by it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ENGINES } from '../support/engines.ts'
import { sharedHouse } from '../support/shared-house.ts'

const [sqlite] = ENGINES
assert.ok(sqlite !== undefined)
const house = sharedHouse(sqlite)

for (const path of [
  '/sign-in/link?ticket=once',
  '/sign-in/handoff?ticket=once',
  '/sign-in/oidc/callback?code=once&state=once',
  '/sign-out/portal?logout_token=once',
]) {
  test(`a HEAD of ${path} is refused before anything is read`, async () => {
    const { status, headers } = await fetch(`${house().url}${path}`, { method: 'HEAD' })

    assert.equal(status, 405)
    assert.match(headers.get('allow') ?? '', /^GET/)
  })
}

test('a HEAD of a page that uses nothing up is answered', async () => {
  const { status } = await fetch(`${house().url}/sign-in`, { method: 'HEAD' })

  assert.equal(status, 200)
})
