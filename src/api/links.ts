// One-time links for the browser of a customer. They are on record before they leave the house, without
// the secret that is in them.

import { type ApiDeps, recordCall } from './context.ts'
import { getAccount } from './customers.ts'
import type { Handlers } from './handler.ts'

export function linkHandlers(deps: ApiDeps): Pick<Handlers, 'makeLaunchLink' | 'makePasswordLink'> {
  return {
    makeLaunchLink: async ({ params: { accountId }, body }, call) => {
      await getAccount(accountId, deps)
      const link = await deps.makeLaunchLink(accountId, body)
      await recordCall(call, { action: 'launch.made', subject: accountId }, deps)
      return { body: view(link) }
    },
    makePasswordLink: async ({ params: { accountId } }, call) => {
      await getAccount(accountId, deps)
      const link = await deps.makePasswordLink(accountId)
      await recordCall(call, { action: 'password.link-made', subject: accountId }, deps)
      return { body: view(link) }
    },
  }
}

function view({ url, expiresAt }: { readonly url: string; readonly expiresAt: Date }) {
  return { url, expiresAt: expiresAt.toISOString() }
}
