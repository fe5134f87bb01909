// GET /console/notices: what Huawei Cloud reported about customers' accounts, newest first.

import type { NoticeRecord } from '../../store/binding-records.ts'
import { type Html, html } from '../../web/html.ts'
import { address, cutPage, PAGE_ROWS, readText, type Screen } from '../screen.ts'
import { customerLink, nextLink, outcomeBadge, table, time } from '../table.ts'

/** `after` is the id of the last notice of the page before. */
export const noticesScreen: Screen = async (query, store) => {
  const after = readText(query, 'after')
  const page = after === undefined ? {} : { after }
  const notices = await store.notices.list({ limit: PAGE_ROWS + 1, ...page })
  const { shown, last } = cutPage(notices)
  const next = last && address('/console/notices', { after: last.id })
  const body = html`${noticesTable('Genuine notices, newest first', shown, 'No notice has come yet.')}
${nextLink(next)}`
  return { title: 'Notices', body }
}

/** Notices as a table. The signature is left out: with it a notice could be sent once more. */
export function noticesTable(
  caption: string,
  notices: readonly NoticeRecord[],
  none: string,
): Html {
  return table({
    caption,
    none,
    heads: [
      'Received',
      'Outcome',
      'xUserId',
      'domainId',
      'domainName',
      'bindAction',
      'Times',
      'SigAlg',
      'Word for word',
    ],
    rows: notices.map((notice) => [
      time(notice.receivedAt),
      outcomeBadge(notice.outcome),
      // An account that is not known here has no screen to lead to.
      notice.outcome === 'unknown-account' ? notice.xUserId : customerLink(notice.xUserId),
      notice.domainId,
      notice.domainName,
      notice.bindAction,
      repeats(notice),
      notice.sigAlg,
      html`<details><summary>Show</summary><pre tabindex="0">${decode(notice.bindRequest)}</pre></details>`,
    ]),
  })
}

function repeats({ times, lastReceivedAt }: NoticeRecord): Html {
  return times === 1 ? html`1` : html`${times}, last ${time(lastReceivedAt)}`
}

// Only what could be read as UTF-8 is ever kept.
function decode(bindRequest: string): string {
  return Buffer.from(bindRequest, 'base64').toString('utf8')
}
