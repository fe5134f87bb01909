// The customers of the example portal, from the file that the identity provider's start program
// writes. It is read at every sign-in, so that a customer added meanwhile can come at once.

import { timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fingerprint } from '../base/random.ts'

const file = z.object({
  people: z.array(
    z.object({
      login: z.string(),
      password: z.string(),
      accountId: z.string(),
      name: z.string(),
      email: z.string().optional(),
    }),
  ),
})

/** A customer who signed in to the portal. */
export type Person = Omit<z.infer<typeof file>['people'][number], 'password'>

/** Whose login and password these are. Without a file nobody is known. */
export function findPerson(dataDir: string, login: string, password: string): Person | undefined {
  // Everything is compared for everybody, so that time does not tell which login exists.
  const [found] = readPeople(dataDir).filter((person) =>
    [isSame(person.login, login), isSame(person.password, password)].every(Boolean),
  )
  if (found === undefined) return undefined
  const { password: _secret, ...person } = found
  return person
}

function readPeople(dataDir: string) {
  let text: string
  try {
    text = readFileSync(join(dataDir, 'people.json'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return file.parse(JSON.parse(text)).people
}

// Digests have one length, which the comparison in constant time needs.
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(fingerprint(a)), Buffer.from(fingerprint(b)))
}
