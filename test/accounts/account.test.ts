// The rules of an account's fields: a value that Huawei, SAML or a log line could not carry never enters.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addAccount, findProblems } from '../../src/accounts/account.ts'
import { Refusal } from '../../src/base/errors.ts'
import { forEachEngine, freshStore } from '../support/engines.ts'
import { fixedClock } from '../support/fixed.ts'

const FITS = {
  login: ['a', 'ada', 'ada.l@customer.example', 'x'.repeat(128)],
  accountId: ['1', 'C-10001', 'Kunde 42', '客户-1', 'x'.repeat(128), '<b>&"\''],
  email: ['a@b', 'ada+cloud@mail.customer.example', `${'x'.repeat(56)}@b.c.de`],
  name: ['ada_l', '-abcd', '_abcd', 'A'.repeat(32)],
  mobile: ['0086-13800000000', '0049-1'],
} as const

const BREAKS = {
  login: ['', 'two words', 'ada\n', 'адa', 'x'.repeat(129), '"ada"'],
  accountId: [
    ...['', ' C-1', 'C-1 ', 'C  1', 'C\t1', 'C\n1', 'C\u0000', 'C\u2028'],
    ...['\ud800', '\ufffe', 'x'.repeat(129)],
  ],
  email: [
    ...['', 'ada', '@b', 'a@', 'a@-b', 'a@b-', 'a@b..c', 'a b@c', 'a@b\n', 'ä@b', 'a@b@c'],
    `${'x'.repeat(64)}@b`,
  ],
  name: ['', 'four', '1abcd', 'a bcd', 'a.bcd', 'op_abcd', 'OP_abcd', 'shadow_x', 'A'.repeat(33)],
  mobile: ['', '13800000000', '+8613800000000', '086-1380', '0086-', '0086-13800000000000000'],
} as const

for (const field of ['login', 'accountId', 'email', 'name', 'mobile'] as const) {
  test(`a ${field} that keeps the rules has no problem`, () => {
    for (const value of FITS[field]) assert.deepEqual(findProblems({ [field]: value }), [], value)
  })

  test(`a ${field} that breaks a rule is named, with the rule`, () => {
    for (const value of BREAKS[field]) {
      const problems = findProblems({ [field]: value })
      assert.equal(problems.length, 1, JSON.stringify(value))
      assert.match(problems[0] ?? '', new RegExp(`^${field}: must be `))
    }
  })
}

test('a rule takes no longer for a value that was made to take long', () => {
  const evil = `${'a'.repeat(30)}@${'a.'.repeat(14)}!`

  assert.equal(findProblems({ email: evil, name: `${'a'.repeat(50_000)}!` }).length, 2)
})

forEachEngine((engine) => {
  test('all problems of an account are told at once, and nothing is added', async (t) => {
    const { accounts } = await freshStore(t, engine)
    const asked = { login: 'two words', accountId: '', email: 'none', mobile: '1' }

    const refusal = await addAccount(asked, { accounts, clock: fixedClock }).catch((error) => error)

    assert.ok(refusal instanceof Refusal)
    assert.equal(refusal.code, 'ACCOUNT_INVALID')
    const { problems } = refusal.facts as { problems: string[] }
    assert.deepEqual(
      problems.map((problem) => problem.split(':')[0]),
      ['login', 'accountId', 'email', 'mobile'],
    )
    assert.deepEqual(await accounts.list({ limit: 10 }), [])
  })

  const TAKEN = [
    { what: 'login', again: { login: 'ADA', accountId: 'C-2' } },
    { what: 'account-id', again: { login: 'bob', accountId: 'C-1' } },
    { what: 'email', again: { login: 'bob', accountId: 'C-2', email: 'ADA@customer.example' } },
  ] as const

  for (const { what, again } of TAKEN) {
    test(`a second account with the same ${what} is refused, and the first stays`, async (t) => {
      const { accounts } = await freshStore(t, engine)
      const first = { login: 'ada', accountId: 'C-1', email: 'ada@customer.example' }
      await addAccount(first, { accounts, clock: fixedClock })

      const refusal = await addAccount(again, { accounts, clock: fixedClock }).catch(
        (error) => error,
      )

      assert.ok(refusal instanceof Refusal)
      assert.deepEqual([refusal.code, refusal.facts], ['ACCOUNT_EXISTS', { taken: what }])
      assert.equal((await accounts.list({ limit: 10 })).length, 1)
    })
  }
})
