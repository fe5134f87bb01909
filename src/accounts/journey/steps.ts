// THE table of the steps that an activation can stand at: what each means, which call follows it, and who
// takes it further. The console shows it, the worker goes by it, and the crash matrix is made from it.

import type { PartnerAsks } from '../../partner/client.ts'
import type { ActivationStep } from '../../store/activation-records.ts'

/** The operations of the partner API that the journey calls. */
export type JourneyCall = keyof Pick<
  PartnerAsks,
  'checkIdentity' | 'sendVerificationCode' | 'createCustomer' | 'queryCustomers'
>

export type StepRow = {
  /** What is certain when the step is in the journal; for operators. */
  readonly means: string
  /** The steps that may come before it; `undefined` is nothing. */
  readonly after: readonly (ActivationStep | undefined)[]
  /** What Huawei is asked once the step is written. */
  readonly call: JourneyCall | undefined
  /** Who takes it further after a crash: `nobody` at the end. */
  readonly resumedBy: 'customer' | 'worker' | 'nobody'
  /** Whether it is not known yet if Huawei has created the account. */
  readonly isOpen: boolean
}

/** Where the customer may send the form. */
const STARTS = [undefined, 'checked', 'code-sent', 'refused', 'abandoned'] as const

/** Every step, in the order of the journey. */
export const STEPS: Readonly<Record<ActivationStep, StepRow>> = {
  checked: {
    means: 'Name and address are free. Huawei Cloud may have sent a code.',
    after: STARTS,
    call: 'sendVerificationCode',
    resumedBy: 'customer',
    isOpen: false,
  },
  'code-sent': {
    means: 'Huawei Cloud has sent a code, which the customer has to enter.',
    after: ['checked', 'create-asked'],
    call: undefined,
    resumedBy: 'customer',
    isOpen: false,
  },
  'create-asked': {
    means: 'Huawei Cloud is being asked to create the account, or was when the service stopped.',
    after: ['code-sent'],
    call: 'createCustomer',
    resumedBy: 'worker',
    isOpen: true,
  },
  unknown: {
    means: 'Huawei Cloud was asked to create the account, and its answer did not come.',
    after: ['create-asked'],
    call: 'queryCustomers',
    resumedBy: 'worker',
    isOpen: true,
  },
  created: {
    means: 'The account exists. Whether it is associated with the customer is not confirmed yet.',
    after: ['create-asked', 'unknown', 'abandoned', 'refused'],
    call: 'queryCustomers',
    resumedBy: 'worker',
    isOpen: false,
  },
  associated: {
    means: 'Huawei Cloud lists the account as the customer’s.',
    after: ['created'],
    call: undefined,
    resumedBy: 'worker',
    isOpen: false,
  },
  bound: {
    means: 'The connection is in our records: the customer gets in without another password.',
    after: ['associated'],
    call: undefined,
    resumedBy: 'nobody',
    isOpen: false,
  },
  refused: {
    means: 'Huawei Cloud did not create an account. The customer can try again.',
    after: ['create-asked', 'unknown'],
    call: undefined,
    resumedBy: 'customer',
    isOpen: false,
  },
  abandoned: {
    means: 'An operator has given it up. The customer can begin again.',
    after: ['checked', 'code-sent', 'create-asked', 'unknown', 'created', 'associated', 'refused'],
    call: undefined,
    resumedBy: 'customer',
    isOpen: false,
  },
}

/** Whether the customer may send the form now. */
export function mayStart(step: ActivationStep | undefined): boolean {
  return STEPS.checked.after.includes(step)
}

/** Whether an operator may give it up. */
export function mayAbandon(step: ActivationStep): boolean {
  return STEPS.abandoned.after.includes(step)
}

/** Whether it is not known what Huawei did. */
export function isOpen({ step }: { readonly step: ActivationStep }): boolean {
  return STEPS[step].isOpen
}

/** Whether Huawei has an account for the customer, though it may not be connected here yet. */
export function isCreated(step: ActivationStep | undefined): boolean {
  return step === 'created' || step === 'associated' || step === 'bound'
}
