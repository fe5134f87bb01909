// The function of each operation. A row of the table without a function, or one that answers something
// else, does not compile.

import { activationHandlers } from './activation.ts'
import { bindingHandlers } from './bindings.ts'
import type { ApiDeps } from './context.ts'
import { customerHandlers } from './customers.ts'
import type { Handlers } from './handler.ts'
import { linkHandlers } from './links.ts'
import { webhookHandlers } from './webhooks.ts'

export function createHandlers(deps: ApiDeps): Handlers {
  return {
    ...customerHandlers(deps),
    ...linkHandlers(deps),
    ...activationHandlers(deps),
    ...bindingHandlers(deps),
    ...webhookHandlers(deps),
  }
}
