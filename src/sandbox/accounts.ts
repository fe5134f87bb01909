// The Huawei Cloud accounts of the sandbox: who has one, who is bound to the partner's customer, and
// which names and addresses are taken. What the API and the create-and-bind page both rest on.

import { SANDBOX } from '../base/sandbox-names.ts'
import type { LedgerDeps } from './deps.ts'
import type { Account, State } from './state.ts'
import { FRESH_WORLD } from './world/state.ts'

/** An account that exists before anybody comes, for the form "Bind Account". */
type Resident = {
  readonly account: Account
  readonly password: string
  /** Why Huawei Cloud does not let it be bound, if so. */
  readonly hindrance?: string
}

const RESIDENTS: readonly Resident[] = [
  {
    account: {
      domainId: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
      domainName: 'northwind',
      agency: SANDBOX.platformId,
    },
    password: 'bind-me-please',
  },
  {
    account: {
      domainId: '0f9e8d7c6b5a49382716f5e4d3c2b1a0',
      domainName: 'in-arrears',
      agency: SANDBOX.platformId,
    },
    password: 'bind-me-please',
    hindrance: 'The account is in arrears.',
  },
]

/** What the sandbox knows before it is used. */
export const FRESH_STATE: State = {
  scenario: 'normal',
  accounts: RESIDENTS.map(({ account }) => account),
  codes: [],
  tokens: [],
  arrivals: [],
  temporaryKeys: [],
  budgetRecords: [],
  faults: [],
  throttling: false,
  effects: {},
  world: FRESH_WORLD,
}

/** The account bound to the partner's customer. */
export function findBound(state: State, xAccountId: string): Account | undefined {
  return state.accounts.find((account) => account.xAccountId === xAccountId)
}

/** The account of that id. */
export function findAccount(state: State, domainId: string): Account | undefined {
  return state.accounts.find((account) => account.domainId === domainId)
}

/** Replaces some facts of an account. */
export function changeAccount(
  domainId: string,
  facts: Partial<Omit<Account, 'domainId'>>,
  { state }: LedgerDeps,
): void {
  const accounts = state
    .read()
    .accounts.map((one) => (one.domainId === domainId ? { ...one, ...facts } : one))
  state.change({ accounts })
}

/** Whether an account of this name exists; names differ by more than capitals. */
export function isNameTaken(state: State, name: string): boolean {
  return state.accounts.some(({ domainName }) => sameText(domainName, name))
}

/** Whether an account has this e-mail address. */
export function isEmailTaken(state: State, email: string): boolean {
  return state.accounts.some(
    (account) => account.email !== undefined && sameText(account.email, email),
  )
}

/** What is asked for. */
export type NewAccount = {
  readonly xAccountId: string
  /** Random, as at Huawei, when it is not given. */
  readonly domainName?: string | undefined
  readonly email?: string | undefined
  readonly indirectPartnerId?: string | undefined
  /** Whoever comes by the page agrees to an agency; an account made by the API has none. */
  readonly hasAgency?: boolean
}

/** Makes an account that is bound from the start. The caller has checked that everything is free. */
export function createBound(facts: NewAccount, deps: LedgerDeps): Account {
  const account: Account = {
    domainId: deps.random.bytes(16).toString('hex'),
    domainName: facts.domainName ?? `a${deps.random.bytes(16).toString('hex').slice(1)}`,
    ...(facts.email === undefined ? {} : { email: facts.email }),
    ...(facts.indirectPartnerId === undefined
      ? {}
      : { indirectPartnerId: facts.indirectPartnerId }),
    ...(facts.hasAgency === false ? {} : { agency: SANDBOX.platformId }),
    xAccountId: facts.xAccountId,
    associatedAt: toSeconds(deps.clock.now()),
  }
  deps.state.change({ accounts: [...released(facts.xAccountId, deps), account] })
  return account
}

/** What the form "Bind Account" comes to. */
export type BindResult =
  | { readonly account: Account }
  /** A sentence for the person. */
  | { readonly refused: string }

/** Finds the existing account of a name and password, unless it may not be bound to this customer. */
export function findBindable(
  name: string,
  password: string,
  facts: { readonly state: State; readonly xAccountId: string },
): BindResult {
  const resident = RESIDENTS.find(({ account }) => account.domainName === name)
  if (resident === undefined || resident.password !== password) {
    return { refused: 'The account name or the password is not right.' }
  }
  if (resident.hindrance !== undefined) {
    return { refused: `This account cannot be bound. ${resident.hindrance}` }
  }
  const account = facts.state.accounts.find((one) => one.domainId === resident.account.domainId)
  const owner = account?.xAccountId
  if (account === undefined || (owner !== undefined && owner !== facts.xAccountId)) {
    return { refused: 'This account cannot be bound. It is associated to another partner.' }
  }
  return { account }
}

/** Binds an account that exists to the partner's customer. */
export function bindAccount(account: Account, xAccountId: string, deps: LedgerDeps): void {
  const associatedAt = toSeconds(deps.clock.now())
  const accounts = released(xAccountId, deps).map((one) =>
    one.domainId === account.domainId ? { ...one, xAccountId, associatedAt } : one,
  )
  deps.state.change({ accounts })
}

// One customer, one account: a new one takes the place of the one before.
function released(xAccountId: string, { state }: LedgerDeps): Account[] {
  return state
    .read()
    .accounts.map((one) =>
      one.xAccountId === xAccountId
        ? { ...one, xAccountId: undefined, associatedAt: undefined }
        : one,
    )
}

/** A time as Huawei writes it, to the second. */
export function toSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z')
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
