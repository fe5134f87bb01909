// GET /console/customers/detail: everything about one customer, and what to do next.

import { Refusal } from '../../base/errors.ts'
import type { ActivationRecord } from '../../store/activation-records.ts'
import type { BindingRecord } from '../../store/binding-records.ts'
import type { AnswerRecord } from '../../store/request-records.ts'
import type { SessionEntry } from '../../store/session-records.ts'
import type { AccountRecord } from '../../store/store.ts'
import { type Html, html } from '../../web/html.ts'
import { actButtons, customerFields } from '../act.ts'
import { adviceFor } from '../advice.ts'
import { type Asker, readText, type Screen } from '../screen.ts'
import { activationLink, bindingBadge, facts, stepBadge, table, time } from '../table.ts'
import { attemptsTable, sessionsTable } from './sessions.ts'

const ANSWERS = 20

/** `account` is an account id: it may hold characters that a path cannot. Throws `ACCOUNT_NOT_FOUND`. */
export const customerScreen: Screen = async (query, store, asker) => {
  const accountId = readText(query, 'account') ?? ''
  const account = await store.accounts.find(accountId)
  if (account === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId })
  const [sessions, attempts, binding, activation, answers] = await Promise.all([
    store.sessions.listOf(accountId, asker.now),
    store.signIns.list(accountId),
    store.bindings.find(accountId),
    store.activations.find(accountId),
    store.requests.listAnswers(accountId, ANSWERS),
  ])
  const { conflictDomainId } = binding
  const holder =
    conflictDomainId === undefined ? undefined : await store.bindings.findByDomain(conflictDomainId)
  const advice = adviceFor({ account, binding, activation, heldBy: holder?.accountId })
  const body = html`${advice}
<h2>Account</h2>
${describeAccount(account)}
${actButtons(account, asker)}
<h2>Binding</h2>
${describeBinding(binding)}
<h2>Activation</h2>
${describeActivation(activation)}
<h2>Sessions</h2>
${describeSessions(account, sessions, asker)}
<h2>Attempts to sign in</h2>
${attemptsTable(attempts)}
<h2>Sign-ins</h2>
${describeAnswers(answers)}`
  return { title: `Customer ${account.login}`, body }
}

function describeSessions(
  account: AccountRecord,
  sessions: readonly SessionEntry[],
  asker: Asker,
): Html {
  const action = '/console/customers/detail'
  return sessionsTable(sessions, { action, asker, fields: customerFields(account, asker) })
}

function describeAccount(account: AccountRecord): Html {
  return facts([
    ['Account id', account.accountId],
    ['Sign-in name', account.login],
    ['Name', account.name],
    ['E-mail', account.email],
    ['Mobile', account.mobile],
    ['Enabled', account.isEnabled ? 'yes' : 'no'],
    ['Signs in', account.passwordHash === undefined ? 'at the portal' : 'here, with a password'],
    ['Created', time(account.createdAt)],
    ...(account.erasedAt === undefined ? [] : [['Erased', time(account.erasedAt)] as const]),
  ])
}

function describeBinding(binding: BindingRecord): Html {
  const contradiction: readonly (readonly [string, string | undefined])[] = [
    ['Contradicted by account id', binding.conflictDomainId],
    ['Contradicted by name', binding.conflictDomainName],
  ]
  return facts([
    ['State', bindingBadge(binding)],
    ['Huawei Cloud account id', binding.domainId],
    ['Huawei Cloud account name', binding.domainName],
    ['Source', binding.source],
    ['Asked', time(binding.askedAt)],
    ['Bound', time(binding.boundAt)],
    ['Confirmed', time(binding.confirmedAt)],
    ...(binding.state === 'conflict' ? contradiction : []),
  ])
}

function describeActivation(activation: ActivationRecord | undefined): Html {
  if (activation === undefined) {
    return html`<p class="soft">The customer has not opened an account from here.</p>`
  }
  return html`${facts([
    ['Step', stepBadge(activation.step)],
    ['Name chosen', activation.domainName],
    ['E-mail', activation.email],
    ['Area', activation.area],
    ['Huawei Cloud account id', activation.domainId],
    ['Problem', activation.problem],
    ['Started', time(activation.startedAt)],
    ['Changed', time(activation.changedAt)],
  ])}
<p>${activationLink(activation.accountId)}</p>`
}

function describeAnswers(answers: readonly AnswerRecord[]): Html {
  return table({
    caption: `The last ${ANSWERS} answers to Huawei Cloud`,
    heads: ['Assertion id', 'Site', 'Request id', 'Answered'],
    rows: answers.map((answer) => [
      answer.assertionId,
      answer.issuer,
      answer.requestId,
      time(answer.answeredAt),
    ]),
    none: 'The customer has not signed in to Huawei Cloud from here.',
  })
}
