// GET /console/sessions: where the operator is signed in. And the tables of sessions and of attempts to
// sign in, for this screen and for a customer's.

import type { SessionEntry, SignInRecord } from '../../store/session-records.ts'
import { type Html, html } from '../../web/html.ts'
import type { Asker, Screen } from '../screen.ts'
import { badge, table, time } from '../table.ts'

const PATH = '/console/sessions'

/** An operator ends their own; `operators disable` and `sessions end` are for those of others. */
export const sessionsScreen: Screen = async (_query, store, asker) => {
  const sessions = await store.sessions.listOf(asker.login, asker.now, 'operator')
  const attempts = await store.signIns.list(asker.login, 'operator')
  const body = html`<p><a href="/console/password">Change your password</a></p>
<h2>Signed in</h2>
${sessionsTable(sessions, { action: PATH, asker })}
<h2>Attempts to sign in</h2>
${attemptsTable(attempts)}`
  return { title: 'Your sessions', body }
}

/** Each with a button that ends it. `fields` go with the form. */
export function sessionsTable(
  sessions: readonly SessionEntry[],
  form: { readonly action: string; readonly asker: Asker; readonly fields?: Html },
): Html {
  const { action, asker, fields } = form
  return table({
    caption: 'Open sessions, newest first',
    none: 'There is none.',
    heads: ['Since', 'Last seen', 'Method', 'Network', 'Browser', 'Vouched for by', ''],
    rows: sessions.map((entry) => [
      time(entry.startedAt),
      time(entry.lastSeenAt),
      entry.method,
      entry.network,
      entry.agent,
      entry.upstream,
      entry.idHash === asker.session
        ? badge('this browser', 'plain')
        : html`<form method="post" action="${action}">${asker.csrf}${fields}<input type="hidden" name="do" value="end-session"><input type="hidden" name="session" value="${entry.idHash}"><button class="link" type="submit">End</button></form>`,
    ]),
  })
}

/** What was right and what was refused. */
export function attemptsTable(attempts: readonly SignInRecord[]): Html {
  return table({
    caption: 'The newest attempts, newest first',
    none: 'Nobody has tried.',
    heads: ['At', 'Outcome', 'Method', 'Network', 'Browser'],
    rows: attempts.map(({ at, refusal, method, network, agent }) => [
      time(at),
      refusal === undefined ? badge('signed in', 'good') : badge(refusal, 'bad'),
      method,
      network,
      agent,
    ]),
  })
}
