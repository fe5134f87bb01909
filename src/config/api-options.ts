// The options of the portal API: part of THE table of options.

import { choice, integer } from './option.ts'

export const API_OPTIONS = {
  apiRequestsPerMinute: integer({
    name: 'API_REQUESTS_PER_MINUTE',
    min: 1,
    max: 100_000,
    fallback: '600',
    doc: 'How many requests each key of the portal API may send in a minute; see docs/api.md.',
  }),
  webhookPrivateAddresses: choice({
    name: 'WEBHOOK_PRIVATE_ADDRESSES',
    of: ['refuse', 'allow'],
    fallback: 'refuse',
    doc: 'Whether webhooks may be sent to private networks, which people outside cannot reach. The sandbox allows them, and http as well.',
  }),
} as const
