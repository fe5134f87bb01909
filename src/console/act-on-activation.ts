// What an operator does to the opening of an account: a form comes in, the journey is looked at again or
// given up. The journey itself puts it on record.

import type { ActivationDeps } from '../accounts/journey/move.ts'
import { abandonActivation, retryActivation } from '../accounts/journey/operate.ts'
import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import { html } from '../web/html.ts'
import { type Acted, mustMayChange } from './act.ts'
import { type Asker, address } from './screen.ts'

/** The screen of one activation, to which its forms post. */
export const ACTIVATION_PATH = '/console/activations/detail'

/** Throws `OPERATOR_MAY_NOT`, `BAD_PARAMETERS` and `ACTIVATION_OUT_OF_ORDER`. */
export async function actOnActivation(
  form: Parameters,
  asker: Asker,
  deps: ActivationDeps,
): Promise<Acted> {
  mustMayChange(asker)
  const accountId = form.text('account') ?? ''
  const goTo = address(ACTIVATION_PATH, { account: accountId })
  const operator = { ...deps, actor: { kind: 'operator', id: asker.login } } as const
  const asked = form.text('do')
  if (asked === 'retry') {
    await retryActivation(accountId, operator)
    return { goTo }
  }
  if (asked !== 'abandon') throw new Refusal('BAD_PARAMETERS', { parameter: 'do' })
  if (form.text('confirm') !== 'yes') return confirmPage(accountId, goTo, asker)
  await abandonActivation(accountId, operator)
  return { goTo }
}

function confirmPage(accountId: string, back: string, { csrf }: Asker): Acted {
  const body = html`<p>The service no longer looks what becomes of the account that <strong>${accountId}</strong> asked for. The customer can begin again; if Huawei Cloud has an account for them by then, they get that one and no second.</p>
<form method="post" action="${ACTIVATION_PATH}">
${csrf}<input type="hidden" name="account" value="${accountId}"><input type="hidden" name="do" value="abandon"><input type="hidden" name="confirm" value="yes">
<button type="submit">Give up</button>
<a class="button quiet" href="${back}">Leave it as it is</a>
</form>`
  return { title: 'Give up this activation?', body }
}
