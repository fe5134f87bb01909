// Opening a Huawei Cloud account for a customer, step by step. Each step is written down before Huawei is
// asked, so that a crash or a time-out leaves an open question, which a query settles, and never a second
// account.

import type { ErrorCode } from '../base/error-codes.ts'
import { asRefusal, Refusal } from '../base/errors.ts'
import { findPendingAccount } from '../partner/remote-errors.ts'
import type { ActivationRecord, ActivationStep } from '../store/activation-records.ts'
import type { AccountRecord } from '../store/store.ts'
import type { Claim } from './confirm.ts'
import { hear } from './journey/heard.ts'
import { type ActivationDeps, type JourneyDeps, move, write } from './journey/move.ts'
import { advance, lookForCreated } from './journey/resume.ts'
import { mayStart } from './journey/steps.ts'

/** What the customer chooses. */
export type Wish = {
  readonly domainName: string
  readonly email: string
  /** ISO 3166 country or region of the customer, such as IE. */
  readonly area: string
}

/**
 * Checks name and address with Huawei and has a code sent. Throws what Huawei refuses
 * (`PARTNER_NAME_TAKEN`, `PARTNER_EMAIL_TAKEN`, `PARTNER_CODE_LIMIT`, …) and `ACTIVATION_OUT_OF_ORDER`.
 */
export async function requestCode(
  account: AccountRecord,
  wish: Wish,
  given: ActivationDeps,
): Promise<void> {
  const deps = actingFor(account, given)
  const record = await deps.store.activations.find(account.accountId)
  if (!mayStart(record?.step)) throw outOfOrder(record?.step)
  await makeSureThereIsNone(record, deps)
  const { onAnswer, requestId } = hear()
  await checkFree('name', wish.domainName, { ...deps, onAnswer })
  await checkFree('email', wish.email, { ...deps, onAnswer })
  const chosen = { accountId: account.accountId, wish, requestId: requestId() }
  const checked = await noteChecked(record, chosen, deps)
  await sendCode(checked, record, deps)
}

async function sendCode(
  checked: ActivationRecord,
  before: ActivationRecord | undefined,
  deps: JourneyDeps,
): Promise<void> {
  const { email } = checked
  const { onAnswer, requestId } = hear()
  try {
    const asked = { receiver_type: 2, email, lang: 'en-us' } as const
    await deps.partner.sendVerificationCode(asked, { onAnswer })
  } catch (error) {
    // The code that was sent before to the same address is good still.
    const hasCode = before?.step === 'code-sent' && before.email === email
    await noteRefusal(checked, hasCode ? 'code-sent' : 'checked', { error, deps })
    throw error
  }
  await move(checked, { step: 'code-sent', outcome: 'done', requestId: requestId() }, deps)
}

/** The customer takes the steps; what is put on record says so. */
export function actingFor(
  { accountId }: Pick<AccountRecord, 'accountId'>,
  deps: ActivationDeps,
): JourneyDeps {
  return { ...deps, actor: { kind: 'customer', id: accountId } }
}

// What an operator has given up may exist at Huawei all the same.
async function makeSureThereIsNone(
  record: ActivationRecord | undefined,
  deps: JourneyDeps,
): Promise<void> {
  if (record === undefined) return
  if (record.createAskedAt === undefined && record.domainId === undefined) return
  const { outcome } = await lookForCreated(record, deps)
  if (outcome === 'found') {
    await advance(record.accountId, deps)
    throw outOfOrder(record.step)
  }
  if (outcome === 'open') throw new Refusal('PARTNER_UNREACHABLE', { problem: 'not settled yet' })
}

async function checkFree(kind: 'name' | 'email', value: string, deps: ActivationDeps) {
  const { check_result: result } = await deps.partner.checkIdentity(
    { search_type: kind, search_value: value },
    { onAnswer: deps.onAnswer },
  )
  if (result === 'available') return
  throw new Refusal(kind === 'name' ? 'PARTNER_NAME_TAKEN' : 'PARTNER_EMAIL_TAKEN')
}

async function noteChecked(
  from: ActivationRecord | undefined,
  chosen: {
    readonly accountId: string
    readonly wish: Wish
    readonly requestId: string | undefined
  },
  deps: JourneyDeps,
): Promise<ActivationRecord> {
  const { accountId, wish, requestId } = chosen
  const { domainName, email, area } = wish
  const isGoingOn = from?.step === 'checked' || from?.step === 'code-sent'
  const isSame = from?.domainName === domainName && from.email === email && from.area === area
  const attempt = isGoingOn && isSame ? from.attempt : (from?.attempt ?? 0) + 1
  const begun = {
    accountId,
    domainName,
    email,
    area,
    attempt,
    step: 'checked',
    startedAt: deps.clock.now(),
    domainId: undefined,
    problem: undefined,
    createAskedAt: undefined,
  } as const
  const written = await write(from, begun, { ...deps, how: { outcome: 'done', requestId } })
  if (written === undefined) throw outOfOrder(undefined)
  return written
}

/**
 * Has the account created with the code that the customer received, and goes on as far as Huawei lets
 * it; answers how it stands then. Throws what Huawei refuses, `PARTNER_UNREACHABLE` when the outcome is
 * not known yet, `BIND_CONFLICT`, and `ACTIVATION_OUT_OF_ORDER` for everybody but the first who comes
 * with a code.
 */
export async function createWithCode(
  account: AccountRecord,
  code: string,
  given: ActivationDeps,
): Promise<ActivationRecord | undefined> {
  const deps = actingFor(account, given)
  const { accountId } = account
  const record = await deps.store.activations.find(accountId)
  if (record?.step !== 'code-sent') throw outOfOrder(record?.step)
  const changes = { createAskedAt: deps.clock.now() }
  const asked = await move(record, { step: 'create-asked', outcome: 'asking', changes }, deps)
  if (asked === undefined) throw outOfOrder(undefined)
  const problem = await askToCreate(asked, code, deps)
  const now = await advance(accountId, deps)
  if (now?.problem === 'BIND_CONFLICT') {
    throw new Refusal('BIND_CONFLICT', { account: accountId, domainId: now.domainId })
  }
  if (problem !== undefined && now?.domainId === undefined) throw problem
  return now
}

/** Answers what went wrong, whatever it was. */
async function askToCreate(
  asked: ActivationRecord,
  code: string,
  deps: JourneyDeps,
): Promise<unknown> {
  const { onAnswer, requestId } = hear()
  const wish = {
    domain_area: asked.area,
    xaccount_id: asked.accountId,
    xaccount_type: deps.platformId,
    domain_name: asked.domainName,
    email: asked.email,
    verification_code: code,
  }
  try {
    const created = await deps.partner.createCustomer(wish, { onAnswer })
    const { domain_id: domainId, domain_name: domainName } = created
    await noteCreated(asked, { domainId, domainName, requestId: requestId() }, deps)
    return undefined
  } catch (error) {
    // HTTP 500 may carry a success: CBC.99000050 names the account that exists now.
    const pending = findPendingAccount(error)
    if (pending !== undefined) {
      await noteCreated(asked, { ...pending, requestId: requestId() }, deps)
    } else await noteRefusal(asked, stepAfter(asRefusal(error)), { error, deps })
    return error
  }
}

// When the worker was faster it has written the same.
async function noteCreated(
  asked: ActivationRecord,
  made: Omit<Claim, 'accountId'> & { readonly requestId: string | undefined },
  deps: JourneyDeps,
): Promise<void> {
  const { domainId, domainName = asked.domainName, requestId } = made
  const changes = { domainId, domainName, createAskedAt: undefined }
  await move(asked, { step: 'created', outcome: 'done', requestId, changes }, deps)
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

type Failure = { readonly error: unknown; readonly deps: JourneyDeps }

async function noteRefusal(
  from: ActivationRecord,
  step: ActivationStep,
  { error, deps }: Failure,
): Promise<void> {
  const { code: problem, facts } = asRefusal(error)
  const isOpen = step === 'unknown'
  const { requestId } = facts
  await move(
    from,
    {
      step,
      outcome: isOpen ? 'unknown' : 'refused',
      requestId: typeof requestId === 'string' ? requestId : undefined,
      changes: isOpen ? { problem } : { problem, createAskedAt: undefined },
    },
    deps,
  )
}

function outOfOrder(step: ActivationStep | undefined): Refusal {
  return new Refusal('ACTIVATION_OUT_OF_ORDER', { step: step ?? 'none' })
}
