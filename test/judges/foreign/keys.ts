// Keys for sites that bring no tool to make some.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { certificateOf, keyPair } from '../../support/fixed.ts'
import type { Place } from './place.ts'

/** Writes `sp.key` and `sp.crt`. */
export async function writeKeys({ folder }: Place): Promise<void> {
  const key = keyPair('site').privateKey.export({ format: 'pem', type: 'pkcs8' })
  const certificate = await certificateOf('site')
  await writeFile(join(folder, 'sp.key'), key)
  await writeFile(join(folder, 'sp.crt'), certificate.toString())
}
