// What to do next about one customer, in words: THE table of states that need somebody, each with the
// command that helps.

import { isOpen } from '../accounts/journey/steps.ts'
import { ERROR_CODES } from '../base/error-codes.ts'
import type { ErrorDescription } from '../base/error-description.ts'
import type { ActivationRecord } from '../store/activation-records.ts'
import type { BindingRecord } from '../store/binding-records.ts'
import type { AccountRecord } from '../store/store.ts'
import { type Html, html } from '../web/html.ts'

/** All that is known about a customer. */
export type Circumstances = {
  readonly account: AccountRecord
  readonly binding: BindingRecord
  readonly activation: ActivationRecord | undefined
  /** The other customer of ours who has the Huawei Cloud account that contradicts. */
  readonly heldBy: string | undefined
}

type Advice = {
  readonly tone: 'bad' | 'warn'
  readonly applies: (circumstances: Circumstances) => boolean
  readonly say: (circumstances: Circumstances) => Html
}

const ADVICE: readonly Advice[] = [
  {
    tone: 'bad',
    applies: ({ account }) => !account.isEnabled,
    say: ({
      account,
    }) => html`<p><strong>Disabled.</strong> The customer cannot sign in. To let them in again:</p>
${command('users', 'enable', account.login)}`,
  },
  { tone: 'bad', applies: ({ binding }) => binding.state === 'conflict', say: sayConflict },
  {
    tone: 'warn',
    applies: ({ binding }) => binding.state === 'bound' && binding.confirmedAt === undefined,
    say: ({
      binding,
    }) => html`<p><strong>Not confirmed.</strong> The partner API has not listed this connection yet. The service asks again every minute; Huawei Cloud may need some. If it stays so, look whether <code>xaccount_id</code> in the answer is this customer’s account id:</p>
${command('call', 'queryCustomers', '--customer-id', binding.domainId ?? '')}`,
  },
  {
    tone: 'warn',
    applies: ({ binding }) => binding.held !== undefined,
    say: ({ binding }) =>
      html`<p><strong>Being confirmed.</strong> Huawei Cloud reported the account ${binding.held?.domainId}, and the partner API has not confirmed it yet. The service asks again every minute. If it stays so, look whether the API answers, and whether <code>xaccount_id</code> in the answer is this customer’s account id:</p>
${command('call', 'queryCustomers', '--customer-id', binding.held?.domainId ?? '')}`,
  },
  {
    tone: 'warn',
    applies: ({ binding }) => binding.state === 'asked' && binding.held === undefined,
    say: () =>
      html`<p><strong>Not connected yet.</strong> The customer went to Huawei Cloud and no connection has been reported. If they say that they finished, look for a notice about them at <a href="/console/notices">Notices</a>; without one, check the Notification URL in Partner Center, and ask them to open Huawei Cloud once more.</p>`,
  },
  {
    tone: 'warn',
    applies: ({ activation }) => activation !== undefined && isOpen(activation),
    say: ({
      activation,
    }) => html`<p><strong>Being opened.</strong> Huawei Cloud was asked to create an account, and its answer did not come. Do not create one by hand: it would be a second one. The service asks every few minutes what became of it. To look yourself:</p>
${command('call', 'queryCustomers', '--account-name', activation?.domainName ?? '')}`,
  },
  {
    tone: 'warn',
    applies: ({ activation }) => activation?.step === 'refused',
    say: ({ activation }) =>
      html`<p><strong>Refused.</strong> Huawei Cloud did not create the account. ${explain(activation?.problem)} The customer can try again with other details.</p>`,
  },
]

/** Every piece of advice that applies, most urgent first; nothing when all is well. */
export function adviceFor(circumstances: Circumstances): readonly Html[] {
  return ADVICE.filter(({ applies }) => applies(circumstances)).map(
    ({ tone, say }) => html`<div class="note ${tone}">${say(circumstances)}</div>
`,
  )
}

function sayConflict({ binding, heldBy }: Circumstances): Html {
  const { domainId, conflictDomainId } = binding
  const isHeldByOther = heldBy !== undefined && heldBy !== binding.accountId
  const reason = isHeldByOther
    ? html`The Huawei Cloud account ${conflictDomainId} belongs to the customer ${heldBy} already.`
    : html`Huawei Cloud named the account ${conflictDomainId}, and ${domainId ?? 'no account'} is kept here.`
  return html`<p><strong>Conflict.</strong> ${reason} Nothing was overwritten, and single sign-on goes on as it was. Ask the customer which account is theirs, and look whom Huawei Cloud has it under (<code>xaccount_id</code>):</p>
${command('call', 'queryCustomers', '--customer-id', conflictDomainId ?? '')}
<p>If Huawei Cloud is wrong, have the association corrected in Partner Center. If the connection here is wrong, release it, so that the true one can be made:</p>
${command('bindings', 'release', binding.accountId, '--reason', 'TEXT')}`
}

// A record may hold a code of a later version.
function explain(problem: string | undefined): string {
  const table: Readonly<Record<string, ErrorDescription>> = ERROR_CODES
  const known = problem === undefined ? undefined : table[problem]
  return known?.say ?? ''
}

// People paste this into a shell, and names come from outside.
function command(...words: readonly string[]): Html {
  return html`<pre tabindex="0"><code>partner-idp ${words.map(shellWord).join(' ')}</code></pre>`
}

function shellWord(word: string): string {
  return /^[\w@.+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
