// The list of connections to Huawei Cloud, as the portal sees it.

import type { ApiDeps } from './context.ts'
import type { Handlers } from './handler.ts'
import { nextCursor, readCursor } from './page.ts'
import { viewBinding } from './views.ts'

export function bindingHandlers({ store }: ApiDeps): Pick<Handlers, 'listBindings'> {
  return {
    listBindings: async ({ query: { cursor, limit, state } }) => {
      const page = { ...readCursor(cursor), limit, ...(state === undefined ? {} : { state }) }
      const bindings = await store.bindings.list(page)
      const accountIds = bindings.map(({ accountId }) => accountId)
      return {
        body: { items: bindings.map(viewBinding), nextCursor: nextCursor(accountIds, limit) },
      }
    },
  }
}
