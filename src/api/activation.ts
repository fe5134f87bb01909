// Opening a Huawei Cloud account from the portal: the same journey as /activate, whose journal sees to it
// that Huawei Cloud is asked once, whatever happens to this process or to the request.

import { Refusal } from '../base/errors.ts'
import type { AccountRecord } from '../store/store.ts'
import { type ApiDeps, type Call, recordCall, type Wish } from './context.ts'
import { getAccount } from './customers.ts'
import type { Handlers } from './handler.ts'
import { viewActivation } from './views.ts'

type Names = 'startActivation' | 'enterActivationCode' | 'getActivation'

export function activationHandlers(deps: ApiDeps): Pick<Handlers, Names> {
  return {
    startActivation: async ({ params: { accountId }, body }, call) => {
      const journey = getJourney(deps)
      const account = await getEnabled(accountId, deps)
      const wish = { domainName: body.name, email: body.email, area: body.area }
      if (!(await isSent(accountId, wish, { call, deps }))) await journey.requestCode(account, wish)
      return tell(accountId, call, deps)
    },
    enterActivationCode: async ({ params: { accountId }, body: { code } }, call) => {
      const journey = getJourney(deps)
      const account = await getEnabled(accountId, deps)
      if (!(await isTried(accountId, { call, deps }))) {
        await createOrWait(account, () => journey.createWithCode(account, code), deps)
      }
      return tell(accountId, call, deps)
    },
    getActivation: async ({ params: { accountId } }) => {
      await getAccount(accountId, deps)
      return { body: await viewActivation(accountId, deps) }
    },
  }
}

function getJourney({ activation }: ApiDeps): NonNullable<ApiDeps['activation']> {
  if (activation === undefined) throw new Refusal('ACTIVATION_NOT_OFFERED')
  return activation
}

async function getEnabled(accountId: string, deps: ApiDeps): Promise<AccountRecord> {
  const account = await getAccount(accountId, deps)
  if (!account.isEnabled) throw new Refusal('ACCOUNT_DISABLED', { account: accountId })
  return account
}

type Asked = { readonly call: Call; readonly deps: ApiDeps }

// An attempt that died may have had the code sent: the journal knows, and nobody gets a second e-mail.
async function isSent(accountId: string, wish: Wish, { call, deps }: Asked): Promise<boolean> {
  const record = await deps.store.activations.find(accountId)
  if (call.since === undefined || record === undefined || record.changedAt < call.since)
    return false
  const isSame = record.domainName === wish.domainName && record.email === wish.email
  return isSame && record.area === wish.area && record.step === 'code-sent'
}

// And likewise may have asked for the account.
async function isTried(accountId: string, { call, deps }: Asked): Promise<boolean> {
  const record = await deps.store.activations.find(accountId)
  if (call.since === undefined || record === undefined || record.changedAt < call.since)
    return false
  return record.step !== 'code-sent'
}

const OPEN: ReadonlySet<string> = new Set(['create-asked', 'unknown'])

// Without an answer from Huawei Cloud nothing is refused: it is found out later.
async function createOrWait(
  { accountId }: AccountRecord,
  create: () => Promise<unknown>,
  { store }: ApiDeps,
): Promise<void> {
  try {
    await create()
  } catch (error) {
    const { step = 'none' } = (await store.activations.find(accountId)) ?? {}
    const isOpen = error instanceof Refusal && OPEN.has(step)
    if (!isOpen || error.code === 'ACTIVATION_OUT_OF_ORDER') throw error
  }
}

async function tell(accountId: string, call: Call, deps: ApiDeps) {
  const body = await viewActivation(accountId, deps)
  const after = { step: body.step, attempt: 'portal' }
  await recordCall(call, { action: 'activation.moved', subject: accountId, after }, deps)
  return { status: OPEN.has(body.step) ? 202 : 200, body }
}
