// THE table of options: name, kind, default, meaning. The loader, .env.example and
// docs/configuration.md all read it; nothing else knows an option's name.

import { z } from 'zod'
import { LOG_LEVELS } from '../base/log.ts'
import { choice, integer, option, secret, serviceUrl, text } from './option.ts'
import { SITE_NAMES } from './sites.ts'

const TRUST_PROXY = z
  .string()
  .regex(/^(false|\d{1,2})$/)
  .transform((value) => (value === 'false' ? 0 : Number(value)))

// A LogoutRequest names an answer as long as the party's session lives, and that is not ours to end.
const LEDGER_DAYS = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((days) => days === 0 || (days >= 30 && days <= 36500))

export const OPTIONS = {
  huaweiSite: choice({
    name: 'HUAWEI_SITE',
    of: SITE_NAMES,
    fallback: 'sandbox',
    doc: 'The Huawei Cloud site. It presets the four HUAWEI_*_URL options; `sandbox` starts a Huawei Cloud of our own on this machine, `custom` presets nothing.',
  }),
  huaweiAuthUrl: serviceUrl({
    name: 'HUAWEI_AUTH_URL',
    doc: 'Where browsers sign in to Huawei Cloud (by site).',
  }),
  huaweiConsoleUrl: serviceUrl({
    name: 'HUAWEI_CONSOLE_URL',
    doc: 'The Huawei Cloud console; `service` links must lead there (by site).',
  }),
  huaweiIamUrl: serviceUrl({
    name: 'HUAWEI_IAM_URL',
    doc: 'Where tokens are issued (by site).',
  }),
  huaweiBssUrl: serviceUrl({
    name: 'HUAWEI_BSS_URL',
    doc: 'Where the partner API is served (by site).',
  }),
  huaweiPlatformId: text({
    name: 'HUAWEI_PLATFORM_ID',
    pattern: /^[\w-]{1,64}$/,
    must: 'be the platform id of Partner Center, 1 to 64 letters, digits, _ or -',
    doc: 'xAccountType, the partner platform id from Partner Center, such as `example_IDP`. Required outside the sandbox.',
  }),
  huaweiPartnerId: text({
    name: 'HUAWEI_PARTNER_ID',
    pattern: /^[\w-]{1,64}$/,
    must: "be the partner's account id, 1 to 64 letters, digits, _ or -",
    doc: 'bpId, the account id of the partner (My Credentials). Required outside the sandbox.',
  }),
  huaweiAccessKey: text({
    name: 'HUAWEI_ACCESS_KEY',
    doc: "The partner's access key (AK) for the partner API. Needs HUAWEI_SECRET_KEY.",
  }),
  huaweiSecretKey: secret({
    name: 'HUAWEI_SECRET_KEY',
    doc: 'The secret key (SK) that belongs to HUAWEI_ACCESS_KEY.',
  }),
  huaweiIamUser: text({
    name: 'HUAWEI_IAM_USER',
    doc: 'IAM user for token authentication, instead of an access key. Needs the next two.',
  }),
  huaweiIamPassword: secret({
    name: 'HUAWEI_IAM_PASSWORD',
    doc: 'The password of HUAWEI_IAM_USER.',
  }),
  huaweiIamDomain: text({
    name: 'HUAWEI_IAM_DOMAIN',
    doc: 'The account name that HUAWEI_IAM_USER belongs to.',
  }),
  huaweiTimeoutSeconds: integer({
    name: 'HUAWEI_TIMEOUT_SECONDS',
    min: 1,
    max: 120,
    fallback: '15',
    doc: 'Seconds to wait for one answer of the partner API.',
  }),
  publicUrl: serviceUrl({
    name: 'PUBLIC_URL',
    doc: 'The address browsers see (default `http://localhost:PORT`). Every absolute URL is built from it, never from a request header. https is required for a real site.',
  }),
  entityId: text({
    name: 'ENTITY_ID',
    pattern: /^[a-z][a-z0-9+.-]*:\S{1,250}$/i,
    must: 'be an absolute URI of at most 256 characters',
    doc: 'Our SAML entity id (default `PUBLIC_URL/saml/metadata`).',
  }),
  host: text({ name: 'HOST', fallback: '127.0.0.1', doc: 'Address of the public listener.' }),
  port: integer({
    name: 'PORT',
    min: 1,
    max: 65535,
    fallback: '3000',
    doc: 'Port of the public listener.',
  }),
  opsHost: text({
    name: 'OPS_HOST',
    fallback: '127.0.0.1',
    doc: 'Address of the listener for health and metrics; keep it off the internet.',
  }),
  opsPort: integer({
    name: 'OPS_PORT',
    min: 1,
    max: 65535,
    fallback: '9464',
    doc: 'Port of the listener for health and metrics.',
  }),
  trustProxy: option(
    {
      name: 'TRUST_PROXY',
      fallback: 'false',
      doc: 'Number of reverse proxies in front; tells which X-Forwarded-For entry is the customer’s address.',
    },
    TRUST_PROXY,
    'be false or the number of reverse proxies in front (0 to 99)',
  ),
  rateLimitPerMinute: integer({
    name: 'RATE_LIMIT_PER_MINUTE',
    fallback: '3000',
    min: 0,
    max: 1_000_000,
    doc: 'How many refused requests a network (an IPv4 address, or a /64 of IPv6) may send to /saml/sso, /saml/slo, /bind and /sign-in/handoff in a minute; then it waits. 0 is no limit.',
  }),
  databaseUrl: text({
    name: 'DATABASE_URL',
    pattern: /^(sqlite:.+|postgres(ql)?:\/\/.+)$/,
    must: 'start with sqlite: or postgres://',
    fallback: 'sqlite:./data/idp.db',
    doc: 'Where records are kept: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`. Give it by DATABASE_URL_FILE when it holds a password.',
  }),
  ledgerDays: option(
    {
      name: 'LEDGER_DAYS',
      fallback: '0',
      doc: 'Days for which the record of issued assertions is kept, 30 at least; 0 keeps it for ever.',
    },
    LEDGER_DAYS,
    'be 0 (for ever) or a whole number of days from 30 to 36500',
  ),
  certsDir: text({
    name: 'CERTS_DIR',
    fallback: './certs',
    doc: 'Folder of our signing key and certificate (signing.key with mode 0600, signing.crt), and of the next ones.',
  }),
  signingKeyPassphrase: secret({
    name: 'SIGNING_KEY_PASSPHRASE',
    doc: 'Opens signing.key and next.key when they are encrypted, and encrypts those that are made.',
  }),
  signerCommand: text({
    name: 'SIGNER_COMMAND',
    doc: 'A program and its arguments, separated by spaces, that signs with a key in an HSM or KMS ([contract](operations.md#keys-in-an-hsm-or-kms)). There are no key files then.',
  }),
  metadataDir: text({
    name: 'METADATA_DIR',
    fallback: './metadata',
    doc: 'Folder of the sites we trust: SP metadata (NAME.xml), options (NAME.json) or both.',
  }),
  sessionMinutes: integer({
    name: 'SESSION_MINUTES',
    min: 5,
    max: 720,
    fallback: '30',
    doc: 'Minutes without activity before a person must sign in again.',
  }),
  sessionHoursMax: integer({
    name: 'SESSION_HOURS_MAX',
    min: 1,
    max: 168,
    fallback: '12',
    doc: 'Hours after which a person must sign in again in any case.',
  }),
  assertionMinutes: integer({
    name: 'ASSERTION_MINUTES',
    min: 1,
    max: 60,
    fallback: '5',
    doc: 'Minutes for which an assertion may be used.',
  }),
  clockSkewSeconds: integer({
    name: 'CLOCK_SKEW_SECONDS',
    min: 0,
    max: 600,
    fallback: '180',
    doc: "Seconds by which Huawei's clock may differ from ours, either way.",
  }),
  portalSignInUrl: serviceUrl({
    name: 'PORTAL_SIGN_IN_URL',
    path: true,
    doc: "The partner portal's sign-in page. People without a session are sent there with `return_to`. Needs the next two; without the three, people sign in at /sign-in.",
  }),
  portalIssuer: text({
    name: 'PORTAL_ISSUER',
    doc: 'The `iss` of the hand-off token that the portal signs.',
  }),
  portalKeys: text({
    name: 'PORTAL_KEYS',
    doc: "The portal's public keys: a PEM file, or the URL of a JWKS (RS256 or ES256).",
  }),
  portalUrl: serviceUrl({
    name: 'PORTAL_URL',
    path: true,
    doc: 'Where people go when they are done here (default: the origin of PORTAL_SIGN_IN_URL, or our own page).',
  }),
  bindHours: integer({
    name: 'BIND_HOURS',
    min: 1,
    max: 168,
    fallback: '12',
    doc: 'Hours after opening Huawei Cloud within which an association result notification is applied.',
  }),
  bindSignedBytes: choice({
    name: 'BIND_SIGNED_BYTES',
    of: ['base64', 'json'],
    fallback: 'base64',
    doc: 'What Huawei signs in a notification: the Base64 text of bindRequest (as documented), or the JSON inside it.',
  }),
  customerAgreement: text({
    name: 'CUSTOMER_AGREEMENT',
    doc: 'The Huawei Cloud Customer Agreement shown at /activate: its text (give it by CUSTOMER_AGREEMENT_FILE) or an https URL. Required for /activate outside the sandbox.',
  }),
  privacyStatement: text({
    name: 'PRIVACY_STATEMENT',
    doc: 'The Huawei Cloud Privacy Statement shown at /activate: its text or an https URL, likewise.',
  }),
  traceKeep: integer({
    name: 'TRACE_KEEP',
    min: 1,
    max: 1_000_000,
    fallback: '1000',
    doc: 'How many of the newest accepted messages leave a trace that operators can look up.',
  }),
  traceDays: integer({
    name: 'TRACE_DAYS',
    min: 1,
    max: 365,
    fallback: '14',
    doc: 'Days for which the traces of refused messages are kept (100,000 of them at most).',
  }),
  sandboxPort: integer({
    name: 'SANDBOX_PORT',
    min: 1,
    max: 65535,
    fallback: '4000',
    doc: 'Port on 127.0.0.1 of the sandbox Huawei Cloud that sandbox mode starts.',
  }),
  sandboxUrl: serviceUrl({
    name: 'SANDBOX_URL',
    doc: 'A sandbox that runs already, as this service reaches it; none is started then.',
  }),
  logLevel: choice({
    name: 'LOG_LEVEL',
    of: LOG_LEVELS,
    fallback: 'info',
    doc: 'How much is logged.',
  }),
} as const

export type OptionKey = keyof typeof OPTIONS
