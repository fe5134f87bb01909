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
  databaseUrl: text({
    name: 'DATABASE_URL',
    pattern: /^(sqlite:.+|postgres(ql)?:\/\/.+)$/,
    must: 'start with sqlite: or postgres://',
    fallback: 'sqlite:./data/idp.db',
    doc: 'Where records are kept: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`. Give it by DATABASE_URL_FILE when it holds a password.',
  }),
  certsDir: text({
    name: 'CERTS_DIR',
    fallback: './certs',
    doc: 'Folder of our signing key and certificate (signing.key with mode 0600, signing.crt).',
  }),
  metadataDir: text({
    name: 'METADATA_DIR',
    fallback: './metadata',
    doc: 'Folder of the SP metadata files we trust (every *.xml).',
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
