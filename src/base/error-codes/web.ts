// Refusals of the web itself: addresses, forms and faults.
// Part of THE table of refusals, `../error-codes.ts`.

import { DENIED, type ErrorDescription, START_AGAIN, TRY_LATER } from '../error-description.ts'

export const WEB_CODES = {
  // The web's own.
  NOT_FOUND: {
    say: 'There is no page at this address.',
    hint: 'Check the address, or start from your portal.',
    http: 404,
  },
  METHOD_NOT_ALLOWED: {
    say: 'This address does not take that kind of request.',
    hint: 'Start again from your portal.',
    remedy: 'The Allow header of the answer lists the methods of the address.',
    http: 405,
  },
  BODY_TOO_LARGE: {
    say: 'What was sent is larger than this service accepts.',
    hint: START_AGAIN,
    http: 413,
  },
  BAD_PARAMETERS: {
    say: 'The request has parameters this service cannot read.',
    hint: START_AGAIN,
    remedy: 'Each parameter must come once, percent-encoded as UTF-8, under its plain name.',
    http: 400,
    saml: DENIED,
  },
  FORM_EXPIRED: {
    say: 'This form is too old, or did not come from our page.',
    hint: 'Go back, reload the page and send the form again.',
    remedy: 'The CSRF token was missing or of another session. Check that cookies are enabled.',
    http: 403,
  },
  FAULT: {
    say: 'Something went wrong on our side.',
    hint: TRY_LATER,
    remedy: 'The log line with this reference holds the cause.',
    http: 500,
    saml: { top: 'Responder' },
  },
  STOPPING: {
    say: 'This service is restarting.',
    hint: 'Try again in a few seconds.',
    http: 503,
  },
} as const satisfies Record<string, ErrorDescription>
