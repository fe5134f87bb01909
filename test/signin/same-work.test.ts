// How long a no takes tells nothing: whoever is tried, the same hash is computed once. Calls are counted,
// because a stopwatch would depend on the machine.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { addAccount } from '../../src/accounts/account.ts'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { fixedClock, NOW } from '../support/fixed.ts'

type Argon2 = { verify: (hash: string, password: string) => Promise<boolean> }

// Before anything else loads it: the product then gets the counting one.
const argon2 = createRequire(import.meta.url)('@node-rs/argon2') as Argon2
const verified: string[] = []
const { verify } = argon2
argon2.verify = (hash, password) => {
  verified.push(hash)
  return verify(hash, password)
}

const { createLocalSignIn } = await import('../../src/signin/local.ts')
const { hashPassword } = await import('../../src/signin/password.ts')

const passwordHash = await hashPassword('the right password')

async function addPeople({ accounts, operators }: Store): Promise<void> {
  const add = (login: string, hash?: string) => {
    return addAccount(
      { login, accountId: `C-${login}`, passwordHash: hash },
      { accounts, clock: fixedClock },
    )
  }
  await add('known', passwordHash)
  await add('disabled', passwordHash)
  await add('without')
  await accounts.setEnabled('C-disabled', false)
  const operator = { passwordHash, createdAt: NOW }
  await operators.add({ ...operator, login: 'known', isEnabled: true })
  await operators.add({ ...operator, login: 'disabled', isEnabled: false })
}

const ROWS = [
  { role: 'customer', title: 'is known', login: 'known' },
  { role: 'customer', title: 'is unknown', login: 'nobody' },
  { role: 'customer', title: 'is disabled', login: 'disabled' },
  { role: 'customer', title: 'has no password here', login: 'without' },
  { role: 'operator', title: 'is known', login: 'known' },
  { role: 'operator', title: 'is unknown', login: 'nobody' },
  { role: 'operator', title: 'is disabled', login: 'disabled' },
] as const

forEachEngine((engine) => {
  for (const { role, title, login } of ROWS) {
    test(`a ${role} who ${title}: one password is verified, at full cost`, async (t) => {
      const store = await freshStore(t, engine)
      await addPeople(store)
      const signIn = createLocalSignIn({ store, clock: fixedClock })
      verified.length = 0

      const attempt = signIn[role]({ login, password: 'a wrong password', address: '192.0.2.1' })

      await assert.rejects(attempt, { code: 'SIGN_IN_FAILED' })
      assert.equal(verified.length, 1)
      assert.match(verified[0] ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    })
  }
})
