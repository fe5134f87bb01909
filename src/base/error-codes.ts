// THE table of refusals. A code is the same in the page, the log line, the metric, the signed SAML
// status, the command line and docs/errors.md, which is generated from here.

/** SAML Core §3.2.2.2: the top-level status and, inside it, what exactly was wrong. */
export type SamlStatus = {
  readonly top: 'Requester' | 'Responder' | 'VersionMismatch'
  readonly second?: SecondStatus
}

export type SecondStatus =
  | 'AuthnFailed'
  | 'InvalidNameIDPolicy'
  | 'NoAuthnContext'
  | 'NoPassive'
  | 'RequestDenied'
  | 'UnknownPrincipal'
  | 'UnsupportedBinding'

export type ErrorDescription = {
  /** What a person may read: what happened. */
  readonly say: string
  /** What that person can do next. */
  readonly hint: string
  /** What the operator or platform engineer should do; for the log and the documentation only. */
  readonly remedy?: string
  readonly http: number
  /** The status sent to the relying party when its return address is proven. */
  readonly saml?: SamlStatus
}

const START_AGAIN = 'Go back to your portal and open Huawei Cloud again.'
const CALL_SUPPORT = 'Tell your support team the reference below.'
const TRY_LATER = 'Wait a moment and try again. If it keeps happening, tell support the reference.'

const DENIED: SamlStatus = { top: 'Requester', second: 'RequestDenied' }

const TABLE = {
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

  // Signing in.
  SIGN_IN_FAILED: {
    say: 'The sign-in name or the password is not right.',
    hint: 'Check both and try again.',
    http: 401,
  },
  SIGN_IN_THROTTLED: {
    say: 'There have been too many attempts to sign in.',
    hint: 'Wait 15 minutes and try again.',
    remedy: 'Counted per account and per address. If every customer shares one, set TRUST_PROXY.',
    http: 429,
  },
  HANDOFF_NOT_CONFIGURED: {
    say: 'This service does not take sign-ins from a portal.',
    hint: CALL_SUPPORT,
    remedy: 'Set PORTAL_SIGN_IN_URL, PORTAL_ISSUER and PORTAL_KEYS.',
    http: 404,
  },
  HANDOFF_BAD_TOKEN: {
    say: 'Your portal’s sign-in could not be verified.',
    hint: START_AGAIN,
    remedy: 'docs/portal.md lists what the token must hold; the facts say which part failed.',
    http: 403,
  },
  HANDOFF_REPLAYED: {
    say: 'This sign-in from your portal has been used already.',
    hint: START_AGAIN,
    http: 403,
  },
  HANDOFF_UNKNOWN_ACCOUNT: {
    say: 'Your account is not known here.',
    hint: CALL_SUPPORT,
    remedy: 'Add the account: partner-idp users add LOGIN --account-id ID.',
    http: 403,
  },
  HANDOFF_WRONG_BROWSER: {
    say: 'This sign-in was started in another browser, or too long ago.',
    hint: START_AGAIN,
    http: 403,
  },
  HANDOFF_KEYS_UNAVAILABLE: {
    say: 'Your portal’s sign-in cannot be verified at the moment.',
    hint: TRY_LATER,
    remedy: 'The keys at PORTAL_KEYS could not be read.',
    http: 502,
  },

  // Accounts.
  ACCOUNT_INVALID: {
    say: 'The account details are not valid.',
    hint: 'Correct the fields that are named.',
    http: 400,
  },
  ACCOUNT_EXISTS: {
    say: 'Another account has this sign-in name, account id or e-mail address already.',
    hint: 'Choose another one.',
    http: 409,
  },
  ACCOUNT_NOT_FOUND: {
    say: 'There is no such account.',
    hint: 'partner-idp users list shows the accounts there are.',
    http: 404,
  },

  // Opening Huawei Cloud.
  LAUNCH_BAD_SERVICE: {
    say: 'This link leads to a page that is not a Huawei Cloud console.',
    hint: 'Open Huawei Cloud from your portal instead.',
    remedy: 'service must be an https URL on a console host of the site, without user or port.',
    http: 400,
  },
  LAUNCH_UNKNOWN_SITE: {
    say: 'This link names a Huawei Cloud site that this service does not know.',
    hint: 'Open Huawei Cloud from your portal instead.',
    remedy: 'site must be the name of a file in METADATA_DIR; metadata status lists the names.',
    http: 404,
  },

  // The association result notification.
  BIND_BAD_MESSAGE: {
    say: 'The message from Huawei Cloud could not be read.',
    hint: CALL_SUPPORT,
    remedy: 'Expected are the form fields bindRequest, SigAlg and Signature, once each.',
    http: 400,
  },
  BIND_WEAK_ALGORITHM: {
    say: 'The message from Huawei Cloud is signed in a way that is no longer safe.',
    hint: CALL_SUPPORT,
    remedy: 'Accepted are RSA with SHA-256, 384 or 512 and ECDSA with SHA-256 or 384.',
    http: 403,
  },
  BIND_BAD_SIGNATURE: {
    say: 'The sender of this message could not be verified.',
    hint: START_AGAIN,
    remedy: 'No signing certificate of any trusted SP fits. See BIND_SIGNED_BYTES.',
    http: 403,
  },
  BIND_UNKNOWN_ACCOUNT: {
    say: 'Huawei Cloud sent the result for an account that is not known here.',
    hint: CALL_SUPPORT,
    remedy: 'xUserId is no account id of ours. The key is site-wide: it may be another partner’s.',
    http: 404,
  },
  BIND_NOT_STARTED: {
    say: 'No connection to Huawei Cloud was started for this account lately.',
    hint: START_AGAIN,
    remedy: 'The notice is stored but not applied. A captured notice can be sent at any time.',
    http: 409,
  },
  BIND_CONFLICT: {
    say: 'This customer or this Huawei Cloud account is connected differently already.',
    hint: CALL_SUPPORT,
    remedy: 'The first connection is kept. The console shows both account ids.',
    http: 409,
  },

  // The partner API.
  PARTNER_NOT_CONFIGURED: {
    say: 'Accounts cannot be opened here at the moment.',
    hint: CALL_SUPPORT,
    remedy: 'Set HUAWEI_ACCESS_KEY and HUAWEI_SECRET_KEY, or the three HUAWEI_IAM_* options.',
    http: 503,
  },
  PARTNER_INVALID_INPUT: {
    say: 'Huawei Cloud would not take these details.',
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
    hint: CALL_SUPPORT,
    remedy: 'Huawei refused our credentials: check key, user, clock (15 minutes) and site.',
    http: 502,
  },
  PARTNER_FORBIDDEN: {
    say: 'Accounts cannot be opened here at the moment.',
    hint: CALL_SUPPORT,
    remedy: 'The credentials lack the permission (BPC_ITEM_…), or belong to another site.',
    http: 502,
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

  // Opening an account.
  ACTIVATION_NOT_OFFERED: {
    say: 'Accounts of this Huawei Cloud site are opened on Huawei’s own page.',
    hint: 'Choose “Open Huawei Cloud” and follow the page.',
    http: 404,
  },
  ACTIVATION_OUT_OF_ORDER: {
    say: 'This step has been done already, or an earlier one is missing.',
    hint: 'Reload the page: it shows where you are.',
    http: 409,
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

  // Keys and metadata, for the person at the command line.
  KEY_UNUSABLE: {
    say: 'The signing key or certificate cannot be used.',
    hint: 'partner-idp keys status shows what is wrong; partner-idp init makes a pair when there is none.',
    http: 500,
  },
  METADATA_UNREACHABLE: {
    say: 'The SP metadata cannot be fetched.',
    hint: 'The log says why. Try again with partner-idp metadata refresh; the last good copy counts.',
    http: 502,
  },
  METADATA_UNTRUSTED: {
    say: 'The SP metadata is not proven by the pinned certificate.',
    hint: 'Ask the site which certificate signs its metadata, and compare it with pin.',
    http: 502,
  },
  METADATA_ROLLBACK: {
    say: 'The SP metadata that was fetched is older than the copy that is here.',
    hint: 'Somebody may be replaying it. Ask the site; to start over, change the name of the file of options.',
    http: 502,
  },
  METADATA_UNKNOWN_NAME: {
    say: 'No site of this name has its metadata fetched.',
    hint: 'partner-idp metadata status shows the names; only one with a url is refreshed or accepted.',
    http: 404,
  },
  METADATA_NOTHING_WAITS: {
    say: 'No change of this SP metadata waits to be accepted.',
    hint: 'partner-idp metadata status shows what waits.',
    http: 409,
  },
  KEY_OUT_OF_ORDER: {
    say: 'This step of the change to a new key is not due.',
    hint: 'partner-idp keys status shows where the change stands and what comes next.',
    http: 409,
  },
  KEY_NOT_CONFIRMED: {
    say: 'Nobody has confirmed that Partner Center has the next certificate.',
    hint: 'Upload the output of partner-idp metadata idp, then partner-idp keys confirm-upload SHA256.',
    http: 409,
  },
  KEY_WRONG_FINGERPRINT: {
    say: 'This is not the fingerprint of the next certificate.',
    hint: 'Compare what was uploaded with partner-idp keys status, and upload the right file.',
    http: 409,
  },
  SIGNER_FAILED: {
    say: 'An answer could not be signed.',
    hint: TRY_LATER,
    remedy:
      'Run SIGNER_COMMAND by hand as docs/operations.md shows; facts.problem says what it did.',
    http: 503,
  },
  METADATA_UNUSABLE: {
    say: 'The SP metadata cannot be used.',
    hint: 'partner-idp metadata check FILE names the line and the remedy.',
    http: 500,
  },
  LEDGER_BROKEN: {
    say: 'The record of issued assertions has been changed, or is incomplete.',
    hint: 'Keep the database as it is and take a copy of it; everything before the named entry is proved.',
    remedy:
      'Compare with a backup: partner-idp ledger verify on each tells when it broke. docs/operations.md, “The ledger”.',
    http: 500,
  },
  LEDGER_REWRITTEN: {
    say: 'The place that was noted is not in the record of issued assertions.',
    hint: 'The record was rewritten, cut off or replaced by an older backup since the note; or the note is of another house.',
    http: 500,
  },
  LEDGER_UNKNOWN: {
    say: 'This assertion is not in the record of issued assertions.',
    hint: 'Compare the ID letter by letter; run partner-idp ledger verify to know that the record is whole.',
    http: 404,
  },
  STORE_UNAVAILABLE: {
    say: 'The database cannot be used.',
    hint: 'Check DATABASE_URL, and that the database accepts connections.',
    http: 503,
  },
} as const satisfies Record<string, ErrorDescription>

export type ErrorCode = keyof typeof TABLE

export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorDescription>> = TABLE
