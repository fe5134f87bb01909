// What the platform engineer may decide about one relying party: a JSON file beside its metadata, of the
// same name. What is not decided follows Huawei's contract.

import { z } from 'zod'

const fingerprint = z
  .string()
  .regex(/^[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}$/)
  .transform((text) => text.replaceAll(':', '').toLowerCase())

/** THE table of a party's options; docs/configuration.md lists the descriptions. */
export const PARTY_OPTIONS = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where the metadata is fetched from; without it the .xml file beside is read.'),
  refreshMinutes: z
    .int()
    .min(5)
    .max(10_080)
    .default(1440)
    .describe(
      'How often the URL is asked, at most; cacheDuration and validUntil can ask for more.',
    ),
  pin: fingerprint
    .optional()
    .describe('SHA-256 fingerprint of the certificate that must have signed the metadata.'),
  allowsSha1Digest: z
    .boolean()
    .default(false)
    .describe(
      "Lets the metadata's own signature digest with SHA-1, as Huawei's does; nothing else.",
    ),
  allowsPrivateAddress: z
    .boolean()
    .default(false)
    .describe('Lets the URL lead to loopback and private networks, and http there.'),
  confirmsChanges: z
    .boolean()
    .default(false)
    .describe('Changed keys, addresses or entity id wait until an operator confirms them.'),
  requiresValidUntil: z
    .boolean()
    .default(false)
    .describe("Refuses metadata without validUntil. Huawei's has none."),
  platformId: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional()
    .describe('xAccountType at this site, if it differs from HUAWEI_PLATFORM_ID.'),
  partnerId: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional()
    .describe('bpId at this site, if it differs from HUAWEI_PARTNER_ID.'),
  consoleUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("The console that `service` may lead to, if the site is none of Huawei's own three."),
  alwaysSigned: z
    .boolean()
    .default(false)
    .describe('Refuses unsigned requests even when the metadata does not promise signatures.'),
  sign: z
    .enum(['assertion', 'response', 'both'])
    .default('assertion')
    .describe('What of an answer is signed. Huawei asks for the assertion.'),
  omitsLocality: z
    .boolean()
    .default(false)
    .describe(
      "Leaves out SubjectLocality, where Huawei's sample has the SP's entity id and strict SPs expect a network address.",
    ),
  encrypt: z
    .enum(['none', 'aes256-gcm', 'aes128-gcm'])
    .default('none')
    .describe('Whether and how the assertion is encrypted with the certificate of the metadata.'),
})

export type PartyOptions = z.output<typeof PARTY_OPTIONS>

/** What counts without a file of options. */
export const DEFAULT_PARTY_OPTIONS: PartyOptions = PARTY_OPTIONS.parse({})
