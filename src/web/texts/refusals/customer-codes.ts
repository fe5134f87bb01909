// Which codes of the table of refusals a customer may be shown, and what a language has to say to each.

import type { ErrorCode } from '../../../base/error-codes.ts'

/** Told to whoever runs the service: at the command line, in the console, at the portal API. */
type OperatorCode =
  | Extract<
      ErrorCode,
      `${'ANSWER' | 'API' | 'ATTACHMENT' | 'FILES' | 'FINDING' | 'IDEMPOTENCY' | 'KEY' | 'LEDGER' | 'METADATA' | 'OPERATOR' | 'RECONCILE' | 'WEBHOOK'}_${string}`
    >
  | 'ACCOUNT_NOT_FOUND'
  | 'BINDING_NOT_CONNECTED'
  | 'IDENTITY_TAKEN'

/** What a customer may meet on a page. A new code is one of these until its family says otherwise. */
export type CustomerCode = Exclude<ErrorCode, OperatorCode>

/** As `say` and `hint` of the table. */
export type RefusalText = { readonly say: string; readonly hint: string }

/** One language. A code without a text does not compile. */
export type RefusalTexts = Readonly<Record<CustomerCode, RefusalText>>
