// THE table of refusals. A code is the same in the page, the log line, the metric, the signed SAML
// status, the command line and docs/errors.md, which is generated from here.

import { API_CODES } from './error-codes/api.ts'
import { FILES_CODES } from './error-codes/files.ts'
import { OPERATION_CODES } from './error-codes/operation.ts'
import { PARTNER_CODES } from './error-codes/partner.ts'
import { PEOPLE_CODES } from './error-codes/people.ts'
import { SAML_CODES } from './error-codes/saml.ts'
import { UPSTREAM_CODES } from './error-codes/upstream.ts'
import { WEB_CODES } from './error-codes/web.ts'
import type { ErrorDescription } from './error-description.ts'

const TABLE = {
  ...WEB_CODES,
  ...SAML_CODES,
  ...PEOPLE_CODES,
  ...UPSTREAM_CODES,
  ...PARTNER_CODES,
  ...OPERATION_CODES,
  ...FILES_CODES,
  ...API_CODES,
} as const

export type ErrorCode = keyof typeof TABLE

export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorDescription>> = TABLE
