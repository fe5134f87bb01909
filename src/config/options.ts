// THE table of options: name, kind, default, meaning. The loader, .env.example and
// docs/configuration.md all read it; nothing else knows an option's name.

import { z } from 'zod'
import { LOG_LEVELS } from '../base/log.ts'
import { API_OPTIONS } from './api-options.ts'
import { choice, integer, option, secret, secretUrl, serviceUrl, text } from './option.ts'
import { PORTAL_OPTIONS } from './portal-options.ts'
import { SITE_NAMES } from './sites.ts'
import { UPSTREAM_OPTIONS } from './upstream-options.ts'

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
  huaweiProxy: secretUrl({
    name: 'HUAWEI_PROXY',
    doc: 'The HTTP proxy that leads to Huawei Cloud’s APIs, such as `http://USER:PASSWORD@proxy.example.com:3128` (default: the variables HTTPS_PROXY and HTTP_PROXY). This machine, and the hosts of NO_PROXY, are reached without it.',
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
    doc: 'How many refused requests a network (an IPv4 address, or a /64 of IPv6) may send to /saml/sso, /saml/slo, /bind, /sign-in/handoff and /sign-in/oidc/callback in a minute; then it waits. It is also how many wrong keys a network may show to /api. 0 is no limit.',
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
  auditDays: integer({
    name: 'AUDIT_DAYS',
    min: 0,
    max: 36_500,
    fallback: '0',
    doc: 'Days for which the record of what people did is kept; 0 keeps it for ever.',
  }),
  auditSyslog: text({
    name: 'AUDIT_SYSLOG',
    pattern: /^(?:udp|tcp|tls):\/\/(?:[\w.-]{1,253}|\[[\da-fA-F:.]+\]):[1-9]\d{0,4}$/,
    must: 'be a receiver such as tls://syslog.example.com:6514, udp:// or tcp:// likewise',
    doc: 'Where the record of what people did is sent as well, within a minute, as syslog (RFC 5424). TLS trusts the system and NODE_EXTRA_CA_CERTS.',
  }),
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
    doc: 'A program and its arguments, separated by spaces, that signs with a key in an HSM or KMS ([contract](keys-and-sites.md#keys-in-an-hsm-or-kms)). There are no key files then.',
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
  secondFactor: choice({
    name: 'SECOND_FACTOR',
    of: ['off', 'optional', 'required'],
    doc: 'Whether customers who sign in here, by password or directory, are asked for a second factor: never, those who have set one up, or all (default `optional` in the sandbox, else `off`). People from a portal or an OpenID provider are never asked here.',
  }),
  operatorSecondFactor: choice({
    name: 'OPERATOR_SECOND_FACTOR',
    of: ['off', 'optional', 'required'],
    doc: 'The same for operators at the console.',
  }),
  factorKey: secret({
    name: 'FACTOR_KEY',
    doc: 'Encrypts authenticator secrets and hashes recovery codes: 32 characters or more that are nowhere in the database, the same on every machine. Make one with `openssl rand -base64 32`; give it by FACTOR_KEY_FILE. Required when either of the two above is not `off`; the sandbox draws one.',
  }),
  ...PORTAL_OPTIONS,
  ...UPSTREAM_OPTIONS,
  ...API_OPTIONS,
  passwordLinkMinutes: integer({
    name: 'PASSWORD_LINK_MINUTES',
    min: 5,
    max: 10_080,
    fallback: '60',
    doc: 'Minutes for which a one-time link that sets a password may be used.',
  }),
  breachedPasswordsFile: text({
    name: 'BREACHED_PASSWORDS_FILE',
    doc: 'A list of passwords that nobody may choose, beside the one that comes with this service: lines of SHA-1 and count, sorted, as “Have I Been Pwned” gives it out. It is searched on disk, whatever its size.',
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
  reconcileHours: integer({
    name: 'RECONCILE_HOURS',
    min: 0,
    max: 8760,
    fallback: '24',
    doc: 'Hours from one comparison of Huawei Cloud’s list of customers with ours to the next; 0 is never. It needs a key for the partner API.',
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
  obsEndpoint: serviceUrl({
    name: 'OBS_ENDPOINT',
    path: true,
    doc: 'The Object Storage Service of the bucket with the subscribed files, such as https://obs.eu-west-101.myhuaweicloud.eu: whatever region the bucket is in.',
  }),
  obsBucket: text({
    name: 'OBS_BUCKET',
    pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    must: 'be the name of a bucket, 3 to 63 lower-case letters, digits, dots or hyphens',
    doc: 'The bucket of File Subscription in Partner Center.',
  }),
  obsAccessKey: text({
    name: 'OBS_ACCESS_KEY',
    doc: 'The access key (AK) of the account that owns the bucket, which is not the partner account.',
  }),
  obsSecretKey: secret({
    name: 'OBS_SECRET_KEY',
    doc: 'Its secret (SK).',
  }),
  obsSecurityToken: secret({
    name: 'OBS_SECURITY_TOKEN',
    doc: 'The security token of a temporary OBS_ACCESS_KEY.',
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
  brandName: text({
    name: 'BRAND_NAME',
    pattern: /^\S.{0,58}\S$/,
    must: 'be a text of 2 to 60 characters',
    doc: 'The name in the head of every page (default: “Huawei Cloud sign-in” in the language of the page).',
  }),
  brandLogoFile: text({
    name: 'BRAND_LOGO_FILE',
    doc: 'The logo beside that name: an SVG or PNG file of at most 100 kB. It is read at the start.',
  }),
  brandColor: text({
    name: 'BRAND_COLOR',
    pattern: /^#[0-9a-f]{6}$/i,
    must: 'be a colour such as #1f4fd8',
    doc: 'The colour of buttons and links on light pages. Its contrast with the page must be 4.5:1 at least (WCAG AA).',
  }),
  brandColorDark: text({
    name: 'BRAND_COLOR_DARK',
    pattern: /^#[0-9a-f]{6}$/i,
    must: 'be a colour such as #8db0ff',
    doc: 'The same for people whose system is set to dark, where it must be light (default: ours).',
  }),
  brandSupport: text({
    name: 'BRAND_SUPPORT',
    pattern: /^(mailto:[^\s@?]+@[^\s@?]+(\?\S*)?|https:\/\/\S+)$/,
    must: 'be an https URL or a mailto: address',
    doc: 'Where customers find help: a link under every refusal.',
  }),
  logLevel: choice({
    name: 'LOG_LEVEL',
    of: LOG_LEVELS,
    fallback: 'info',
    doc: 'How much is logged.',
  }),
} as const

export type OptionKey = keyof typeof OPTIONS
