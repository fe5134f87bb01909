// A process that walks the journey, and dies of SIGKILL at one place of it if it is told one: store and client
// are the service's own, Huawei is the parent. It writes to standard output what it would have told the
// customer.
//
//   activation-child.ts DATABASE_URL HUAWEI_URL ACCOUNT_ID NOW_MS BY SCENARIO [BOUNDARY]

import { createWithCode, requestCode } from '../../src/accounts/activation.ts'
import type { ActivationDeps } from '../../src/accounts/journey/move.ts'
import { abandonActivation } from '../../src/accounts/journey/operate.ts'
import { createWorker } from '../../src/accounts/journey/worker.ts'
import { asRefusal } from '../../src/base/errors.ts'
import { createLog } from '../../src/base/log.ts'
import { systemRandom } from '../../src/base/random.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { partnerAt } from './journey-huawei.ts'

const [databaseUrl = '', huaweiUrl = '', accountId = '', nowMs = '', by, scenario, boundary] =
  process.argv.slice(2)

let step = 'none'

/** Does something, and dies before or after it when that is the place. */
async function at<T>(place: string, work: () => Promise<T>): Promise<T> {
  const name = `${step}:${place}`
  await dieAt(`${name}:before`)
  const done = await work()
  await dieAt(`${name}:after`)
  return done
}

async function dieAt(place: string): Promise<void> {
  if (place !== boundary) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => undefined)
}

function watched(store: Store): Store {
  const { activations, bindings } = store
  return {
    ...store,
    activations: {
      ...activations,
      move: (from, to, how) => {
        // An operator's retry or a refusal at the same step is no step of its own.
        step = to.step
        return at('write', () => activations.move(from, to, how))
      },
    },
    bindings: { ...bindings, bind: (claim) => at('connect', () => bindings.bind(claim)) },
  }
}

function tell(what: string): void {
  process.stdout.write(`${what}\n`)
}

async function walk(store: Store, deps: ActivationDeps): Promise<void> {
  const account = await store.accounts.find(accountId)
  if (account === undefined) throw new Error('no such account')
  const wish = { domainName: `cloud-${accountId}`, email: `${accountId}@c.example`, area: 'IE' }
  await requestCode(account, wish, deps)
  tell('code-sent')
  if (scenario === 'abandoning') {
    const actor = { kind: 'operator', id: 'olivia' } as const
    await abandonActivation(accountId, { ...deps, actor })
    tell('abandoned')
    return
  }
  try {
    const record = await createWithCode(account, '123456', deps)
    tell(record?.step ?? 'nothing')
  } catch (error) {
    tell(asRefusal(error).code)
  }
}

const store = watched(await openStore(databaseUrl))
const partner = partnerAt(huaweiUrl, (work) => at('call', work))
const deps = {
  store,
  partner,
  clock: { now: () => new Date(Number(nowMs)) },
  random: systemRandom,
  log: createLog('silent'),
  platformId: 'example_IDP',
  record: async () => undefined,
}
if (by === 'worker') await createWorker(deps)()
else await walk(store, deps)
await partner.close()
await store.close()
