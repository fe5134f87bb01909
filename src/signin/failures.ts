// How many attempts failed between somebody's last sign-in and this one: their history in, a count and a
// note for them out. A stranger who tries their password is so seen.

import type { SignInRecord } from '../store/session-records.ts'
import type { Store } from '../store/store.ts'
import { type Html, html } from '../web/html.ts'
import type { Language } from '../web/language.ts'
import type { Customer } from './customer.ts'
import { SIGN_IN_TEXTS } from './texts/sign-in.ts'

/** The failures just before the sign-in of `at`; `history` has the newest attempt first. */
export function countFailuresBefore(history: readonly SignInRecord[], at: Date): number {
  const isThis = ({ refusal, at: tried }: SignInRecord) => refusal === undefined && tried >= at
  const own = history.findLastIndex(isThis)
  if (own === -1) return 0
  const before = history.slice(own + 1)
  const last = before.findIndex(({ refusal }) => refusal === undefined)
  return last === -1 ? before.length : last
}

/** What a customer is told of it; nothing when there is nothing to tell. */
export async function tellFailures(
  { account, signIn }: Customer,
  deps: { readonly store: Pick<Store, 'signIns'> },
): Promise<(language: Language) => Html | undefined> {
  const history = await deps.store.signIns.list(account.accountId)
  const count = countFailuresBefore(history, signIn.at)
  if (count === 0) return () => undefined
  return (language) => {
    const texts = SIGN_IN_TEXTS[language]
    return html`<div class="note warn"><p>${texts.failures(String(count))} ${texts.failuresHelp}</p></div>`
  }
}
