// The options of the partner's portals: part of THE table of options.

import { z } from 'zod'
import { PORTAL_ALGORITHMS } from '../base/portal.ts'
import { integer, option, serviceUrl, text } from './option.ts'

/** RFC 7518 §3.2: a key of HS256 has at least as many bytes as the hash. */
export const SHORTEST_SECRET_BYTES = 32

/** How far a portal's clock may be ahead, unless it is told otherwise; and at most. */
export const USUAL_SKEW_SECONDS = 30
export const LARGEST_SKEW_SECONDS = 120

const PUBLIC_KEY_ALGORITHMS = PORTAL_ALGORITHMS.filter((name) => name !== 'HS256')

const ALGORITHM_LIST = z
  .string()
  .transform((value) => value.trim().split(/[\s,]+/))
  .pipe(z.array(z.enum(PUBLIC_KEY_ALGORITHMS)).min(1))

export const PORTAL_OPTIONS = {
  portalSignInUrl: serviceUrl({
    name: 'PORTAL_SIGN_IN_URL',
    path: true,
    doc: "The partner portal's sign-in page. People without a session are sent there with `return_to`. Needs PORTAL_ISSUER, and PORTAL_KEYS or PORTAL_SECRET; without a portal, people sign in at /sign-in.",
  }),
  portalIssuer: text({
    name: 'PORTAL_ISSUER',
    doc: 'The `iss` of the hand-off token that the portal signs.',
  }),
  portalKeys: text({
    name: 'PORTAL_KEYS',
    doc: "The portal's public keys: a PEM file, or the URL of a JWKS.",
  }),
  portalSecret: {
    ...option(
      {
        name: 'PORTAL_SECRET',
        doc: 'In place of PORTAL_KEYS: a secret of 32 bytes or more that the portal signs its tokens with (HS256). Give it by PORTAL_SECRET_FILE.',
      },
      z.string().refine((value) => Buffer.byteLength(value) >= SHORTEST_SECRET_BYTES),
      `be a text of ${SHORTEST_SECRET_BYTES} bytes or more`,
    ),
    isSecret: true,
  },
  portalAlgorithms: option(
    {
      name: 'PORTAL_ALGORITHMS',
      doc: 'Which algorithms the keys of PORTAL_KEYS may sign with: RS256, PS256, ES256, EdDSA (default: RS256 for RSA keys, ES256 for P-256, EdDSA for Ed25519; PS256 only when it is named).',
    },
    ALGORITHM_LIST,
    'list some of RS256, PS256, ES256, EdDSA',
  ),
  portalSkewSeconds: integer({
    name: 'PORTAL_SKEW_SECONDS',
    min: 0,
    max: LARGEST_SKEW_SECONDS,
    fallback: String(USUAL_SKEW_SECONDS),
    doc: "Seconds by which the portal's clock may be ahead of ours.",
  }),
  portalUrl: serviceUrl({
    name: 'PORTAL_URL',
    path: true,
    doc: 'Where people go when they are done here (default: the origin of the first portal’s sign-in page, or our own page).',
  }),
  portalsFile: text({
    name: 'PORTALS_FILE',
    doc: 'A JSON file that lists further portals; see docs/portal.md. It is read at the start. The portal of the options above is the first one.',
  }),
} as const
