// Checks of what the portal is told and of the keys with which it asks: webhooks that do not arrive, and keys
// that end soon.

import { addDays } from '../../base/clock.ts'
import type { ApiKeyRecord } from '../../store/api-key-records.ts'
import { inspectStore, openStore } from '../../store/open.ts'
import type { Store } from '../../store/store.ts'
import { stateOf, type WebhookRecord } from '../../store/webhook-records.ts'
import { type Check, type Examination, error, type Finding, note, ok, warning } from './check.ts'

export const PORTAL_API_CHECKS: readonly Check[] = [
  {
    id: 'portal-api.webhooks',
    group: 'Portal',
    title: 'Webhooks',
    expected: 'every address takes what it is sent',
    needs: ['DATABASE_URL'],
    run: (examination) => withStore(examination, judgeWebhooks),
  },
  {
    id: 'portal-api.keys',
    group: 'Portal',
    title: 'Keys of the API',
    expected: 'none ends soon',
    needs: ['DATABASE_URL'],
    run: (examination) =>
      withStore(examination, async ({ apiKeys }) =>
        judgeKeys(await apiKeys.list(), examination.clock.now()),
      ),
  },
]

// The doctor makes neither a database nor a table; database.tables tells of those that are missing.
async function withStore(
  { config: { databaseUrl } }: Examination,
  judge: (store: Store) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const inspected = await inspectStore(databaseUrl)
  if (inspected.state === 'absent' || inspected.missingMigrations.length > 0) return []
  const store = await openStore(databaseUrl)
  try {
    return await judge(store)
  } finally {
    await store.close()
  }
}

async function judgeWebhooks({ webhooks, deliveries }: Store): Promise<readonly Finding[]> {
  const all = await webhooks.list()
  if (all.length === 0) {
    return [note({ found: 'no address', meaning: 'The portal is told nothing of itself.' })]
  }
  const judged = await Promise.all(
    all.map(async (webhook) => judgeWebhook(webhook, await deliveries.count(webhook.name))),
  )
  const problems = judged.flatMap((finding) => finding ?? [])
  return problems.length > 0 ? problems : [ok(`${all.length}, fine`, 'The portal is told.')]
}

function judgeWebhook(
  webhook: WebhookRecord,
  { waiting, dead }: { readonly waiting: number; readonly dead: number },
): Finding | undefined {
  const { name, problem = 'no reason is known' } = webhook
  const next = 'Mend the address at the portal, then try it again at /console/webhooks.'
  const state = stateOf(webhook)
  if (state === 'ended') {
    const meaning = 'The portal is told nothing more there.'
    return error({ found: `${name}: ended (${problem})`, meaning }, next)
  }
  if (dead > 0) {
    const meaning = 'The portal does not know of these events.'
    return error({ found: `${name}: ${dead} given up`, meaning }, next)
  }
  if (state === 'fine') return undefined
  const meaning = 'What waits is tried again for three days, then given up.'
  return warning({ found: `${name}: failing (${problem}), ${waiting} waiting`, meaning }, next)
}

const SOON_DAYS = 14

function judgeKeys(keys: readonly ApiKeyRecord[], now: Date): readonly Finding[] {
  const open = keys.filter(({ revokedAt }) => revokedAt === undefined)
  if (open.length === 0) {
    return [note({ found: 'no key', meaning: 'The portal asks nothing of this service.' })]
  }
  const ending = open.flatMap((key) => judgeKey(key, now) ?? [])
  return ending.length > 0 ? ending : [ok(`${open.length}`, `None ends within ${SOON_DAYS} days.`)]
}

function judgeKey({ name, expiresAt, usedAt }: ApiKeyRecord, now: Date): Finding | undefined {
  if (expiresAt === undefined || addDays(now, SOON_DAYS) < expiresAt) return undefined
  // One that ended unused is nobody's loss.
  if (expiresAt <= now && usedAt === undefined) return undefined
  const day = expiresAt.toISOString().slice(0, 10)
  const next =
    'Make another (partner-idp api-keys add), give it to the portal, then revoke this one.'
  if (expiresAt <= now) {
    const meaning = 'Requests with it are refused.'
    return warning({ found: `${name}: ended ${day}`, meaning }, next)
  }
  const meaning = 'From then on requests with it are refused.'
  return warning({ found: `${name}: ends ${day}`, meaning }, next)
}
