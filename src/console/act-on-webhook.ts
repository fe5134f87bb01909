// What an operator does to an address that webhooks go to: a form comes in, the address is stopped or tried
// again, and that is put on record.

import type { RecordAudit } from '../base/audit.ts'
import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import type { Store } from '../store/store.ts'
import { html } from '../web/html.ts'
import { type Acted, mustMayChange } from './act.ts'
import { type Asker, readText } from './screen.ts'

/** The screen of webhooks, to which its forms post. */
export const WEBHOOKS_PATH = '/console/webhooks'

export type WebhookActDeps = {
  readonly store: Pick<Store, 'webhooks'>
  readonly record: RecordAudit
  /** Sends what waits, without waiting for it; otherwise it is sent within a minute. */
  readonly sendWebhooks?: (() => void) | undefined
}

const PROBLEM = 'an operator has stopped it'

/** Throws `OPERATOR_MAY_NOT`, `BAD_PARAMETERS` and `WEBHOOK_NOT_FOUND`. */
export async function actOnWebhook(
  form: Parameters,
  asker: Asker,
  { store: { webhooks }, record, sendWebhooks }: WebhookActDeps,
): Promise<Acted> {
  mustMayChange(asker)
  const name = readText(form, 'webhook') ?? ''
  const act = form.text('do')
  if (act !== 'retry' && act !== 'stop') throw new Refusal('BAD_PARAMETERS', { parameter: 'do' })
  if (act === 'stop' && form.text('confirm') !== 'yes') return confirmPage(name, asker)
  const { now } = asker
  const isDone =
    act === 'retry'
      ? await webhooks.resume(name, now)
      : await webhooks.stop(name, { now, problem: PROBLEM })
  if (!isDone) throw new Refusal('WEBHOOK_NOT_FOUND', { webhook: name })
  await record({
    action: 'webhook.changed',
    actor: { kind: 'operator', id: asker.login },
    subject: name,
    ...asker.whence,
    after: { state: act === 'retry' ? 'tried-again' : 'stopped' },
  })
  if (act === 'retry') sendWebhooks?.()
  return { goTo: WEBHOOKS_PATH }
}

function confirmPage(name: string, { csrf }: Asker): Acted {
  const body = html`<p><strong>${name}</strong> is told nothing more. What happens meanwhile is not kept for it; what waits now is sent when it is tried again within 30 days.</p>
<form method="post" action="${WEBHOOKS_PATH}">
${csrf}<input type="hidden" name="webhook" value="${name}"><input type="hidden" name="do" value="stop"><input type="hidden" name="confirm" value="yes">
<button type="submit">Stop</button>
<a class="button quiet" href="${WEBHOOKS_PATH}">Leave it as it is</a>
</form>`
  return { title: 'Stop this address?', body }
}
