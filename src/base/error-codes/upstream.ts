// Refusals of sign-ins at an OpenID provider or a directory, and of links to them.
// Part of THE table of refusals, `../error-codes.ts`.

import {
  CALL_SUPPORT,
  type ErrorDescription,
  START_AGAIN,
  TRY_LATER,
} from '../error-description.ts'

export const UPSTREAM_CODES = {
  UPSTREAM_NOT_CONFIGURED: {
    say: 'This service does not offer this way to sign in.',
    hint: 'Choose another way to sign in.',
    remedy:
      'Set OIDC_ISSUER and OIDC_CLIENT_ID, or LDAP_URL and LDAP_BASE_DN; see SIGN_IN_METHODS.',
    http: 404,
  },
  UPSTREAM_UNAVAILABLE: {
    say: 'Your organisation’s sign-in cannot be reached at the moment.',
    hint: TRY_LATER,
    remedy: 'The cause in the log says why the provider at OIDC_ISSUER or LDAP_URL failed.',
    http: 502,
  },
  UPSTREAM_BAD_ANSWER: {
    say: 'Your organisation’s sign-in could not be verified.',
    hint: START_AGAIN,
    remedy: 'The facts say which check of OpenID Connect Core failed; docs/sign-in.md lists them.',
    http: 403,
  },
  UPSTREAM_REFUSED: {
    say: 'Your organisation’s sign-in did not let you in.',
    hint: 'Try again, or ask those who run your organisation’s sign-in.',
    remedy: 'The fact `error` is what the OpenID provider answered.',
    http: 403,
  },
  UPSTREAM_WRONG_BROWSER: {
    say: 'This sign-in was started in another browser, too long ago, or has been used already.',
    hint: START_AGAIN,
    http: 403,
  },
  UPSTREAM_UNKNOWN_ACCOUNT: {
    say: 'You are signed in at your organisation, but you have no account here.',
    hint: CALL_SUPPORT,
    remedy:
      'Link it: partner-idp users link LOGIN --issuer ISSUER --subject SUBJECT (see the facts).',
    http: 403,
  },
  UPSTREAM_ACCOUNT_TAKEN: {
    say: 'An account with your details exists here already and is not connected to this sign-in.',
    hint: CALL_SUPPORT,
    remedy: 'The fact `taken` says what they share. If it is the same person, use users link.',
    http: 409,
  },
  UPSTREAM_BAD_ACCOUNT: {
    say: 'Your organisation’s sign-in does not tell us enough to open an account for you.',
    hint: CALL_SUPPORT,
    remedy: 'The facts name the fields that break a rule; see OIDC_CLAIMS and LDAP_ATTRIBUTES.',
    http: 403,
  },
  UPSTREAM_NOT_ALLOWED: {
    say: 'Your organisation has not given you access to this service.',
    hint: 'Ask those who run your organisation’s sign-in for access.',
    remedy: 'The person is not in LDAP_GROUP, or is disabled in the directory.',
    http: 403,
  },
  IDENTITY_TAKEN: {
    say: 'This identity or this account is linked already, and links do not change.',
    hint: 'partner-idp users identities LOGIN shows them. Only erasing an account ends its links.',
    http: 409,
  },
} as const satisfies Record<string, ErrorDescription>
