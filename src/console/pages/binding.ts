// GET /console/bindings/detail: one connection, how it came about, and giving it up.

import { Refusal } from '../../base/errors.ts'
import type { BindingMove, Evidence } from '../../store/binding-move-records.ts'
import { type Html, html } from '../../web/html.ts'
import { BINDING_PATH } from '../act-on-binding.ts'
import { type Asker, readText, type Screen } from '../screen.ts'
import { customerLink, table, time } from '../table.ts'
import { bindingsTable } from './bindings.ts'

const MOST = 200

/** `account` is an account id. Throws `ACCOUNT_NOT_FOUND`. */
export const bindingScreen: Screen = async (query, store, asker) => {
  const accountId = readText(query, 'account') ?? ''
  const account = await store.accounts.find(accountId)
  if (account === undefined) throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId })
  const binding = await store.bindings.find(accountId)
  const moves = await store.bindings.listMoves(accountId, MOST)
  const canRelease = binding.state === 'bound' || binding.state === 'conflict'
  const body = html`<p>Customer ${customerLink(accountId)}</p>
${bindingsTable('As it stands', [binding], '')}
${canRelease && asker.mayChange ? releaseForm(accountId, asker) : ''}
<h2>History</h2>
${historyTable(moves)}`
  return { title: `Connection of ${accountId}`, body }
}

function releaseForm(accountId: string, { csrf }: Asker): Html {
  return html`<form method="post" action="${BINDING_PATH}">
${csrf}<input type="hidden" name="account" value="${accountId}"><input type="hidden" name="do" value="release">
<label for="reason">Reason</label>
<input id="reason" name="reason" required maxlength="128">
<button class="quiet" type="submit">Release</button>
</form>`
}

function historyTable(moves: readonly BindingMove[]): Html {
  return table({
    caption: `The last ${MOST} moves, oldest first`,
    none: 'Nothing has happened yet.',
    heads: ['No.', 'Time', 'From', 'To', 'Why', 'By', 'Huawei Cloud account id', 'Evidence'],
    rows: moves.map((move) => [
      String(move.entry),
      time(move.at),
      move.from,
      move.to,
      move.reason,
      `${move.actor.kind} ${move.actor.id}`,
      move.domainId,
      evidence(move.evidence),
    ]),
  })
}

function evidence({ noticeId, answer, note }: Evidence): Html {
  return html`${note === undefined ? '' : html`“${note}” `}${noticeId === undefined ? '' : html`notice <code>${noticeId}</code> `}${answer === undefined ? '' : html`<details><summary>Answer</summary><pre tabindex="0">${JSON.stringify(answer, null, 2)}</pre></details>`}`
}
