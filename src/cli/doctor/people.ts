// Checks of what protects sign-ins here: second factors and their key, and the list of known passwords.

import { type FileHandle, open } from 'node:fs/promises'
import { type Check, type Examination, error, type Finding, note, ok, warning } from './check.ts'

export const PEOPLE_CHECKS: readonly Check[] = [
  {
    id: 'factors.policy',
    group: 'Sign-in',
    title: 'Second factors',
    expected: 'operators are asked for one',
    needs: ['SECOND_FACTOR', 'OPERATOR_SECOND_FACTOR', 'FACTOR_KEY'],
    run: ({ config: { factors } }) => {
      const found = `customers: ${factors.customer}; operators: ${factors.operator}`
      if (factors.operator === 'required') return [ok(found, 'A stolen password is not enough.')]
      const meaning = 'Whoever knows the password of an operator is one.'
      return [note({ found, meaning }, 'Set OPERATOR_SECOND_FACTOR to required.')]
    },
  },
  {
    id: 'factors.key',
    group: 'Sign-in',
    title: 'Key of factors',
    expected: 'FACTOR_KEY is in a file, and random',
    needs: ['FACTOR_KEY', 'SECOND_FACTOR', 'OPERATOR_SECOND_FACTOR'],
    run: judgeKey,
  },
  {
    id: 'passwords.breached',
    group: 'Sign-in',
    title: 'Known passwords',
    expected: 'BREACHED_PASSWORDS_FILE is sorted',
    needs: ['BREACHED_PASSWORDS_FILE'],
    run: ({ config: { breachedPasswordsFile } }) => judgeBreached(breachedPasswordsFile),
  },
]

// 32 characters of one kind, such as a word repeated, have fewer.
const FEWEST_KINDS = 12

function judgeKey({ config, isInEnvironment }: Examination): readonly Finding[] {
  const { key } = config.factors
  if (key === undefined) {
    const meaning =
      config.site === 'sandbox' ? 'The sandbox draws one.' : 'Nobody is asked for a second factor.'
    return [note({ found: 'no FACTOR_KEY', meaning })]
  }
  const findings: Finding[] = []
  if (new Set(key).size < FEWEST_KINDS) {
    const meaning =
      'Whoever has the database may guess it, and then has every authenticator secret.'
    const next = 'Make one with openssl rand -base64 32; factors that exist are set up again.'
    findings.push(warning({ found: 'a key that is easy to guess', meaning }, next))
  }
  if (isInEnvironment('FACTOR_KEY')) {
    const meaning = 'Whoever can list the variables of the process can read it.'
    findings.push(warning({ found: 'a key in FACTOR_KEY', meaning }, 'Give it by FACTOR_KEY_FILE.'))
  }
  if (findings.length > 0) return findings
  return [ok('a key of its own', 'The database alone gives no second factor away.')]
}

const SAMPLES = 64
const LINE_BYTES = 128
const HASH = /^[0-9A-F]{40}$/

// The search halves the file again and again: out of order, it misses passwords without a word.
async function judgeBreached(path: string | undefined): Promise<readonly Finding[]> {
  if (path === undefined) {
    const meaning = 'Only the common passwords that come with this service are refused.'
    return [note({ found: 'no BREACHED_PASSWORDS_FILE', meaning })]
  }
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const hashes: string[] = []
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const hash = await hashAfter(file, Math.floor((size * sample) / SAMPLES))
      if (hash !== undefined) hashes.push(hash)
    }
    const isSorted = hashes.every((hash, at) => HASH.test(hash) && hash >= (hashes[at - 1] ?? ''))
    const found = `${path}: ${Math.ceil(size / 1024 / 1024)} MiB`
    if (isSorted) return [ok(found, 'Passwords in it are refused.')]
    const meaning = 'Known passwords are not found in it, and let through.'
    return [error({ found: `${path}: not in order`, meaning }, 'Sort it: LC_ALL=C sort.')]
  } finally {
    await file.close()
  }
}

async function hashAfter(file: FileHandle, offset: number): Promise<string | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(LINE_BYTES), { position: offset })
  const text = buffer.toString('latin1', 0, bytesRead)
  const start = offset === 0 ? 0 : text.indexOf('\n') + 1
  const line = text.slice(start, start + 40)
  return line.length < 40 || (start === 0 && offset > 0) ? undefined : line
}
