// Takes an activation further from where it stands, whoever stopped there and why: the journal in, the
// next steps out. It only asks and never has anything created, so that any process may do it at any time.

import { addMinutes } from '../../base/clock.ts'
import type { ActivationRecord, ActivationStep } from '../../store/activation-records.ts'
import { tellMove } from '../binding-told.ts'
import { type Claim, confirmClaim, findCreated } from '../confirm.ts'
import { hear } from './heard.ts'
import { type JourneyDeps, move } from './move.ts'

/** How long Huawei may take until query customers knows an account. */
const SETTLE_MINUTES = 10

const LONGEST_WAIT_MINUTES = 60

/** Who moves the connection, whoever had the journey go on. */
const JOURNEY = { kind: 'job', id: 'activation' } as const

/** Whether the activation stands elsewhere now, by us or by somebody else. */
type Resume = (record: ActivationRecord, deps: JourneyDeps) => Promise<boolean>

const RESUME: Readonly<Partial<Record<ActivationStep, Resume>>> = {
  'create-asked': settle,
  unknown: settle,
  created: associate,
  associated: bind,
}

/** Goes on until Huawei has to be waited for, a person has to act, or all is done; answers how it stands. */
export async function advance(
  accountId: string,
  deps: JourneyDeps,
): Promise<ActivationRecord | undefined> {
  for (;;) {
    const record = await deps.store.activations.find(accountId)
    const resume = record === undefined ? undefined : RESUME[record.step]
    if (record === undefined || resume === undefined || isStopped(record)) return record
    if (!(await resume(record, deps))) return record
  }
}

/** Whether it needs an operator: asking again would bring the same contradiction. */
export function isStopped({ problem }: ActivationRecord): boolean {
  return problem === 'BIND_CONFLICT'
}

/** Whether Huawei has the account, and the request that says so. */
type Looked = {
  readonly outcome: 'found' | 'absent' | 'open'
  readonly requestId: string | undefined
}

/**
 * Looks whether Huawei has an account for the customer, and goes on to `created` if so. `absent` is
 * certain; `open` is not known yet.
 */
export async function lookForCreated(record: ActivationRecord, deps: JourneyDeps): Promise<Looked> {
  const { onAnswer, requestId } = hear()
  // A duplicate xAccountId may be an account of another name, made before this one was asked for.
  const isAnyName = record.problem === 'PARTNER_ACCOUNT_EXISTS'
  const name = isAnyName ? undefined : record.domainName
  const found = await findCreated(record.accountId, name, { ...deps, onAnswer })
  const proof = { requestId: requestId() }
  if (found === 'unreachable') return { outcome: 'open', ...proof }
  if (found === undefined) {
    const since = record.createAskedAt ?? record.changedAt
    const isEarly = deps.clock.now() < addMinutes(since, SETTLE_MINUTES)
    return { outcome: isEarly ? 'open' : 'absent', ...proof }
  }
  const { domainId, domainName = record.domainName } = found
  const changes = { domainId, domainName, createAskedAt: undefined }
  await move(record, { step: 'created', outcome: 'done', ...proof, changes }, deps)
  return { outcome: 'found', ...proof }
}

async function settle(record: ActivationRecord, deps: JourneyDeps): Promise<boolean> {
  const { outcome, requestId } = await lookForCreated(record, deps)
  if (outcome === 'found') return true
  if (outcome === 'open') return waitLonger(record, deps)
  // Huawei would refuse a second account for this customer as a duplicate (CBC.99000039), so the
  // customer may try again.
  const problem = record.problem ?? 'PARTNER_UNREACHABLE'
  const changes = { problem, createAskedAt: undefined }
  await move(record, { step: 'refused', outcome: 'refused', requestId, changes }, deps)
  return true
}

async function associate(record: ActivationRecord, deps: JourneyDeps): Promise<boolean> {
  const claim = claimOf(record)
  const { onAnswer, requestId } = hear()
  const verdict = await confirmClaim(claim, { ...deps, onAnswer })
  if (verdict === 'unknown') return waitLonger(record, deps)
  if (verdict === 'confirmed') {
    await move(record, { step: 'associated', outcome: 'done', requestId: requestId() }, deps)
    return true
  }
  const now = deps.clock.now()
  const moved = await deps.store.bindings.flag(claim, { actor: JOURNEY, now })
  await tellMove(moved, deps)
  await stop(record, requestId(), deps)
  return true
}

async function bind(record: ActivationRecord, deps: JourneyDeps): Promise<boolean> {
  const claim = claimOf(record)
  const { outcome, move: moved } = await deps.store.bindings.bind({
    ...claim,
    source: 'created',
    evidence: evidenceOf(claim),
    isConfirmed: true,
    now: deps.clock.now(),
  })
  if (moved !== undefined) await tellMove(moved, deps)
  if (outcome === 'conflict') await stop(record, undefined, deps)
  else await move(record, { step: 'bound', outcome: 'done' }, deps)
  return true
}

async function stop(
  record: ActivationRecord,
  requestId: string | undefined,
  deps: JourneyDeps,
): Promise<void> {
  const { accountId, domainId, step } = record
  deps.log.error({ event: 'activation.contradicted', account: accountId, domainId })
  const changes = { problem: 'BIND_CONFLICT' }
  await move(record, { step, outcome: 'refused', requestId, changes }, deps)
}

// What query customers has said is in the journal: the step that comes before.
function evidenceOf({ accountId, domainId }: Claim) {
  return { answer: { customer_id: domainId, xaccount_id: accountId } }
}

function claimOf({ accountId, domainId, domainName }: ActivationRecord) {
  if (domainId === undefined) throw new Error('an account that was created has an id')
  return { accountId, domainId, domainName }
}

// As long again as it has taken already: most are ready within a minute, and few are worth a call a minute
// for days.
async function waitLonger(record: ActivationRecord, { store, clock }: JourneyDeps) {
  const now = clock.now()
  const minutes = Math.floor((now.getTime() - record.changedAt.getTime()) / 60_000)
  const wait = Math.min(Math.max(minutes, 1), LONGEST_WAIT_MINUTES)
  await store.activations.postpone(record, addMinutes(now, wait))
  return false
}
