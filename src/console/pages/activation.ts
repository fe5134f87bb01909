// GET /console/activations/detail: the journey of one activation, every step with its time, and what an
// operator can do.

import { mayRetry } from '../../accounts/journey/operate.ts'
import { mayAbandon, STEPS } from '../../accounts/journey/steps.ts'
import { Refusal } from '../../base/errors.ts'
import type { ActivationRecord, JournalEntry } from '../../store/activation-records.ts'
import { type Html, html } from '../../web/html.ts'
import { ACTIVATION_PATH } from '../act-on-activation.ts'
import { type Asker, readText, type Screen } from '../screen.ts'
import { customerLink, facts, stepBadge, table, time } from '../table.ts'

const MOST = 200

/** `account` is an account id. Throws `ACCOUNT_NOT_FOUND`. */
export const activationScreen: Screen = async (query, store, asker) => {
  const accountId = readText(query, 'account') ?? ''
  const account = await store.accounts.find(accountId)
  if (account === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId })
  const activation = await store.activations.find(accountId)
  const journal = await store.activations.listJournal(accountId, MOST)
  const body = html`<p>Customer ${customerLink(accountId)}</p>
${activation === undefined ? html`<p class="soft">There is none now.</p>` : describeOne(activation, asker)}
<h2>Journal</h2>
${describeJournal(journal)}`
  return { title: `Activation of ${accountId}`, body }
}

function describeOne(activation: ActivationRecord, asker: Asker): Html {
  return html`${facts([
    ['Step', stepBadge(activation.step)],
    ['Meaning', STEPS[activation.step].means],
    ['Goes on', goesOn(activation)],
    ['Attempt', String(activation.attempt)],
    ['Name chosen', activation.domainName],
    ['E-mail', activation.email],
    ['Area', activation.area],
    ['Huawei Cloud account id', activation.domainId],
    ['Problem', activation.problem],
    ['Started', time(activation.startedAt)],
    ['Changed', time(activation.changedAt)],
  ])}
${asker.mayChange ? buttons(activation, asker) : ''}`
}

function goesOn({ step, resumeAt }: ActivationRecord): Html | string {
  const { resumedBy } = STEPS[step]
  if (resumedBy === 'nobody') return 'It is finished.'
  if (resumedBy === 'customer') return 'When the customer does.'
  if (resumeAt === undefined) return 'When an operator has it looked at again.'
  return html`By itself, at ${time(resumeAt)}`
}

function buttons(activation: ActivationRecord, { csrf }: Asker): Html {
  const { accountId, step } = activation
  const offered = [
    ['retry', 'Look again now', mayRetry(activation)],
    ['abandon', 'Give up', mayAbandon(step)],
  ] as const
  const forms = offered
    .filter(([, , isOffered]) => isOffered)
    .map(
      ([name, button]) => html`<form method="post" action="${ACTIVATION_PATH}">
${csrf}<input type="hidden" name="account" value="${accountId}"><input type="hidden" name="do" value="${name}">
<button class="quiet" type="submit">${button}</button>
</form>
`,
    )
  return html`<div class="actions">${forms}</div>`
}

function describeJournal(journal: readonly JournalEntry[]): Html {
  return table({
    caption: `The last ${MOST} steps, oldest first`,
    none: 'No step has been taken yet.',
    heads: ['No.', 'Time', 'Attempt', 'Step', 'Outcome', 'Problem', 'Request id at Huawei Cloud'],
    rows: journal.map((entry) => [
      String(entry.entry),
      time(entry.at),
      String(entry.attempt),
      stepBadge(entry.step),
      entry.outcome,
      entry.problem,
      entry.requestId,
    ]),
  })
}
