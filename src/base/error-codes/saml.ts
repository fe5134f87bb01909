// Refusals of SAML messages, up to the proven return address (pages) and after it (signed statuses).
// Part of THE table of refusals, `../error-codes.ts`.

import {
  CALL_SUPPORT,
  DENIED,
  type ErrorDescription,
  START_AGAIN,
  TRY_LATER,
} from '../error-description.ts'

export const SAML_CODES = {
  // A SAML message arrives. Until the return address is proven these are pages.
  SAML_BAD_MESSAGE: {
    say: 'The sign-in request from Huawei Cloud could not be read.',
    hint: START_AGAIN,
    remedy: 'The facts of the log line say which step failed: parameter, Base64 or compression.',
    http: 400,
  },
  SAML_TOO_LARGE: {
    say: 'The sign-in request is larger than this service accepts.',
    hint: START_AGAIN,
    remedy: 'A genuine AuthnRequest is about 1 kB. Look at where this one came from.',
    http: 413,
  },
  SAML_BAD_XML: {
    say: 'The sign-in request from Huawei Cloud could not be read.',
    hint: START_AGAIN,
    remedy: 'The facts of the log line name the line and what XML does not allow there.',
    http: 400,
  },
  SAML_BAD_REQUEST: {
    say: 'The sign-in request is not a complete SAML request.',
    hint: START_AGAIN,
    remedy: 'The facts of the log line name the element or attribute that is missing or wrong.',
    http: 400,
    saml: { top: 'Requester' },
  },
  SAML_UNKNOWN_ISSUER: {
    say: 'This sign-in request comes from a site this service does not know.',
    hint: CALL_SUPPORT,
    remedy: 'Put the SP metadata file of that site in METADATA_DIR; it counts within a minute.',
    http: 403,
  },
  SAML_PARTY_EXPIRED: {
    say: 'The details this service holds about the requesting site have run out.',
    hint: CALL_SUPPORT,
    remedy: 'The validUntil of the SP metadata file has passed: fetch the current file.',
    http: 403,
  },
  SAML_UNSIGNED: {
    say: 'The sign-in request is not signed, so its sender cannot be verified.',
    hint: START_AGAIN,
    remedy: "The SP's metadata says AuthnRequestsSigned; an unsigned request is not from it.",
    http: 403,
  },
  SAML_WEAK_ALGORITHM: {
    say: 'The sign-in request is signed in a way that is no longer safe.',
    hint: CALL_SUPPORT,
    remedy: 'Accepted are RSA with SHA-256, 384 or 512 and ECDSA with SHA-256 or 384.',
    http: 403,
  },
  SAML_BAD_SIGNATURE: {
    say: 'The sender of this sign-in request could not be verified.',
    hint: START_AGAIN,
    remedy: "None of the SP's signing certificates fits. Did Huawei roll over its key?",
    http: 403,
  },
  SAML_WRONG_VERSION: {
    say: 'The sign-in request speaks another version of SAML.',
    hint: CALL_SUPPORT,
    remedy: 'Only SAML 2.0 is spoken here.',
    http: 400,
    saml: { top: 'VersionMismatch' },
  },
  SAML_EXPIRED: {
    say: 'This sign-in request is too old.',
    hint: START_AGAIN,
    remedy: 'If it happens to everybody, compare this machine’s clock with a time server.',
    http: 400,
    saml: DENIED,
  },
  SAML_NOT_YET_VALID: {
    say: 'This sign-in request is dated in the future.',
    hint: TRY_LATER,
    remedy: 'Compare this machine’s clock with a time server; CLOCK_SKEW_SECONDS is allowed.',
    http: 400,
    saml: DENIED,
  },
  SAML_REPLAYED: {
    say: 'This sign-in request has been used already.',
    hint: START_AGAIN,
    http: 409,
    saml: DENIED,
  },
  SAML_WRONG_DESTINATION: {
    say: 'This sign-in request was meant for another service.',
    hint: CALL_SUPPORT,
    remedy: 'Destination must be PUBLIC_URL + /saml/sso. Is the right IdP metadata uploaded?',
    http: 400,
    saml: DENIED,
  },
  SAML_WRONG_ACS: {
    say: 'This sign-in request asks for an answer at an address that is not registered.',
    hint: CALL_SUPPORT,
    remedy: 'The AssertionConsumerService is not in the SP metadata; compare it exactly.',
    http: 403,
  },
  SAML_REQUEST_GONE: {
    say: 'This sign-in has ended, or belongs to another browser.',
    hint: START_AGAIN,
    http: 410,
  },

  // The return address is proven: these travel as a signed status.
  SAML_UNSUPPORTED_BINDING: {
    say: 'Huawei Cloud asked for an answer in a form this service does not offer.',
    hint: CALL_SUPPORT,
    remedy: 'Answers are sent by HTTP-POST only.',
    http: 400,
    saml: { top: 'Requester', second: 'UnsupportedBinding' },
  },
  SAML_NAME_ID_POLICY: {
    say: 'Huawei Cloud asked for a kind of name this service does not give.',
    hint: CALL_SUPPORT,
    remedy:
      'Offered for the SP itself: transient, persistent, unspecified, and emailAddress for accounts that have one.',
    http: 400,
    saml: { top: 'Requester', second: 'InvalidNameIDPolicy' },
  },
  SAML_NO_PASSIVE: {
    say: 'You are not signed in, and Huawei Cloud asked us not to show a sign-in page.',
    hint: START_AGAIN,
    http: 400,
    saml: { top: 'Responder', second: 'NoPassive' },
  },
  SAML_NO_AUTHN_CONTEXT: {
    say: 'Huawei Cloud asked for a kind of sign-in this service does not offer.',
    hint: CALL_SUPPORT,
    remedy: 'The facts of the log line list the requested classes.',
    http: 400,
    saml: { top: 'Responder', second: 'NoAuthnContext' },
  },
  SAML_CANNOT_ENCRYPT: {
    say: 'The answer must be encrypted, and this service has no key to do it with.',
    hint: CALL_SUPPORT,
    remedy:
      "The SP's option `encrypt` is set, but its metadata has no RSA certificate for encryption.",
    http: 500,
    saml: { top: 'Responder' },
  },
  SAML_SUBJECT: {
    say: 'Huawei Cloud asked for a certain person to sign in, which this service cannot promise.',
    hint: CALL_SUPPORT,
    remedy: 'The AuthnRequest has a Subject. Whoever signs in here is answered for, nobody else.',
    http: 400,
    saml: { top: 'Requester', second: 'UnknownPrincipal' },
  },
  SAML_NO_LOGOUT: {
    say: 'The site that wants to sign you out has no single logout.',
    hint: CALL_SUPPORT,
    remedy: 'Its metadata names no SingleLogoutService for HTTP-Redirect or HTTP-POST.',
    http: 403,
  },
  SAML_LOGOUT_UNEXPECTED: {
    say: 'A site confirmed a sign-out that is not under way, or has confirmed it before.',
    hint: 'You can close this page.',
    http: 400,
  },
  SAML_LOGOUT_GONE: {
    say: 'This sign-out has ended, or belongs to another browser.',
    hint: 'You are signed out here. On a shared computer, close the browser.',
    http: 410,
  },
  SAML_UNKNOWN_SESSION: {
    say: 'There is no sign-in here that this sign-out names.',
    hint: 'You can close this page.',
    http: 400,
    saml: { top: 'Requester', second: 'UnknownPrincipal' },
  },
  ACCOUNT_DISABLED: {
    say: 'Your account is disabled.',
    hint: CALL_SUPPORT,
    remedy: 'partner-idp users enable LOGIN turns it on again.',
    http: 403,
    saml: { top: 'Responder', second: 'AuthnFailed' },
  },

  RATE_LIMITED: {
    say: 'There have been too many requests from your network that had to be refused.',
    hint: 'Wait a minute and try again.',
    remedy:
      'RATE_LIMIT_PER_MINUTE is the limit. If every customer shares one address, set TRUST_PROXY.',
    http: 429,
  },

  // An answer of ours that `explain` was given.
  ANSWER_UNREADABLE: {
    say: 'This is no SAMLResponse that can be read.',
    hint: 'Copy the whole value of the form field SAMLResponse.',
    http: 400,
  },
  ANSWER_REFUSAL: {
    say: 'This answer tells Huawei Cloud that nobody was signed in.',
    hint: 'Its StatusMessage says why; the trace of the sign-in says more.',
    http: 400,
  },
  ANSWER_NOT_OURS: {
    say: 'This answer is not from this service, or was changed on its way.',
    hint: 'Compare the certificates: partner-idp keys status shows ours, which may have changed since.',
    http: 400,
  },
  ANSWER_MISADDRESSED: {
    say: 'This answer is not for the site, or not for the address, that it is sent to.',
    hint: 'Audience and Recipient must be those of the SP metadata; compare them exactly.',
    http: 400,
  },
  ANSWER_EXPIRED: {
    say: 'The time of this answer is over, or has not begun.',
    hint: 'Judge it as of the time when it was sent: --at TIME. Then compare the clocks.',
    http: 400,
  },
  ANSWER_INCOMPLETE: {
    say: 'This answer lacks something that Huawei Cloud asks for.',
    hint: 'What every answer must say is listed in docs/attributes.md.',
    http: 400,
  },
} as const satisfies Record<string, ErrorDescription>
