// GET /console/customers: the partner's customers, and a search in them.

import type { AccountRecord } from '../../store/store.ts'
import { type Html, html } from '../../web/html.ts'
import { address, cutPage, PAGE_ROWS, readText, type Screen, type ScreenStore } from '../screen.ts'
import { badge, bindingBadge, customerLink, nextLink, type Row, table } from '../table.ts'

const PATH = '/console/customers'

/** `q` is a part of sign-in name, account id or e-mail; `after` is a sign-in name. */
export const customersScreen: Screen = async (query, store) => {
  const q = readText(query, 'q')
  const after = readText(query, 'after')
  const accounts = await store.accounts.list({
    limit: PAGE_ROWS + 1,
    ...(q === undefined ? {} : { matching: q }),
    ...(after === undefined ? {} : { after }),
  })
  const { shown, last } = cutPage(accounts)
  const next = last && address(PATH, { q, after: last.login })
  const body = html`${searchForm(q)}
${table({
  caption: q === undefined ? 'By sign-in name' : `Found for “${q}”, by sign-in name`,
  heads: ['Account id', 'Sign-in name', 'Name', 'E-mail', 'Enabled', 'Binding'],
  rows: await Promise.all(shown.map((account) => customerRow(account, store))),
  none: q === undefined ? 'There are no customers yet.' : `Nobody is found for “${q}”.`,
})}
${nextLink(next)}`
  return { title: 'Customers', body }
}

function searchForm(q: string | undefined): Html {
  return html`<form method="get" action="${PATH}" role="search">
<label for="q">Sign-in name, account id or e-mail, or a part of it</label>
<input id="q" name="q" type="search" value="${q ?? ''}" maxlength="128" autocapitalize="none" spellcheck="false">
<button type="submit">Search</button>
</form>`
}

async function customerRow(account: AccountRecord, store: ScreenStore): Promise<Row> {
  const binding = await store.bindings.find(account.accountId)
  return [
    customerLink(account.accountId),
    account.login,
    account.name,
    account.email,
    account.isEnabled ? 'yes' : badge('disabled', 'bad'),
    bindingBadge(binding),
  ]
}
