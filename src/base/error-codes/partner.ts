// Refusals of the partner API, by Huawei or for want of an answer.
// Part of THE table of refusals, `../error-codes.ts`.

import { CALL_SUPPORT, type ErrorDescription, TRY_LATER } from '../error-description.ts'

export const PARTNER_CODES = {
  // The partner API.
  PARTNER_NOT_CONFIGURED: {
    say: 'Accounts cannot be opened here at the moment.',
    toCaller: 'There are no credentials for the partner API.',
    hint: CALL_SUPPORT,
    remedy: 'Set HUAWEI_ACCESS_KEY and HUAWEI_SECRET_KEY, or the three HUAWEI_IAM_* options.',
    http: 503,
  },
  PARTNER_INVALID_INPUT: {
    say: 'Huawei Cloud would not take these details.',
    toCaller: 'The input breaks the rules of the operation, and was not sent.',
    hint: 'Correct the fields that are named.',
    remedy: 'The input breaks the rules of the operation in docs/partner-api.md.',
    http: 400,
  },
  PARTNER_UNREACHABLE: {
    say: 'Huawei Cloud does not answer at the moment.',
    hint: TRY_LATER,
    remedy: 'No usable answer came in time. What was asked may have been done.',
    http: 504,
  },
  PARTNER_THROTTLED: {
    say: 'Huawei Cloud is busy.',
    hint: 'Wait a minute and try again.',
    remedy: 'The documented limit is 10 requests a second for an operation.',
    http: 503,
  },
  PARTNER_UNAUTHORIZED: {
    say: 'Accounts cannot be opened here at the moment.',
    toCaller: 'Huawei Cloud does not accept these credentials.',
    hint: CALL_SUPPORT,
    remedy: 'Huawei refused our credentials: check key, user, clock (15 minutes) and site.',
    http: 502,
  },
  PARTNER_FORBIDDEN: {
    say: 'Accounts cannot be opened here at the moment.',
    toCaller: 'Huawei Cloud does not allow this operation to these credentials.',
    hint: CALL_SUPPORT,
    remedy: 'The credentials lack the permission (BPC_ITEM_…), or belong to another site.',
    http: 502,
  },
  PARTNER_NO_AGENCY: {
    say: 'This customer has not let the partner act for them.',
    hint: 'Ask the customer to create an agency for the partner, and try again.',
    remedy:
      'Huawei has created no agencies since 2024-10-14: the customer creates one for the account of the partner, by the name in the facts (IAM, Agencies), or authorises the partner. If no customer works, the user of the partner lacks Agent Operator; if queryCustomers does not list this one, the account is wrong.',
    http: 403,
  },
  PARTNER_REFUSED: {
    say: 'Huawei Cloud refused the request.',
    hint: CALL_SUPPORT,
    remedy: "The facts hold Huawei's error code.",
    http: 502,
  },
  PARTNER_BAD_ANSWER: {
    say: 'Huawei Cloud gave an answer this service cannot read.',
    hint: TRY_LATER,
    remedy: 'The answer was too large, no JSON, or not of the documented shape.',
    http: 502,
  },
  PARTNER_NAME_TAKEN: {
    say: 'This account name is in use already.',
    hint: 'Choose another account name.',
    http: 409,
  },
  PARTNER_BAD_NAME: {
    say: 'Huawei Cloud does not accept this account name.',
    hint: 'Use 5 to 32 letters, digits, hyphens or underscores, not starting with a digit.',
    http: 400,
  },
  PARTNER_EMAIL_TAKEN: {
    say: 'This e-mail address is in use at Huawei Cloud already.',
    hint: 'Use another address, or connect the account that has it.',
    http: 409,
  },
  PARTNER_BAD_EMAIL: {
    say: 'Huawei Cloud does not accept this e-mail address.',
    hint: 'Check the address.',
    http: 400,
  },
  PARTNER_ACCOUNT_EXISTS: {
    say: 'This customer has a Huawei Cloud account already.',
    hint: CALL_SUPPORT,
    remedy: 'xAccountId is in use: query customers tells which account has it.',
    http: 409,
  },
  PARTNER_WRONG_CODE: {
    say: 'The verification code is not right.',
    hint: 'Check the code in the e-mail and enter it again.',
    http: 400,
  },
  PARTNER_CODE_SPENT: {
    say: 'This verification code cannot be used any more.',
    hint: 'Ask for a new code.',
    http: 400,
  },
  PARTNER_CODE_LIMIT: {
    say: 'Too many codes have been sent to this address.',
    hint: 'Wait an hour and try again.',
    remedy: 'The limit is 15 codes an hour and 60 a day for one address.',
    http: 429,
  },
  PARTNER_ASSOCIATION_PENDING: {
    say: 'The account is created, and being connected to your partner.',
    hint: 'Wait a minute and reload this page.',
    http: 202,
  },
} as const satisfies Record<string, ErrorDescription>
