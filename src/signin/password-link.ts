// One-time links that set a password. There is no e-mail here: whoever asks for a link, the portal or an
// operator, hands it to the person.

import { addMinutes, type Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { fingerprint, newToken, type Random } from '../base/random.ts'
import type { AccountRecord, Store } from '../store/store.ts'

export type PasswordLinkDeps = {
  readonly store: Pick<Store, 'accounts' | 'passwords'>
  readonly clock: Clock
  readonly random: Random
  readonly publicUrl: string
  readonly passwordLinkMinutes: number
}

/** What is handed over. The address is a secret: it is never logged. */
export type MadeLink = { readonly url: string; readonly expiresAt: Date }

/**
 * Makes a link for an account; an older one of the same account ends. Whoever calls it puts
 * `password.link-made` on record before the link leaves the house. Throws `ACCOUNT_NOT_FOUND` and
 * `ACCOUNT_DISABLED`.
 */
export type MakePasswordLink = (accountId: string) => Promise<MadeLink>

export function createMakePasswordLink(deps: PasswordLinkDeps): MakePasswordLink {
  const { store, clock, random, publicUrl } = deps
  return async (accountId) => {
    const account = await store.accounts.find(accountId)
    if (account === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId })
    if (!account.isEnabled) throw new Refusal('ACCOUNT_DISABLED', { account: accountId })
    const token = newToken(random)
    const expiresAt = addMinutes(clock.now(), deps.passwordLinkMinutes)
    await store.passwords.saveLink({ tokenHash: fingerprint(token), accountId, expiresAt })
    return { url: `${publicUrl}/password/reset?token=${token}`, expiresAt }
  }
}

/** Whom a link is for, while it can be used. Throws `PASSWORD_LINK_INVALID` and `ACCOUNT_DISABLED`. */
export async function findByLink(
  token: string | undefined,
  { store, clock }: Pick<PasswordLinkDeps, 'store' | 'clock'>,
): Promise<AccountRecord> {
  const accountId = await store.passwords.findLink(fingerprint(token ?? ''), clock.now())
  const account = accountId === undefined ? undefined : await store.accounts.find(accountId)
  if (account === undefined) throw new Refusal('PASSWORD_LINK_INVALID')
  if (!account.isEnabled) throw new Refusal('ACCOUNT_DISABLED', { account: account.accountId })
  return account
}
