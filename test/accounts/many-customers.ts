// Tens of thousands of customers at Huawei and here, with known differences: a fake of query customers that
// counts its calls by a clock of its own, and a database that has the other side of them.

import type { ReconcileDeps } from '../../src/accounts/reconcile/deps.ts'
import { createLog } from '../../src/base/log.ts'
import { createPartnerClient } from '../../src/partner/client.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { ACCESS_KEY, json } from '../partner/fake-huawei.ts'
import { countingRandom } from '../support/fixed.ts'

export const PLATFORM = 'example_IDP'

/** A customer as Huawei lists it. */
export type Listed = {
  readonly customer_id: string
  readonly account_name: string
  readonly xaccount_id: string
  readonly xaccount_type: string
  readonly association_type: string
  readonly is_frozen: number
}

export function listed(turn: number, changes: Partial<Listed> = {}): Listed {
  return {
    customer_id: `d-${turn}`,
    account_name: `cloud-${turn}`,
    xaccount_id: `c-${turn}`,
    xaccount_type: PLATFORM,
    association_type: '3',
    is_frozen: 0,
    ...changes,
  }
}

/** Huawei, at which each call takes 40 milliseconds of its own clock, and waiting takes no time. */
export function createHuawei(customers: Listed[]) {
  let nowMs = Date.parse('2026-03-02T10:00:00Z')
  const calledAt: number[] = []
  let beforeCall: () => void = () => undefined
  const clock = { now: () => new Date(nowMs) }
  const client = createPartnerClient({
    bssUrl: 'https://bss.example.com',
    iamUrl: 'https://iam.example.com',
    key: ACCESS_KEY,
    timeoutSeconds: 15,
    patience: 'none',
    clock,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      nowMs += ms
    },
    fetch: async (_url, init) => {
      calledAt.push(nowMs)
      beforeCall()
      nowMs += 40
      return json(200, answerSearch(customers, JSON.parse(String(init?.body)) as Search))
    },
  })
  return {
    clock,
    client,
    random: countingRandom(),
    calledAt,
    wait: (minutes: number) => {
      nowMs += minutes * 60_000
    },
    /** Called with each call; it may throw, as a process that is killed. */
    beforeCall: (happen: () => void) => {
      beforeCall = happen
    },
  }
}

/** What query customers is asked. */
export type Search = {
  readonly offset?: number
  readonly limit?: number
  readonly account_name?: string
  readonly customer_id?: string
}

/** What query customers answers. */
export function answerSearch(customers: readonly Listed[], search: Search) {
  const { offset = 0, limit = 10, account_name: name, customer_id: id } = search
  const found =
    name === undefined && id === undefined
      ? customers
      : customers.filter((one) => one.customer_id === id || one.account_name === name)
  return { count: found.length, customer_infos: found.slice(offset, offset + limit) }
}

export type FakeHuaweiList = ReturnType<typeof createHuawei>

/** What a comparison is given. */
export function reconcileDeps(store: Store, huawei: FakeHuaweiList): ReconcileDeps {
  return {
    store,
    partner: huawei.client,
    platformId: PLATFORM,
    clock: huawei.clock,
    random: huawei.random,
    log: createLog('silent'),
    record: async () => undefined,
  }
}

/** Puts accounts that are bound and confirmed into the database, a thousand at a time. */
export async function addBound(url: string, turns: readonly number[]): Promise<void> {
  const isSqlite = url.startsWith('sqlite:')
  const engine = isSqlite
    ? await openSqlite(url.slice('sqlite:'.length))
    : await openPostgres(url, () => undefined)
  const at = Date.parse('2026-01-01T00:00:00Z')
  const nothing = { email: null, email_key: null, name: null, mobile: null, password_hash: null }
  await engine.db.transaction().execute(async (db) => {
    for (let from = 0; from < turns.length; from += 1000) {
      const chunk = turns.slice(from, from + 1000)
      const accounts = chunk.map((turn) => {
        const login = `c-${turn}`
        const named = { account_id: login, login, login_key: login }
        return { ...nothing, ...named, is_enabled: 1, created_at_ms: at, erased_at_ms: null }
      })
      await db.insertInto('account').values(accounts).execute()
      const bindings = chunk.map((turn) => ({
        account_id: `c-${turn}`,
        state: 'bound' as const,
        domain_id: `d-${turn}`,
        domain_name: `cloud-${turn}`,
        asked_at_ms: at,
        bound_at_ms: at,
        source: 'created' as const,
        confirmed_at_ms: at,
        conflict_domain_id: null,
        conflict_domain_name: null,
        frozen: null,
        association: '3',
      }))
      await db.insertInto('binding').values(bindings).execute()
      const holders = chunk.map((turn) => ({ domain_id: `d-${turn}`, account_id: `c-${turn}` }))
      await db.insertInto('domain_holder').values(holders).execute()
    }
  })
  await engine.db.destroy()
}
