// Opening a Huawei Cloud account for a customer, step by step. Each step is written down before Huawei is
// asked, so that a crash or a time-out leaves "unknown", which a query settles, and never a second account.

import { addMinutes } from '../base/clock.ts'
import type { ErrorCode } from '../base/error-codes.ts'
import { asRefusal, Refusal } from '../base/errors.ts'
import type { PartnerClient } from '../partner/client.ts'
import { findPendingAccount } from '../partner/remote-errors.ts'
import type { AccountRecord, ActivationRecord, ActivationStep, Store } from '../store/store.ts'
import { type Claim, type ConfirmDeps, findCreated } from './confirm.ts'

export type ActivationDeps = ConfirmDeps & {
  readonly store: Pick<Store, 'activations' | 'bindings'>
  readonly partner: Pick<
    PartnerClient,
    'checkIdentity' | 'sendVerificationCode' | 'createCustomer' | 'queryCustomers'
  >
}

/** What the customer chooses. */
export type Wish = {
  readonly domainName: string
  readonly email: string
  /** ISO 3166 country or region of the customer, such as IE. */
  readonly area: string
}

/** How long Huawei may take until query customers knows an account. */
const SETTLE_MINUTES = 10

/**
 * Checks name and address with Huawei and has a code sent. Throws what Huawei refuses
 * (`PARTNER_NAME_TAKEN`, `PARTNER_EMAIL_TAKEN`, `PARTNER_CODE_LIMIT`, …) and `ACTIVATION_OUT_OF_ORDER`.
 */
export async function requestCode(
  account: AccountRecord,
  wish: Wish,
  deps: ActivationDeps,
): Promise<void> {
  const record = await deps.store.activations.find(account.accountId)
  if (record !== undefined && !MAY_START.includes(record.step)) throw outOfOrder(record.step)
  await checkFree('name', wish.domainName, deps)
  await checkFree('email', wish.email, deps)
  await deps.partner.sendVerificationCode({ receiver_type: 2, email: wish.email, lang: 'en-us' })
  const now = deps.clock.now()
  const next = { ...blank(account.accountId), ...wish, step: 'code-sent', startedAt: now } as const
  await move(MAY_START, { ...next, changedAt: now }, deps)
}

const MAY_START: readonly (ActivationStep | undefined)[] = [undefined, 'code-sent', 'refused']

async function checkFree(kind: 'name' | 'email', value: string, deps: ActivationDeps) {
  const { check_result: result } = await deps.partner.checkIdentity({
    search_type: kind,
    search_value: value,
  })
  if (result === 'available') return
  throw new Refusal(kind === 'name' ? 'PARTNER_NAME_TAKEN' : 'PARTNER_EMAIL_TAKEN')
}

/**
 * Has the account created with the code that the customer received, and connects it. Throws what
 * Huawei refuses, `PARTNER_UNREACHABLE` when the outcome is not known yet, `BIND_CONFLICT`, and
 * `ACTIVATION_OUT_OF_ORDER` for everybody but the first who comes with a code.
 */
export async function createWithCode(
  account: AccountRecord,
  code: string,
  deps: ActivationDeps,
): Promise<void> {
  const { accountId } = account
  const record = await deps.store.activations.find(accountId)
  if (record?.step !== 'code-sent') throw outOfOrder(record?.step)
  const asked = await move(
    ['code-sent'],
    { ...record, step: 'create-asked', problem: undefined },
    deps,
  )
  const claim = await askToCreate(asked, code, deps)
  if (claim !== 'connected') await connect(asked, claim, deps)
}

async function askToCreate(
  asked: ActivationRecord,
  code: string,
  deps: ActivationDeps,
): Promise<Claim | 'connected'> {
  const { accountId } = asked
  try {
    const created = await deps.partner.createCustomer({
      domain_area: asked.area,
      xaccount_id: accountId,
      xaccount_type: deps.platformId,
      domain_name: asked.domainName,
      email: asked.email,
      verification_code: code,
    })
    return { accountId, domainId: created.domain_id, domainName: created.domain_name }
  } catch (error) {
    // HTTP 500 may carry a success: CBC.99000050 names the account that exists now.
    const pending = findPendingAccount(error)
    if (pending !== undefined) return { accountId, ...pending }
    const refusal = asRefusal(error)
    const step = stepAfter(refusal)
    await move(['create-asked'], { ...asked, step, problem: refusal.code }, deps)
    if (step === 'unknown' && (await settle(accountId, deps)) === 'created') return 'connected'
    throw error
  }
}

// What Huawei refuses for a reason of its own was not done. Where there is doubt, it may have been.
const BACK_TO: Partial<Record<ErrorCode, ActivationStep>> = {
  PARTNER_WRONG_CODE: 'code-sent',
  PARTNER_CODE_SPENT: 'code-sent',
  PARTNER_THROTTLED: 'code-sent',
  PARTNER_INVALID_INPUT: 'code-sent',
  PARTNER_NOT_CONFIGURED: 'code-sent',
  PARTNER_UNAUTHORIZED: 'code-sent',
  PARTNER_FORBIDDEN: 'code-sent',
  PARTNER_NAME_TAKEN: 'refused',
  PARTNER_BAD_NAME: 'refused',
  PARTNER_EMAIL_TAKEN: 'refused',
  PARTNER_BAD_EMAIL: 'refused',
  PARTNER_REFUSED: 'refused',
}

function stepAfter({ code, facts }: Refusal): ActivationStep {
  const { status } = facts
  if (typeof status === 'number' && status >= 500) return 'unknown'
  return BACK_TO[code] ?? 'unknown'
}

/** Where an activation of unknown outcome stands now, by what query customers says. */
export async function settle(
  accountId: string,
  deps: ActivationDeps,
): Promise<'created' | 'pending' | 'settled'> {
  const record = await deps.store.activations.find(accountId)
  if (record === undefined || !isOpen(record)) return 'settled'
  // A duplicate xAccountId may be an account of another name, made before this one was asked for.
  const isAnyName = record.problem === 'PARTNER_ACCOUNT_EXISTS'
  const found = await findCreated(accountId, isAnyName ? undefined : record.domainName, deps)
  if (found === 'unreachable') return 'pending'
  if (found !== undefined) {
    await connect(record, found, deps)
    return 'created'
  }
  if (deps.clock.now() < addMinutes(record.changedAt, SETTLE_MINUTES)) return 'pending'
  // Huawei would refuse a second account for this customer as a duplicate (CBC.99000039), so the
  // customer may try again.
  const problem = record.problem ?? 'PARTNER_UNREACHABLE'
  await move([record.step], { ...record, step: 'refused', problem }, deps)
  return 'settled'
}

/** Whether it is not known what Huawei did. */
export function isOpen({ step }: ActivationRecord): boolean {
  return step === 'create-asked' || step === 'unknown'
}

async function connect(
  record: ActivationRecord,
  claim: Claim,
  deps: ActivationDeps,
): Promise<void> {
  const now = deps.clock.now()
  const result = await deps.store.bindings.bind({
    ...claim,
    source: 'created',
    isConfirmed: true,
    now,
  })
  const { domainId } = claim
  await deps.store.activations.move(['create-asked', 'unknown'], {
    ...record,
    step: 'created',
    domainId,
    problem: undefined,
    changedAt: now,
  })
  deps.log.info({ event: 'activation.created', account: record.accountId, domainId })
  if (result.outcome === 'conflict') {
    throw new Refusal('BIND_CONFLICT', { account: record.accountId, domainId })
  }
}

async function move(
  from: readonly (ActivationStep | undefined)[],
  to: ActivationRecord,
  deps: ActivationDeps,
): Promise<ActivationRecord> {
  const next = { ...to, changedAt: deps.clock.now() }
  if (!(await deps.store.activations.move(from, next))) throw outOfOrder(undefined)
  return next
}

function outOfOrder(step: ActivationStep | undefined): Refusal {
  return new Refusal('ACTIVATION_OUT_OF_ORDER', { step: step ?? 'none' })
}

function blank(accountId: string) {
  return { accountId, domainId: undefined, problem: undefined }
}
