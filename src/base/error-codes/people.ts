// Refusals that concern customers and their accounts: signing in, opening, connecting.
// Part of THE table of refusals, `../error-codes.ts`.

import {
  CALL_SUPPORT,
  type ErrorDescription,
  START_AGAIN,
  TRY_LATER,
} from '../error-description.ts'

export const PEOPLE_CODES = {
  // Signing in.
  SIGN_IN_FAILED: {
    say: 'The sign-in name or the password is not right.',
    hint: 'Check both and try again.',
    http: 401,
  },
  SIGN_IN_THROTTLED: {
    say: 'There have been too many attempts to sign in.',
    hint: 'Wait 15 minutes and try again.',
    remedy:
      'Counted per account, browser and address. If all customers share one, set TRUST_PROXY.',
    http: 429,
  },
  PASSWORD_WRONG: {
    say: 'The current password is not right.',
    hint: 'Check it and try again.',
    http: 403,
  },
  PASSWORD_UNFIT: {
    say: 'The new password cannot be used.',
    hint: 'Choose another one: the page says what is wrong with it.',
    http: 400,
  },
  PASSWORD_LINK_INVALID: {
    say: 'This link has been used already, or it is too old.',
    hint: 'Ask for a new one where you got it.',
    remedy: 'partner-idp users reset LOGIN makes a new one. The newest link of an account counts.',
    http: 403,
  },
  SECOND_FACTOR_WRONG: {
    say: 'The code is not right, or it has been used already.',
    hint: 'Wait for the next code of your app, or use a recovery code that you have not used.',
    remedy: 'If it happens to many, the clock of this machine is wrong. Codes live 30 seconds.',
    http: 401,
  },
  SECOND_FACTOR_EXPIRED: {
    say: 'This sign-in was started in another browser, or too long ago.',
    hint: START_AGAIN,
    remedy: 'The second factor must follow the password within 10 minutes, in the same browser.',
    http: 403,
  },
  PASSKEY_REFUSED: {
    say: 'This passkey could not be verified.',
    hint: 'Try again, or choose another way to sign in.',
    remedy:
      'The facts say which check failed. With isCopy the authenticator was cloned: remove it.',
    http: 403,
  },
  FACTOR_OUT_OF_ORDER: {
    say: 'This cannot be done as things stand.',
    hint: 'Reload the page: it shows what is set up.',
    http: 409,
  },
  FACTOR_KEY_CHANGED: {
    say: 'Your authenticator app cannot be checked at the moment.',
    hint: CALL_SUPPORT,
    remedy: 'FACTOR_KEY is another than when the app was set up. Set the old one again, or reset.',
    http: 500,
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
  PORTAL_LOGOUT_BAD_TOKEN: {
    say: 'Your portal’s sign-out could not be verified.',
    hint: 'If you are still signed in here, sign out on your own page.',
    remedy: 'docs/portal.md lists what a logout token must hold; the facts say which part failed.',
    http: 400,
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

  // Operators.
  OPERATOR_NOT_FOUND: {
    say: 'There is no such operator.',
    hint: 'partner-idp operators list shows the operators there are.',
    http: 404,
  },
  OPERATOR_MAY_NOT: {
    say: 'You may look at this, and change nothing.',
    hint: 'Ask a colleague who may, or have your role changed.',
    remedy: 'partner-idp operators role LOGIN --role editor.',
    http: 403,
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
} as const satisfies Record<string, ErrorDescription>
