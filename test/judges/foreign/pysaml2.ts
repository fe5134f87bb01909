// pysaml2: a small site in Python, `pysaml2-site.py`, that leaves everything about SAML to the library.

import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeKeys } from './keys.ts'
import type { Place } from './place.ts'
import { type Command, runProgram, startProgram } from './program.ts'
import { PAGE, type ServiceProvider } from './service-provider.ts'

const SITE = 'pysaml2-site.py'

function command(place: Place, idpEntityId: string): Command {
  const { url, port } = place
  return {
    file: '/usr/bin/python3',
    args: [SITE],
    environment: { SITE_URL: url, PORT: String(port), PAGE, IDP: idpEntityId },
  }
}

export const pysaml2: ServiceProvider = {
  name: 'pysaml2',
  package: 'python3-pysaml2',
  file: '/usr/lib/python3/dist-packages/saml2/client.py',
  canPost: true,
  // Where Huawei's sample has an entity id, pysaml2 expects a network address (docs/divergences.md).
  options: { omitsLocality: true },
  prepare: async (place) => {
    await writeKeys(place)
    await copyFile(join(import.meta.dirname, SITE), join(place.folder, SITE))
    return runProgram(command(place, ''), place)
  },
  start: async (place, idp, lifetime) => {
    await writeFile(join(place.folder, 'idp.xml'), idp.metadata)
    await startProgram(command(place, idp.entityId), place, lifetime)
  },
}
