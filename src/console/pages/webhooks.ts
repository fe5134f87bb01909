// GET /console/webhooks: the addresses of the portal that are told what happens, how each does, and what an
// editor can do about it.

import { stateOf, type WebhookRecord } from '../../store/webhook-records.ts'
import { type Html, html } from '../../web/html.ts'
import { WEBHOOKS_PATH } from '../act-on-webhook.ts'
import type { Asker, Screen } from '../screen.ts'
import { badge, table, time } from '../table.ts'

const TONES = { fine: 'good', failing: 'warn', ended: 'bad' } as const

/** All addresses; there are few. */
export const webhooksScreen: Screen = async (_query, { webhooks, deliveries }, asker) => {
  const rows = await Promise.all(
    (await webhooks.list()).map(async (webhook) => {
      const { waiting, dead } = await deliveries.count(webhook.name)
      return [
        webhook.name,
        withoutQuery(webhook),
        webhook.kinds.join(', '),
        stateCell(webhook),
        time(webhook.deliveredAt),
        waiting,
        dead,
        actForms(webhook, dead, asker),
      ] as const
    }),
  )
  const body = html`<p>The portal sets these addresses by its API. What has not arrived is sent again for three days; ids of events stay the same.</p>
${table({
  caption: 'Addresses of the portal',
  none: 'The portal has set no address.',
  heads: [
    'Name',
    'Address',
    'Is told of',
    'State',
    'Last arrived',
    'Waiting',
    'Given up in 30 days',
    'Change',
  ],
  rows,
})}`
  return { title: 'Webhooks', body }
}

// What follows the path may be the portal's secret.
function withoutQuery({ url }: WebhookRecord): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

function stateCell(webhook: WebhookRecord): Html {
  const { failingSince, problem } = webhook
  const state = stateOf(webhook)
  return html`${badge(state, TONES[state])}${problem !== undefined && html`<br>${problem}`}${failingSince !== undefined && html`<br>since ${time(failingSince)}`}`
}

function actForms(webhook: WebhookRecord, dead: number, { csrf, mayChange }: Asker): Html {
  if (!mayChange) return html`–`
  const { name } = webhook
  const state = stateOf(webhook)
  const buttons = [
    (state !== 'fine' || dead > 0) && button('retry', `Try again: ${name}`, 'Try again'),
    state !== 'ended' && button('stop', `Stop: ${name}`, 'Stop'),
  ]
  return html`<form method="post" action="${WEBHOOKS_PATH}">
${csrf}<input type="hidden" name="webhook" value="${name}">${buttons}
</form>`
}

function button(act: string, label: string, text: string): Html {
  return html`<button class="quiet" type="submit" name="do" value="${act}" aria-label="${label}">${text}</button>`
}
