// GET /console: what needs somebody, most urgent first, and what came in last.

import { isOpen } from '../../accounts/journey/steps.ts'
import { html } from '../../web/html.ts'
import type { Screen } from '../screen.ts'
import { activationsTable } from './activations.ts'
import { bindingsTable } from './bindings.ts'
import { noticesTable } from './notices.ts'

const SHOWN = 10
// Open activations are settled within minutes, so that they are among the latest.
const LATEST = 500

/** A few of each; the links lead to all of them. */
export const overviewScreen: Screen = async (_query, store) => {
  const [conflicts, unconfirmed, held, drifts, activations, notices] = await Promise.all([
    store.bindings.list({ limit: SHOWN, state: 'conflict' }),
    store.bindings.list({ limit: SHOWN, state: 'bound', isConfirmed: false }),
    store.notices.listHeld({ limit: SHOWN }),
    store.reconciles.countOpen(),
    store.activations.list(LATEST),
    store.notices.list({ limit: SHOWN }),
  ])
  const open = activations.filter(isOpen).slice(0, SHOWN)
  const body = html`<h2>Conflicts</h2>
${bindingsTable('Connected differently than Huawei Cloud says', conflicts, 'No conflicts.')}
<p><a href="/console/bindings?state=conflict">All conflicts</a></p>
<h2>Held notices</h2>
${noticesTable('Genuine, and not yet confirmed by the partner API', held, 'No notice is held.')}
<h2>Differences to Huawei Cloud</h2>
<p><a href="/console/reconcile">${drifts === 0 ? 'None to decide' : `${drifts} to decide`}</a></p>
<h2>Unconfirmed bindings</h2>
${bindingsTable('Bound, and not yet confirmed by the partner API', unconfirmed, 'Every binding is confirmed.')}
<p><a href="/console/bindings?state=bound&amp;unconfirmed=1">All unconfirmed bindings</a></p>
<h2>Open activations</h2>
${activationsTable('Asked for, outcome not known', open, 'No activation is open.')}
<p><a href="/console/activations">All activations</a></p>
<h2>Newest notices</h2>
${noticesTable('What Huawei Cloud reported last', notices, 'No notice has come yet.')}
<p><a href="/console/notices">All notices</a></p>`
  return { title: 'Overview', body }
}
