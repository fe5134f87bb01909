// The wiring of second factors: who is asked, by which key they are kept, and the pages of both kinds of
// people. Beside app.ts, because it joins the console's rules with those of customers.

import type { RecordAudit } from './base/audit.ts'
import type { Clock } from './base/clock.ts'
import { newToken, type Random } from './base/random.ts'
import type { Config } from './config/load.ts'
import { readConsolePath } from './console/sign-in.ts'
import type { Sessions } from './session/session.ts'
import { type CompleteSignIn, createCompleteSignIn } from './signin/complete.ts'
import type { Door } from './signin/factor-deps.ts'
import { createFactorKey } from './signin/factor-key.ts'
import { factorRoutes } from './signin/factor-routes.ts'
import type { Store } from './store/store.ts'
import { safePath } from './web/safe-path.ts'

export type SecondFactorsDeps = {
  readonly config: Config
  readonly store: Store
  readonly sessions: Sessions
  readonly clock: Clock
  readonly random: Random
  readonly record: RecordAudit
}

/** What the rest of the house is given. */
export type SecondFactors = {
  readonly completeSignIn: CompleteSignIn
  readonly routes: ReturnType<typeof factorRoutes>
  /** Whether customers may have factors here, and so sign in by a passkey alone. */
  readonly asksCustomers: boolean
  readonly asksOperators: boolean
}

/** Second factors as the configuration has them. */
export async function createSecondFactors(deps: SecondFactorsDeps): Promise<SecondFactors> {
  const { config, store, random } = deps
  const { customer, operator, key } = config.factors
  // Only the sandbox comes without a key: there the one in the database guards nothing of worth.
  const text = key ?? (await store.settings.keepFirst('factor-key', newToken(random)))
  const doors = [customerDoor(deps), operatorDoor(deps)]
  const open = doors.filter(({ role }) => config.factors[role] !== 'off')
  const issuer = config.brand.name ?? new URL(config.publicUrl).hostname
  const { publicUrl } = config
  return {
    completeSignIn: createCompleteSignIn({ ...deps, factorPolicy: { customer, operator } }),
    routes: factorRoutes(open, { ...deps, publicUrl, issuer, key: createFactorKey(text, random) }),
    asksCustomers: customer !== 'off',
    asksOperators: operator !== 'off',
  }
}

function customerDoor({ config, store }: SecondFactorsDeps): Door {
  return {
    role: 'customer',
    isRequired: config.factors.customer === 'required',
    takesPasskeyAlone: config.upstream.methods.includes('passkey'),
    readNext: safePath,
    formTargets: [config.huawei.authUrl],
    find: async (id) => {
      const account = await store.accounts.find(id)
      if (account?.isEnabled !== true) return undefined
      return { id, label: account.login, hasPassword: account.passwordHash !== undefined }
    },
  }
}

function operatorDoor({ config, store }: SecondFactorsDeps): Door {
  return {
    role: 'operator',
    isRequired: config.factors.operator === 'required',
    takesPasskeyAlone: true,
    readNext: readConsolePath,
    formTargets: [],
    find: async (id) => {
      const operator = await store.operators.find(id)
      if (operator?.isEnabled !== true) return undefined
      return { id: operator.login, label: operator.login, hasPassword: true }
    },
  }
}
