// The options of sign-in at an OpenID provider or a directory: part of THE table of options.

import { z } from 'zod'
import { choice, option, secret, text } from './option.ts'

/** What people may sign in with, in the order of the page. */
export const SIGN_IN_METHODS = ['portal', 'local', 'ldap', 'oidc', 'passkey'] as const

export type SignInMethodName = (typeof SIGN_IN_METHODS)[number]

const METHOD_LIST = z
  .string()
  .transform((value) => value.trim().split(/[\s,]+/))
  .pipe(z.array(z.enum(SIGN_IN_METHODS)).min(1))
  .refine((methods) => new Set(methods).size === methods.length)

const WORDS = z
  .string()
  .regex(/^\s*\S/)
  .transform((value) => value.trim().split(/[\s,]+/))

// OpenID Connect Discovery §4.3: compared character by character, so nothing is trimmed.
const ISSUER = /^https?:\/\/[^\s?#@]+$/

/** Fields of an account that an upstream may fill. */
const FIELD_MAP = /^((login|account_id|email|name|mobile)=[\w.:/-]{1,100}( |$))+$/

const YES_NO = ['true', 'false'] as const

export const UPSTREAM_OPTIONS = {
  signInMethods: option(
    {
      name: 'SIGN_IN_METHODS',
      doc: 'What people may sign in with, in the order of the page: `portal`, `local` (name and password), `ldap`, `oidc`, `passkey` (default: the portal if there is one, local, and whatever else is configured). With `portal` first, people without a session are sent there at once; with `oidc` alone, likewise to the provider.',
    },
    METHOD_LIST,
    'list each of portal, local, ldap, oidc, passkey at most once',
  ),
  oidcIssuer: text({
    name: 'OIDC_ISSUER',
    pattern: ISSUER,
    must: 'be the http(s) URL of an OpenID provider',
    doc: 'The issuer of the OpenID provider that customers sign in with, exactly as it names itself. Needs OIDC_CLIENT_ID. Its redirect URI is PUBLIC_URL/sign-in/oidc/callback, and /sign-in/oidc/signed-out after a logout.',
  }),
  oidcClientId: text({ name: 'OIDC_CLIENT_ID', doc: 'How the provider knows this service.' }),
  oidcClientSecret: secret({
    name: 'OIDC_CLIENT_SECRET',
    doc: 'The secret that belongs to OIDC_CLIENT_ID; none for a public client (PKCE is used in any case).',
  }),
  oidcClientAuth: choice({
    name: 'OIDC_CLIENT_AUTH',
    of: ['basic', 'post'],
    fallback: 'basic',
    doc: 'How the secret is sent: `client_secret_basic` or `client_secret_post`.',
  }),
  oidcClientKey: secret({
    name: 'OIDC_CLIENT_KEY',
    doc: 'In place of OIDC_CLIENT_SECRET: a private key (PEM; RSA of 2048 bits or more, EC P-256 or Ed25519) that this service signs its name with (`private_key_jwt`). Give it by OIDC_CLIENT_KEY_FILE; the provider gets the public key.',
  }),
  oidcClientKeyId: text({
    name: 'OIDC_CLIENT_KEY_ID',
    pattern: /^[\x21-\x7e]{1,255}$/,
    must: 'be printable characters, 255 at most',
    doc: 'The `kid` under which the provider knows that key, if it wants one.',
  }),
  oidcMfaAmr: option(
    {
      name: 'OIDC_MFA_AMR',
      doc: 'Values of the claim `amr` by which the provider tells that a second factor was used, such as `mfa otp hwk`. A sign-in with one of them counts as multi-factor to Huawei Cloud; without this option none does.',
    },
    WORDS,
    'be words separated by spaces or commas',
  ),
  oidcMfaAcr: option(
    {
      name: 'OIDC_MFA_ACR',
      doc: 'The same for the claim `acr`, such as `https://refeds.org/profile/mfa`.',
    },
    WORDS,
    'be words separated by spaces or commas',
  ),
  oidcName: text({
    name: 'OIDC_NAME',
    pattern: /^\S.{0,38}\S$/,
    must: 'be a text of 2 to 40 characters',
    fallback: 'OpenID',
    doc: 'What the button on the sign-in page calls the provider.',
  }),
  oidcScopes: text({
    name: 'OIDC_SCOPES',
    pattern: /^openid( [\x21\x23-\x5b\x5d-\x7e]{1,100})*$/,
    must: 'be scopes separated by spaces, openid first',
    fallback: 'openid profile email',
    doc: 'The scopes that are asked for.',
  }),
  oidcClaims: text({
    name: 'OIDC_CLAIMS',
    pattern: FIELD_MAP,
    must: 'be pairs such as login=preferred_username email=email',
    fallback: 'login=preferred_username email=email name=name mobile=phone_number',
    doc: 'Which claim fills which field (`login`, `account_id`, `email`, `name`, `mobile`) of an account that is made at the first sign-in. Without `account_id` it gets a new id.',
  }),
  oidcAccounts: choice({
    name: 'OIDC_ACCOUNTS',
    of: ['known', 'create'],
    fallback: 'known',
    doc: 'Who may sign in: `known` those that `users link` has linked, `create` everybody the provider lets in; their account is made at the first sign-in.',
  }),
  ldapUrl: text({
    name: 'LDAP_URL',
    pattern: /^ldaps?:\/\/[^\s/?#@]+\/?$/,
    must: 'be ldaps://HOST or ldap://HOST',
    doc: 'The LDAP server or domain controller. ldap:// is taken with LDAP_STARTTLS or on this machine only.',
  }),
  ldapStartTls: choice({
    name: 'LDAP_STARTTLS',
    of: YES_NO,
    fallback: 'false',
    doc: 'Whether a connection to ldap:// turns to TLS before anything else is sent.',
  }),
  ldapCaFile: text({
    name: 'LDAP_CA_FILE',
    doc: 'The certificates (PEM) of the authority that vouches for the server, if it is one of your own. It is read at the start.',
  }),
  ldapBaseDn: text({
    name: 'LDAP_BASE_DN',
    doc: 'Where people are looked for, with everything below it, such as `ou=people,dc=example,dc=com`.',
  }),
  ldapBindDn: text({
    name: 'LDAP_BIND_DN',
    doc: 'Whom this service looks people up as. Needs LDAP_BIND_PASSWORD; or use LDAP_DN_TEMPLATE.',
  }),
  ldapBindPassword: secret({
    name: 'LDAP_BIND_PASSWORD',
    doc: 'The password of LDAP_BIND_DN.',
  }),
  ldapDnTemplate: text({
    name: 'LDAP_DN_TEMPLATE',
    // Alone it could be the name of a SASL mechanism.
    pattern: /^(?=.*[=@])[^{}]*\{login\}[^{}]*$/,
    must: 'hold {login} once, in a DN or before an @',
    doc: 'Instead of looking people up: the name they bind by, such as `uid={login},ou=people,dc=example,dc=com` or, in Active Directory, `{login}@example.com`.',
  }),
  ldapFilter: text({
    name: 'LDAP_FILTER',
    pattern: /^\(.*\{login\}.*\)$/,
    must: 'be an LDAP filter that holds {login}',
    fallback: '(uid={login})',
    doc: 'Which entry belongs to a sign-in name; what people type is escaped. In Active Directory: `(&(objectClass=user)(sAMAccountName={login}))`.',
  }),
  ldapIdAttribute: choice({
    name: 'LDAP_ID_ATTRIBUTE',
    of: ['entryUUID', 'objectGUID'],
    fallback: 'entryUUID',
    doc: 'The attribute that never changes and never comes back: `objectGUID` in Active Directory.',
  }),
  ldapAttributes: text({
    name: 'LDAP_ATTRIBUTES',
    pattern: FIELD_MAP,
    must: 'be pairs such as login=uid email=mail',
    fallback: 'login=uid email=mail name=cn mobile=mobile',
    doc: 'Which attribute fills which field of an account that is made at the first sign-in, like OIDC_CLAIMS.',
  }),
  ldapGroup: text({
    name: 'LDAP_GROUP',
    doc: 'The DN of the group that people must be in; everybody may come without one.',
  }),
  ldapGroupNested: choice({
    name: 'LDAP_GROUP_NESTED',
    of: YES_NO,
    fallback: 'false',
    doc: 'Whether groups within LDAP_GROUP count (Active Directory only).',
  }),
  ldapAccounts: choice({
    name: 'LDAP_ACCOUNTS',
    of: ['known', 'create'],
    fallback: 'known',
    doc: 'Who may sign in, like OIDC_ACCOUNTS. The issuer of `users link` is `ldap`, the subject the value of LDAP_ID_ATTRIBUTE.',
  }),
  ldapName: text({
    name: 'LDAP_NAME',
    pattern: /^\S.{0,38}\S$/,
    must: 'be a text of 2 to 40 characters',
    doc: 'What the sign-in page calls the directory, where there are passwords of this service too.',
  }),
} as const
