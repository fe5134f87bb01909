// What the portal does with customers: look, add, change, disable.

import { addAccount } from '../accounts/account.ts'
import { changedFields, presence } from '../accounts/presence.ts'
import { Refusal } from '../base/errors.ts'
import type { AccountRecord } from '../store/store.ts'
import { type ApiDeps, type Call, recordCall } from './context.ts'
import type { Handlers } from './handler.ts'
import { nextCursor, readCursor } from './page.ts'
import { badRequest } from './read-input.ts'
import { viewCustomer } from './views.ts'

type Names =
  | 'listCustomers'
  | 'createCustomer'
  | 'getCustomer'
  | 'putCustomer'
  | 'changeCustomer'
  | 'disableCustomer'
  | 'enableCustomer'

/** Somebody who is known and was not erased. Throws `ACCOUNT_NOT_FOUND`. */
export async function getAccount(
  accountId: string,
  { store }: Pick<ApiDeps, 'store'>,
): Promise<AccountRecord> {
  const account = await store.accounts.find(accountId)
  if (account === undefined || account.erasedAt !== undefined) {
    throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId })
  }
  return account
}

export function customerHandlers(deps: ApiDeps): Pick<Handlers, Names> {
  const setEnabled = async (accountId: string, isEnabled: boolean, call: Call) => {
    // In one transaction with the end of the sessions.
    if (!(await deps.store.accounts.setEnabled(accountId, isEnabled))) {
      throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId })
    }
    const action = isEnabled ? 'user.enabled' : 'user.disabled'
    await recordCall(call, { action, subject: accountId }, deps)
    return { body: await viewCustomer(await getAccount(accountId, deps), deps) }
  }
  return {
    listCustomers: async ({ query: { cursor, limit } }) => {
      const accounts = await deps.store.accounts.list({ ...readCursor(cursor), limit })
      const known = accounts.filter(({ erasedAt }) => erasedAt === undefined)
      const items = await Promise.all(known.map((account) => viewCustomer(account, deps)))
      const logins = accounts.map(({ login }) => login)
      return { body: { items, nextCursor: nextCursor(logins, limit) } }
    },
    getCustomer: async ({ params: { accountId } }) => {
      return { body: await viewCustomer(await getAccount(accountId, deps), deps) }
    },
    createCustomer: async ({ body }, call) => create(body, call, deps),
    putCustomer: async ({ params: { accountId }, body: { login, email, name, mobile } }, call) => {
      const known = await deps.store.accounts.find(accountId)
      const details = { login, email, name, mobile }
      if (known === undefined) return create({ accountId, ...details }, call, deps)
      return change(accountId, details, { call, deps })
    },
    changeCustomer: async ({ params: { accountId }, body }, call) => {
      const details = Object.fromEntries(
        Object.entries(body).map(([field, value]) => [field, value ?? undefined]),
      )
      if (Object.keys(details).length === 0) {
        throw badRequest([{ field: 'body', problem: 'must name what changes' }])
      }
      return change(accountId, details, { call, deps })
    },
    disableCustomer: ({ params }, call) => setEnabled(params.accountId, false, call),
    enableCustomer: ({ params }, call) => setEnabled(params.accountId, true, call),
  }
}

type NewAccount = Parameters<typeof addAccount>[0]

async function create(asked: NewAccount, call: Call, deps: ApiDeps) {
  const account = await addOnce(asked, call, deps)
  const after = { ...presence(account), isNew: true }
  await recordCall(call, { action: 'portal.changed', subject: account.accountId, after }, deps)
  return { status: 201, body: await viewCustomer(account, deps) }
}

// An attempt that died before it answered may have added the account: then it is this one's.
async function addOnce(asked: NewAccount, { since }: Call, deps: ApiDeps): Promise<AccountRecord> {
  const { accounts } = deps.store
  try {
    return await addAccount(asked, { accounts, clock: deps.clock })
  } catch (error) {
    const there = since === undefined ? undefined : await accounts.find(asked.accountId)
    if (there === undefined || since === undefined || there.createdAt < since) throw error
    return there
  }
}

type Details = Parameters<ApiDeps['store']['accounts']['change']>[1]

async function change(
  accountId: string,
  details: Details,
  { call, deps }: { readonly call: Call; readonly deps: ApiDeps },
) {
  const before = await getAccount(accountId, deps)
  const outcome = await deps.store.accounts.change(accountId, details)
  if (outcome === 'unknown') throw new Refusal('ACCOUNT_NOT_FOUND', { account: accountId })
  if (outcome !== 'updated') throw new Refusal('ACCOUNT_EXISTS', { taken: outcome })
  const account = await getAccount(accountId, deps)
  const after = changedFields(before, account)
  await recordCall(call, { action: 'portal.changed', subject: accountId, after }, deps)
  return { status: 200, body: await viewCustomer(account, deps) }
}
