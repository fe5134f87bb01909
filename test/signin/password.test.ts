// Passwords: how they are kept, and that nobody is told apart by how long a no takes.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { hashPassword, isPassword } from '../../src/signin/password.ts'

test('a password is kept as argon2id with the cost that OWASP names', async () => {
  const hash = await hashPassword('correct horse')

  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await isPassword('correct horse', hash), true)
  assert.equal(await isPassword('Correct horse', hash), false)
  assert.equal(await isPassword('correct horse ', hash), false)
})

test('the same password is kept differently each time', async () => {
  const [first, second] = [await hashPassword('correct horse'), await hashPassword('correct horse')]

  assert.notEqual(first, second)
})

test('nobody without a password gets in, not even with the decoy’s', async () => {
  for (const password of ['', 'anything', 'a decoy that is nobody’s password']) {
    assert.equal(await isPassword(password, undefined), false)
  }
})

const UNFIT = [
  { title: 'nine characters', password: '123456789' },
  { title: 'five characters of two halves each', password: '😀😀😀😀😀' },
  { title: '513 bytes', password: 'x'.repeat(513) },
]

for (const { title, password } of UNFIT) {
  test(`${title} are no password`, async () => {
    await assert.rejects(
      async () => hashPassword(password),
      (error: unknown) => {
        assert.ok(error instanceof Refusal)
        assert.equal(error.code, 'ACCOUNT_INVALID')
        assert.ok(!JSON.stringify(error.facts).includes(password), 'the facts do not quote it')
        return true
      },
    )
  })
}
