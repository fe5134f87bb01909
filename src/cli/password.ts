// Passwords come by standard input: arguments are seen by everybody on the machine, and are kept in
// the shell's history.

import { Refusal } from '../base/errors.ts'
import { isSingleLine } from '../base/xml-text.ts'
import { loadConfig } from '../config/load.ts'
import { createIsBreached } from '../signin/breached.ts'
import { hashNewPassword, type PasswordContext } from '../signin/password-rules.ts'
import { type Cli, readStdin } from './context.ts'

/**
 * The hash of the line on standard input, without its line end. Throws `ACCOUNT_INVALID` for one that
 * is not fit to be a password, or that nobody could type into a form.
 */
export async function readPasswordHash(cli: Cli, context: PasswordContext): Promise<string> {
  const password = (await readStdin(cli)).replace(/\r?\n$/, '')
  if (!isSingleLine(password)) {
    throw new Refusal('ACCOUNT_INVALID', { problems: ['password: must be on one line'] })
  }
  const { breachedPasswordsFile } = loadConfig(cli.environment)
  return hashNewPassword(password, context, createIsBreached(breachedPasswordsFile))
}
