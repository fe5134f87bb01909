// Passwords come by standard input: arguments are seen by everybody on the machine, and are kept in
// the shell's history.

import { Refusal } from '../base/errors.ts'
import { isSingleLine } from '../base/xml-text.ts'
import { hashPassword } from '../signin/password.ts'
import { type Cli, readStdin } from './context.ts'

/**
 * The hash of the line on standard input, without its line end. Throws `ACCOUNT_INVALID` for one that
 * is no password, or that nobody could type into a form.
 */
export async function readPasswordHash(cli: Cli): Promise<string> {
  const password = (await readStdin(cli)).replace(/\r?\n$/, '')
  if (!isSingleLine(password)) {
    throw new Refusal('ACCOUNT_INVALID', { problems: ['password: must be on one line'] })
  }
  return hashPassword(password)
}
