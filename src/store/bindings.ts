// How accounts are connected to Huawei Cloud: what was asked, found or contradicted in, rows of
// `binding` out, and back. The claim itself, where two can race, is in claim.ts.

import { conflictWith, emptyRow, toBinding } from './binding-row.ts'
import { bind } from './claim.ts'
import type { Database } from './engine.ts'
import { holds } from './search.ts'
import type { BindingRecord, Bindings } from './store.ts'

/** Bindings kept in `db`. */
export function createBindings(db: Database): Bindings {
  return {
    find: async (accountId) => {
      const row = await findRow(db, 'account_id', accountId)
      return toBinding(row ?? emptyRow(accountId))
    },
    findByDomain: async (domainId) => {
      const row = await findRow(db, 'domain_id', domainId)
      return row === undefined ? undefined : toBinding(row)
    },
    ask: (accountId, now) => ask(db, accountId, now),
    bind: (claim) => bind(db, claim),
    confirm: async (accountId, domainId, now) => {
      await db
        .updateTable('binding')
        .set({ confirmed_at_ms: now.getTime() })
        .where('account_id', '=', accountId)
        .where('domain_id', '=', domainId)
        .where('confirmed_at_ms', 'is', null)
        .execute()
    },
    flag: async (accountId, claimed) => {
      const change = conflictWith(claimed)
      await db
        .insertInto('binding')
        .values({ ...emptyRow(accountId), ...change })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(change))
        .execute()
    },
    list: (page) => list(db, page),
  }
}

function findRow(db: Database, column: 'account_id' | 'domain_id', value: string) {
  return db.selectFrom('binding').selectAll().where(column, '=', value).executeTakeFirst()
}

async function ask(db: Database, accountId: string, now: Date): Promise<void> {
  await db
    .insertInto('binding')
    .values({ ...emptyRow(accountId), state: 'asked', asked_at_ms: now.getTime() })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet((is) => ({
        asked_at_ms: now.getTime(),
        state: is
          .case()
          .when('binding.state', '=', 'none')
          .then(is.ref('excluded.state'))
          .else(is.ref('binding.state'))
          .end(),
      })),
    )
    .execute()
}

async function list(
  db: Database,
  page: Parameters<Bindings['list']>[0],
): Promise<readonly BindingRecord[]> {
  const { after, matching, state, isConfirmed } = page
  let query = db.selectFrom('binding').selectAll()
  if (after !== undefined) query = query.where('account_id', '>', after)
  if (state !== undefined) query = query.where('state', '=', state)
  if (isConfirmed !== undefined) {
    query = query.where('confirmed_at_ms', isConfirmed ? 'is not' : 'is', null)
  }
  if (matching !== undefined) {
    query = query.where(holds(matching, ['account_id', 'domain_id', 'domain_name']))
  }
  const rows = await query.orderBy('account_id').limit(page.limit).execute()
  return rows.map(toBinding)
}
