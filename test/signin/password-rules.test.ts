// Which passwords may be chosen, and which lists say no.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { createIsBreached } from '../../src/signin/breached.ts'
import { findPasswordProblem, hashNewPassword } from '../../src/signin/password-rules.ts'
import type { Lifetime } from '../support/engines.ts'

const ANNA = {
  login: 'anna.smith',
  email: 'anna.smith@tulip-trade.example',
  name: 'Tulip Trade',
  accountId: 'C-10001',
}

const ROWS = [
  { title: 'a few words', password: 'quiet otter paints fences', problem: undefined },
  { title: 'small letters only', password: 'lrmvkzpqhw', problem: undefined },
  { title: 'words of another script', password: '正しい馬の電池とホチキス', problem: undefined },
  { title: 'nine characters', password: 'kvzpq-9xw', problem: 'too-short' },
  { title: 'five characters of two halves each', password: '😀😃😄😁😆', problem: 'too-short' },
  { title: '513 bytes', password: 'abcdefghi'.repeat(57), problem: 'too-long' },
  { title: 'one character again and again', password: 'aaaaaaaaaaaaaaaa', problem: 'uniform' },
  { title: 'two characters in turns', password: 'ababABABabab', problem: 'uniform' },
  { title: 'their sign-in name', password: 'Anna.Smith', problem: 'personal' },
  { title: 'their sign-in name and a year', password: 'anna.smith1987', problem: 'personal' },
  { title: 'their names in another order', password: 'smith-anna-1!', problem: 'personal' },
  { title: 'their company', password: 'TulipTrade2026', problem: 'personal' },
  { title: 'their account id', password: 'c-10001-c-10001', problem: 'personal' },
  { title: 'the name of this service', password: 'HuaweiCloud1!', problem: 'personal' },
  { title: 'their name and enough beside it', password: 'anna-lrmvkzpqhw', problem: undefined },
  { title: 'a common one', password: '1234567890', problem: 'breached' },
  { title: 'a common one in capitals', password: 'QWERTYUIOP', problem: 'breached' },
  { title: 'a common one and a year', password: 'password2024', problem: 'breached' },
  { title: 'a common one between signs', password: '!!password!!', problem: 'breached' },
  { title: 'a common one and much more', password: 'password-lrmvkzpqhw', problem: undefined },
] as const

for (const { title, password, problem } of ROWS) {
  test(`${title}: ${problem === undefined ? 'may be a password' : `is refused as ${problem}`}`, async () => {
    const found = await findPasswordProblem(password, ANNA, createIsBreached(undefined))

    assert.equal(found, problem)
  })
}

test('by command the refusal says what is wrong and does not quote the password', async () => {
  const hash = hashNewPassword('password2024', ANNA, createIsBreached(undefined))

  await assert.rejects(hash, {
    code: 'ACCOUNT_INVALID',
    facts: { problems: ['password: must not be one that is known from other places'] },
  })
})

function lineOf(password: string, count: number): string {
  return `${createHash('sha1').update(password).digest('hex').toUpperCase()}:${count}`
}

async function listOf(t: Lifetime, lines: readonly string[], lineEnd = '\r\n'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-breached-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'hashes.txt')
  await writeFile(path, [...lines].sort().join(lineEnd))
  return path
}

test('a bigger list is searched beside the one that comes along', async (t) => {
  const isBreached = createIsBreached(await listOf(t, [lineOf('quiet otter paints fences', 3)]))

  const answers = [
    await isBreached('quiet otter paints fences'),
    await isBreached('Quiet Otter Paints Fences'),
    await isBreached('quiet otter paints houses'),
    await isBreached('password2024'),
  ]

  assert.deepEqual(answers, [true, true, false, true])
})

test('whatever is in the list is found and nothing else, however long its lines are', async (t) => {
  const passwords = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{12}$/), fc.nat()), {
    selector: ([password]) => password,
    minLength: 1,
    maxLength: 60,
  })
  const property = fc.asyncProperty(passwords, fc.constantFrom('\n', '\r\n'), async (rows, end) => {
    const lines = rows.map(([password, count]) => lineOf(password, count))
    const isBreached = createIsBreached(await listOf(t, lines, end))

    for (const [password] of rows) assert.equal(await isBreached(password), true)
    assert.equal(await isBreached('lrmvkzpqhwxx!'), false)
  })
  await fc.assert(property, { numRuns: 20 })
})
