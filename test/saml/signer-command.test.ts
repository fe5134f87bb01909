// A key behind a command: what the program must do, and every way in which it can fail.

import assert from 'node:assert/strict'
import { verify } from 'node:crypto'
import { test } from 'node:test'
import { createCommandKey } from '../../src/saml/signer-command.ts'
import { certificateOf } from '../support/fixed.ts'
import { emptyFolder, signerProgram } from '../support/key-folder.ts'

const OCTETS = Buffer.from('what is to be signed')

test('a program signs, and this process never sees the key', async (context) => {
  const certificate = await certificateOf('house')
  const program = await signerProgram(await emptyFolder(context), 'house')
  const key = createCommandKey(program, certificate)

  const signature = await key.sign(OCTETS)

  assert.ok(verify('sha256', OCTETS, certificate.publicKey, signature))
})

test('the program is told which key, by the fingerprint of its certificate', async (context) => {
  const certificate = await certificateOf('house')
  const say = "process.stdout.write(''); process.exit(process.argv[5].length === 64 ? 64 : 1)"
  const program = await signerProgram(await emptyFolder(context), 'house', say)

  await assert.rejects(createCommandKey(program, certificate).sign(OCTETS), {
    facts: { program: process.execPath, problem: 'it ended with 64' },
  })
})

const FAILURES = [
  { title: 'that ends with an error', body: 'process.exit(3)', problem: 'it ended with 3' },
  {
    title: 'that prints nonsense',
    body: "process.stdout.write('no signature at all')",
    problem: 'it printed no signature that fits the certificate',
  },
  {
    title: 'that prints nothing',
    body: 'await process.stdin.toArray()',
    problem: 'it printed no signature that fits the certificate',
  },
  {
    title: 'that prints without end',
    body: "process.stdout.write('A'.repeat(5000)); setInterval(() => {}, 1000)",
    problem: 'it printed too much',
  },
] as const

for (const { title, body, problem } of FAILURES) {
  test(`a program ${title} signs nothing`, async (context) => {
    const program = await signerProgram(await emptyFolder(context), 'house', body)
    const key = createCommandKey(program, await certificateOf('house'))

    await assert.rejects(key.sign(OCTETS), {
      code: 'SIGNER_FAILED',
      facts: { program: process.execPath, problem },
    })
  })
}

test('a program that does not answer in time is ended', async (context) => {
  const body = 'setInterval(() => {}, 1000)'
  const program = await signerProgram(await emptyFolder(context), 'house', body)
  const key = createCommandKey(program, await certificateOf('house'), 50)

  await assert.rejects(key.sign(OCTETS), {
    code: 'SIGNER_FAILED',
    facts: { program: process.execPath, problem: 'it took too long' },
  })
})

test('a signature by another key than the certificate’s is not used', async (context) => {
  const program = await signerProgram(await emptyFolder(context), 'stranger')
  const key = createCommandKey(program, await certificateOf('house'))

  await assert.rejects(key.sign(OCTETS), {
    code: 'SIGNER_FAILED',
    facts: {
      program: process.execPath,
      problem: 'it printed no signature that fits the certificate',
    },
  })
})

test('a program that is not there signs nothing', async () => {
  const key = createCommandKey(['/no/such/program'], await certificateOf('house'))

  await assert.rejects(key.sign(OCTETS), {
    code: 'SIGNER_FAILED',
    facts: { program: '/no/such/program', problem: 'it cannot be started' },
  })
})
