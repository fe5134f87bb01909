// A folder in, whether anybody but its owner can write to it out.

import { stat } from 'node:fs/promises'
import { error, type Finding, ok } from './check.ts'

/** Judges it; `meaning` says what others could do there. */
export async function judgeFolder(folder: string, meaning: string): Promise<Finding> {
  const mode = await stat(folder).then(
    (found) => found.mode & 0o777,
    () => undefined,
  )
  if (mode === undefined) {
    const lost = 'Nothing of what belongs there can be read.'
    return error({ found: `no folder ${folder}`, meaning: lost }, 'Run partner-idp init.')
  }
  const found = `${folder}, mode 0${mode.toString(8)}`
  if ((mode & 0o022) === 0 || process.platform === 'win32') {
    return ok(found, 'Only its owner can change what is in it.')
  }
  return error({ found, meaning }, `chmod go-w ${folder}`)
}
