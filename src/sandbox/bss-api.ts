// The partner API of the sandbox: every row of the catalogue, with what it does. The rows give paths
// and fields; what is right and what is wrong is decided here, by Huawei's documents.

import type { z } from 'zod'
import { CATALOGUE, type OperationName } from '../partner/catalogue/index.ts'
import type { ApiCall, BehaviourOf, Behaviours } from './api/behaviour.ts'
import {
  listBudgetRecords,
  setBudget,
  showBudget,
  showConsumptionQuota,
  showCredit,
} from './api/budgets.ts'
import {
  checkIdentity,
  createCustomer,
  queryCustomers,
  sendVerificationCode,
} from './api/customers.ts'
import { freezeCustomers, unfreezeCustomers } from './api/freezing.ts'
import { queryResellers } from './api/resellers.ts'
import { type ApiAnswer, bssError } from './api-answer.ts'
import { worldBehaviours } from './world/index.ts'

const BEHAVIOURS: Behaviours<OperationName> = {
  checkIdentity,
  sendVerificationCode,
  createCustomer,
  queryCustomers,
  freezeCustomers,
  unfreezeCustomers,
  queryResellers,
  showConsumptionQuota,
  showBudget,
  setBudget,
  listBudgetRecords,
  showCredit,
  ...worldBehaviours,
}

// Fields that Huawei documents an error of their own for; everything else is CBC.0100.
const FIELD_ERRORS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  'createCustomer.domain_name': ['CBC.99000031', 'Invalid account name.'],
  'createCustomer.email': ['CBC.5016', 'Invalid email address format.'],
  'createCustomer.password': ['CBC.99000036', 'Invalid password.'],
  'createCustomer.verification_code': ['CBC.99004008', 'Invalid verification code.'],
  'sendVerificationCode.email': ['CBC.99004004', 'Empty email address or invalid format.'],
}

/** Answers one call, whose caller has been verified. `fields` may be anything. */
export function answerCall(name: OperationName, fields: unknown, call: ApiCall): ApiAnswer {
  const checked = CATALOGUE[name].input.safeParse(fields)
  if (!checked.success) return fieldError(name, checked.error)
  // The cast holds because the schema that read the fields is the one of the same row.
  const behave = BEHAVIOURS[name] as BehaviourOf<OperationName>
  return behave(checked.data as never, call)
}

/** Parameters that no row could take: of a wrong kind, unknown, twice, or in the wrong place. */
export function parameterError(field: string, problem: string): ApiAnswer {
  return bssError(400, 'CBC.0100', `Parameter error. ${field}: ${problem}`)
}

function fieldError(name: OperationName, error: z.ZodError): ApiAnswer {
  const [issue] = error.issues
  const field = String(issue?.path[0] ?? '')
  const known = FIELD_ERRORS[`${name}.${field}`]
  if (known === undefined) return parameterError(field, issue?.message ?? '')
  const [code, message] = known
  return bssError(400, code, `${message} ${field}: ${issue?.message ?? ''}`)
}
