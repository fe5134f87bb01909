// `users factors` and `operators factors`: shown without secrets, and removed for whoever lost them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FactorOwner } from '../../src/store/factor-records.ts'
import { NOW } from '../support/fixed.ts'
import { startShell } from './start.ts'

const ROWS = [
  {
    of: 'a customer',
    add: 'users add ann --account-id c-1',
    factors: 'users factors ann',
    owner: { role: 'customer', id: 'c-1' },
  },
  {
    of: 'an operator',
    add: 'operators add ann --password-stdin',
    factors: 'operators factors ANN',
    owner: { role: 'operator', id: 'ann' },
  },
] as const satisfies readonly { owner: FactorOwner; of: string; add: string; factors: string }[]

for (const { of, add, factors, owner } of ROWS) {
  test(`the factors of ${of} are shown, and removed on demand, on record`, async (t) => {
    const shell = await startShell(t)
    await shell.run(add, { stdin: 'a long pass phrase of mine\n' })
    const store = await shell.open()
    await store.factors.addTotp(owner, { sealedSecret: 'sealed', lastStep: 1, addedAt: NOW })
    await store.factors.addPasskey({
      credentialId: 'credential',
      owner,
      publicKey: 'public-key',
      counter: 0,
      transports: [],
      name: 'office laptop',
      addedAt: NOW,
      usedAt: undefined,
    })
    await store.factors.setRecoveryCodes(owner, ['hash'])

    const asText = await shell.run(factors)
    const asJson = await shell.run(`${factors} --json`)
    const reset = await shell.run(`${factors} --reset --json`)

    const passkey = { name: 'office laptop', addedAt: NOW.toISOString(), lastUsedAt: null }
    const app = { addedAt: NOW.toISOString() }
    assert.match(asText.stdout, /passkeys +office laptop\nrecovery codes left +1\n/)
    assert.deepEqual(JSON.parse(asJson.stdout), { app, passkeys: [passkey], recoveryCodes: 1 })
    assert.deepEqual(JSON.parse(reset.stdout), { app: null, passkeys: [], recoveryCodes: 0 })
    const [event] = await store.audit.list({ action: 'factor.removed', limit: 1 })
    assert.equal(event?.subject, owner.id)
    assert.deepEqual(event?.after, { role: owner.role, removed: 2 })
  })
}

test('the factors of nobody are not found', async (t) => {
  const shell = await startShell(t)

  const { exitCode, stderr } = await shell.run('users factors nobody --reset')

  assert.equal(exitCode, 1)
  assert.match(stderr, /^ACCOUNT_NOT_FOUND/)
})
