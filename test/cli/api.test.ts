// `api-keys` and `webhooks` at the command line.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startShell } from './start.ts'

test('a key is shown once, is listed without its secret, and ends when it is revoked', async (t) => {
  const shell = await startShell(t)

  const made = await shell.run('api-keys add shop --scope customers:read --scope launch --json')
  const { key, scopes } = JSON.parse(made.stdout) as { key: string; scopes: string[] }
  const listed = await shell.run('api-keys list')
  const revoked = await shell.run('api-keys revoke shop')
  const after = await shell.run('api-keys list --json')

  assert.match(key, /^idp_[0-9a-f]{16}_[\w-]{43}$/)
  assert.deepEqual(scopes, ['customers:read', 'launch'])
  assert.match(listed.stdout, /shop +yes +customers:read launch/)
  assert.ok(!listed.stdout.includes(key.slice(-43)))
  assert.equal(revoked.exitCode, 0)
  assert.equal((JSON.parse(after.stdout) as { works: boolean }[])[0]?.works, false)
})

test('what is done with keys is on record, and no key with it', async (t) => {
  const shell = await startShell(t)

  const made = await shell.run('api-keys add shop --scope launch --json')
  await shell.run('api-keys revoke shop')

  const records = await (await shell.open()).audit.list({ subject: 'shop', limit: 10 })
  assert.deepEqual(
    records.map(({ action }) => action),
    ['key.revoked', 'key.created'],
  )
  const { key } = JSON.parse(made.stdout) as { key: string }
  assert.ok(!JSON.stringify(records).includes(key.slice(-43)))
})

const REFUSED = [
  ['a name that was used', 'api-keys add shop --scope launch', 1, /API_KEY_EXISTS/],
  ['a name with a space', ['api-keys', 'add', 'a b', '--scope', 'launch'], 1, /NAME: must be/],
  ['a scope that does not exist', 'api-keys add other --scope everything', 2, /customers:read/],
  ['no scope', 'api-keys add other', 2, /--scope/],
  ['no end', 'api-keys add other --scope launch --days 0', 2, /1 to 3650/],
  ['revoking what is not there', 'api-keys revoke nobody', 1, /API_KEY_NOT_FOUND/],
] as const

for (const [what, words, exitCode, said] of REFUSED) {
  test(`${what} is refused`, async (t) => {
    const shell = await startShell(t)
    await shell.run('api-keys add shop --scope launch')

    const refused = await shell.run(words)

    assert.equal(refused.exitCode, exitCode)
    assert.match(refused.stderr, said)
  })
}

test('a webhook that fails is told by the exit code', async (t) => {
  const shell = await startShell(t)
  const store = await shell.open().catch(() => undefined)
  assert.ok(store !== undefined)
  const now = new Date('2026-03-02T10:00:00Z')
  const url = 'https://portal.example/hook'
  await store.webhooks.set({ name: 'main', id: 'id', url, kinds: ['bound'], createdAt: now })
  const fine = await shell.run('webhooks list')
  await store.deliveries.enqueue({ eventId: 'e', kind: 'bound', body: '{}', now, expiresAt: now })
  const turn = { holder: 'h', now, heldUntil: now, limit: 1 }
  const [delivery] = await store.deliveries.take(turn)
  assert.ok(delivery !== undefined)
  const failed = { kind: 'failed', now, problem: 'status 500', nextAt: undefined } as const
  await store.deliveries.settle(delivery, 'h', failed)

  const failing = await shell.run('webhooks list')

  assert.equal(fine.exitCode, 0)
  assert.equal(failing.exitCode, 1)
  assert.match(failing.stdout, /main +failing +0 +1 +status 500 +https:/)
})
