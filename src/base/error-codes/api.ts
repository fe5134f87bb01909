// Refusals of the portal API: keys, repeated requests and webhooks.
// Part of THE table of refusals, `../error-codes.ts`.

import type { ErrorDescription } from '../error-description.ts'

export const API_CODES = {
  API_KEY_INVALID: {
    say: 'The API key is missing, unknown, expired or revoked.',
    hint: 'Send it as `Authorization: Bearer idp_…`.',
    remedy: 'partner-idp api-keys list shows the keys there are; add makes another.',
    http: 401,
  },
  API_SCOPE_MISSING: {
    say: 'The API key may not do this.',
    hint: 'Use a key that has the scope of this operation.',
    remedy: 'Scopes of a key do not change: make another with partner-idp api-keys add.',
    http: 403,
  },
  API_THROTTLED: {
    say: 'There have been too many requests with this API key.',
    hint: 'Wait a minute, then send fewer.',
    remedy: 'API_REQUESTS_PER_MINUTE is the limit of each key.',
    http: 429,
  },
  API_BAD_REQUEST: {
    say: 'The request does not fit the description of the operation.',
    hint: 'Correct the fields that are named; /api/openapi.json describes them.',
    http: 400,
  },
  API_CONTENT_TYPE: {
    say: 'The body of the request must be JSON.',
    hint: 'Send it with `Content-Type: application/json`, in UTF-8 and not compressed.',
    http: 415,
  },
  IDEMPOTENCY_MISMATCH: {
    say: 'This Idempotency-Key was used for another request.',
    hint: 'Make a new key for each new request; use one again only to repeat the same request.',
    http: 422,
  },
  IDEMPOTENCY_UNDER_WAY: {
    say: 'The first request with this Idempotency-Key is not finished yet.',
    hint: 'Wait a few seconds and repeat the request.',
    http: 409,
  },
  WEBHOOK_NOT_FOUND: {
    say: 'There is no webhook of this name.',
    hint: 'List the webhooks to see the names there are.',
    http: 404,
  },
  WEBHOOK_BAD_URL: {
    say: 'Webhooks are not sent to this address.',
    hint: 'Give an https URL of a public host, without user, password or fragment.',
    remedy: 'WEBHOOK_PRIVATE_ADDRESSES=allow lets webhooks reach private networks.',
    http: 400,
  },
  API_KEY_NOT_FOUND: {
    say: 'There is no API key of this name, or it is revoked already.',
    hint: 'partner-idp api-keys list shows the keys there are.',
    http: 404,
  },
  API_KEY_EXISTS: {
    say: 'There is, or was, an API key of this name.',
    hint: 'Choose another name: the record of what was done must stay readable.',
    http: 409,
  },
} as const satisfies Record<string, ErrorDescription>
