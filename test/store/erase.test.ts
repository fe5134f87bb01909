// Erasing a person on both engines: nothing personal is found in any table afterwards, and what proves
// something still does.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createRecordAudit } from '../../src/audit/record.ts'
import type { Engine } from '../../src/store/engine.ts'
import { openStore } from '../../src/store/open.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { forEachEngine, freshDatabase, freshStore } from '../support/engines.ts'
import { issue } from './ledger.ts'
import { account, at, NOW, notice, person, session } from './records.ts'

/** Columns by which a table tells whose a row is. */
const NAMES_A_PERSON = new Set(['account_id', 'person_id', 'owner', 'x_user_id'])

/** What becomes of each table that does. A new table must be entered here, and in docs/people.md. */
const TABLES: Readonly<Record<string, 'removed' | 'emptied' | 'nothing personal'>> = {
  account: 'emptied',
  activation: 'removed',
  activation_journal: 'nothing personal',
  answer: 'removed',
  binding: 'emptied',
  binding_move: 'nothing personal',
  device_mark: 'removed',
  domain_holder: 'nothing personal',
  handoff_ticket: 'removed',
  identity: 'removed',
  ledger: 'nothing personal',
  logout_step: 'removed',
  notice: 'emptied',
  passkey: 'removed',
  password_link: 'removed',
  pending_sign_in: 'removed',
  reconcile_finding: 'removed',
  recovery_code: 'removed',
  session_person: 'removed',
  sign_in: 'removed',
  totp_factor: 'removed',
}

const PERSONAL = /anna|personal/i

/** Rows that only SQL can write without the rooms that own them. */
const ROWS = [
  "insert into totp_factor values ('customer', 'c-100', 'personal-secret', 0, 0)",
  "insert into recovery_code values ('customer', 'c-100', 'personal-code')",
  "insert into identity values ('https://oidc.example', 'personal-subject', 'c-100', 0)",
  "insert into activation (account_id, step, domain_name, email, area, started_at_ms, changed_at_ms) values ('c-100', 'code-sent', 'anna', 'anna@example.com', 'DE', 0, 0)",
  "insert into device_mark values ('personal-mark', 'customer', 'c-100', 0)",
]

async function openEngine(url: string): Promise<Engine> {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length))
  return openPostgres(url, () => undefined)
}

async function everything({ db }: Engine): Promise<string> {
  const tables = await db.introspection.getTables()
  const rows = await Promise.all(
    tables.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(db)),
  )
  return JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  )
}

async function live(store: Store): Promise<void> {
  const names = {
    login: 'Anna',
    email: 'anna@example.com',
    name: 'Anna',
    mobile: 'personal-mobile',
  }
  await store.accounts.add(account({ ...names, passwordHash: 'personal-hash' }))
  const body = '{"customer":"c-100","note":"personal"}'
  await store.sessions.save(
    'hash',
    session({ body, people: [person({ agent: 'personal-agent' })] }),
  )
  const attempt = { role: 'customer', id: 'c-100', method: 'password', refusal: undefined } as const
  await store.signIns.add({ ...attempt, at: NOW, network: 'personal-network', agent: undefined })
  await store.notices.save(
    notice({ domainName: 'anna-cloud', bindRequest: 'personal', signature: 'personal' }),
  )
  const record = createRecordAudit({ audit: store.audit, clock: { now: () => NOW } })
  await record({ action: 'user.created', actor: { kind: 'command', id: 'root' }, subject: 'c-100' })
}

forEachEngine((engine) => {
  test('of an erased person no table knows anything personal', async (t) => {
    const url = await freshDatabase(t, engine)
    const store = await openStore(url)
    const opened = await openEngine(url)
    t.after(async () => {
      await store.close()
      await opened.db.destroy()
    })
    await live(store)
    for (const row of ROWS) await sql.raw(row).execute(opened.db)
    const before = await everything(opened)

    const isErased = await store.accounts.erase('c-100', 'erased-1', at(60))

    const after = await everything(opened)
    assert.match(before, PERSONAL)
    assert.equal(isErased, true)
    assert.doesNotMatch(after, PERSONAL)
  })

  test('every table that names a person has a rule for erasing', async (t) => {
    const opened = await openEngine(
      await freshDatabase(t, engine).then(async (url) => {
        await (await openStore(url)).close()
        return url
      }),
    )
    const tables = await opened.db.introspection.getTables()
    await opened.db.destroy()

    const named = tables.filter(({ columns }) =>
      columns.some(({ name }) => NAMES_A_PERSON.has(name)),
    )

    assert.deepEqual(named.map(({ name }) => name).toSorted(), Object.keys(TABLES).toSorted())
  })

  test('an erased account cannot be used, changed, named or erased again, and its id stays taken', async (t) => {
    const store = await freshStore(t, engine)
    await store.accounts.add(account())
    await store.accounts.erase('c-100', 'erased-1', at(60))

    const answers = [
      await store.accounts.erase('c-100', 'erased-2', at(61)),
      await store.accounts.setEnabled('c-100', true),
      await store.accounts.setPassword('c-100', 'hash'),
      await store.accounts.update(account({ login: 'back' })),
      await store.accounts.add(account({ login: 'other', email: undefined })),
      await store.accounts.add(account({ accountId: 'c-200' })),
    ]

    assert.deepEqual(answers, [false, false, false, 'unknown', 'account-id', 'added'])
    const left = await store.accounts.find('c-100')
    assert.deepEqual([left?.login, left?.isEnabled, left?.erasedAt], ['erased-1', false, at(60)])
  })

  test('the ledger and the record are whole after an erasure', async (t) => {
    const store = await freshStore(t, engine)
    await issue(store, 3)
    const before = await store.ledger.head()

    await store.accounts.erase('c-100', 'erased-1', at(60))

    const report = await store.ledger.verify(before)
    assert.deepEqual([report.broken, report.count, report.noted], [undefined, 3, 'holds'])
    assert.equal((await store.ledger.find('_assertion-1'))?.accountId, 'c-100')
  })
})
