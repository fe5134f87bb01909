// The form of a password in, the person's id out: counted, on record, and the browser known from now on.

import type { Request } from 'express'
import type { Random } from '../base/random.ts'
import type { HistoryDeps } from '../session/history.ts'
import type { Role } from '../session/session.ts'
import type { Store } from '../store/store.ts'
import { deviceHash, rememberDevice } from './known-device.ts'
import type { LocalSignIn } from './local.ts'
import { watchSignIn } from './watch.ts'

export type ByPasswordDeps<R extends Role> = HistoryDeps & {
  readonly store: Pick<Store, 'devices'>
  readonly random: Random
  readonly local: Pick<LocalSignIn, R>
}

/** What somebody typed, and who it names, if anybody. */
export type Typed = {
  readonly login: string
  readonly password: string
  readonly whom: () => Promise<string | undefined>
  /** A password of this house unless it says otherwise. */
  readonly method?: 'password' | 'ldap'
}

/** The account id. Throws like `LocalSignIn`. */
export async function customerByPassword(
  request: Request,
  typed: Typed,
  deps: ByPasswordDeps<'customer'>,
): Promise<string> {
  return prove(request, { ...typed, role: 'customer' }, deps, async (attempt) => {
    return (await deps.local.customer(attempt)).accountId
  })
}

/** The operator's login. Throws like `LocalSignIn`. */
export async function operatorByPassword(
  request: Request,
  typed: Typed,
  deps: ByPasswordDeps<'operator'>,
): Promise<string> {
  return prove(request, { ...typed, role: 'operator' }, deps, deps.local.operator)
}

async function prove(
  request: Request,
  { login, password, role, whom, method = 'password' }: Typed & { readonly role: Role },
  deps: Omit<ByPasswordDeps<never>, 'local'>,
  check: (attempt: Parameters<LocalSignIn['operator']>[0]) => Promise<string>,
): Promise<string> {
  const attempt = { login, password, address: request.ip ?? '', device: deviceHash(request) }
  const watched = { role, method, whom }
  const id = await watchSignIn(request, watched, { ...deps, attempt: () => check(attempt) })
  await rememberDevice(request, { role, id }, deps)
  return id
}
