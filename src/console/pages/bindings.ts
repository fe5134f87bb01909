// GET /console/bindings: which customers are connected to which Huawei Cloud account.

import type { BindingRecord } from '../../store/binding-records.ts'
import { type Html, html } from '../../web/html.ts'
import { address, cutPage, PAGE_ROWS, readChoice, readText, type Screen } from '../screen.ts'
import { bindingBadge, customerLink, nextLink, table, time } from '../table.ts'

const PATH = '/console/bindings'
const STATES = ['conflict', 'bound', 'asked', 'released'] as const

const FILTERS = [
  [{}, 'All'],
  [{ state: 'conflict' }, 'Conflicts'],
  [{ state: 'bound' }, 'Bound'],
  [{ state: 'bound', unconfirmed: '1' }, 'Unconfirmed'],
  [{ state: 'asked' }, 'Asked'],
  [{ state: 'released' }, 'Released'],
] as const

/** `state` and `unconfirmed=1` narrow the list; `after` is an account id. */
export const bindingsScreen: Screen = async (query, store) => {
  const state = readChoice(query, 'state', STATES)
  const unconfirmed = readChoice(query, 'unconfirmed', ['1'])
  const after = readText(query, 'after')
  const bindings = await store.bindings.list({
    limit: PAGE_ROWS + 1,
    ...(state === undefined ? {} : { state }),
    ...(unconfirmed === undefined ? {} : { isConfirmed: false }),
    ...(after === undefined ? {} : { after }),
  })
  const { shown, last } = cutPage(bindings)
  const next = last && address(PATH, { state, unconfirmed, after: last.accountId })
  const body = html`<nav aria-label="Filter">${FILTERS.map(([filter, name]) => filterLink(filter, name, address(PATH, { state, unconfirmed })))}</nav>
${bindingsTable('By account id', shown, 'No binding fits.')}
${nextLink(next)}`
  return { title: 'Bindings', body }
}

function filterLink(filter: Readonly<Record<string, string>>, name: string, current: string): Html {
  const href = address(PATH, filter)
  return html`<a href="${href}"${href === current && html` aria-current="true"`}>${name}</a>
`
}

/** Bindings as a table. */
export function bindingsTable(
  caption: string,
  bindings: readonly BindingRecord[],
  none: string,
): Html {
  return table({
    caption,
    none,
    heads: [
      'Account id',
      'State',
      'Huawei Cloud account id',
      'Name',
      'Contradicted by',
      'Source',
      'Bound',
      'Confirmed',
      'History',
    ],
    rows: bindings.map((binding) => [
      customerLink(binding.accountId),
      bindingBadge(binding),
      binding.domainId,
      binding.domainName,
      contradiction(binding),
      binding.source,
      time(binding.boundAt),
      time(binding.confirmedAt),
      html`<a href="${address(`${PATH}/detail`, { account: binding.accountId })}" aria-label="History of ${binding.accountId}">History</a>`,
    ]),
  })
}

function contradiction(binding: BindingRecord): string | undefined {
  const { conflictDomainId: id, conflictDomainName: name } = binding
  return id === undefined || name === undefined ? id : `${id} (${name})`
}
