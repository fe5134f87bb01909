// GET /console/activations: accounts that customers open at Huawei Cloud from here, latest change first.

import type { ActivationRecord } from '../../store/activation-records.ts'
import type { Html } from '../../web/html.ts'
import type { Screen } from '../screen.ts'
import { activationLink, customerLink, stepBadge, table, time } from '../table.ts'

const MOST = 200

/** The latest of them; there is one for a customer at most. */
export const activationsScreen: Screen = async (_query, store) => {
  const activations = await store.activations.list(MOST)
  const caption = `The ${MOST} that changed last`
  return {
    title: 'Activations',
    body: activationsTable(caption, activations, 'Nobody has opened an account from here yet.'),
  }
}

/** Activations as a table. */
export function activationsTable(
  caption: string,
  activations: readonly ActivationRecord[],
  none: string,
): Html {
  return table({
    caption,
    none,
    heads: [
      'Account id',
      'Step',
      'Name chosen',
      'E-mail',
      'Area',
      'Problem',
      'Started',
      'Changed',
      'Steps',
    ],
    rows: activations.map((activation) => [
      customerLink(activation.accountId),
      stepBadge(activation.step),
      activation.domainName,
      activation.email,
      activation.area,
      activation.problem,
      time(activation.startedAt),
      time(activation.changedAt),
      activationLink(activation.accountId),
    ]),
  })
}
