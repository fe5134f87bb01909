// The sample that docs/api.md shows to portals, as tests use it: it is plain JavaScript, without types.

import type { Server } from 'node:http'

/** A message as a portal reads it. */
export type Received = {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly data: Readonly<Record<string, unknown>>
}

type Sample = {
  /** Throws for a message that is not genuine, or too old. */
  readonly readWebhook: (message: {
    readonly headers: Readonly<Record<string, unknown>>
    readonly body: string
    readonly secret: string
    readonly now: number
  }) => Received
  readonly createReceiver: (portal: {
    readonly secret: () => string
    readonly onEvent: (event: Received) => void
    readonly now: () => number
  }) => Server
}

const PATH = '../../docs/samples/receive-webhooks.mjs'

export const { readWebhook, createReceiver } = (await import(PATH)) as Sample // Its exports.
