// The room's front door: addresses and a key come in, the catalogue as typed methods goes out.

import { type Clock, systemClock } from '../base/clock.ts'
import type { Log } from '../base/log-lines.ts'
import type { Language, Patience, WalkOptions } from './acting.ts'
import { CATALOGUE, type Catalogue } from './catalogue/index.ts'
import { type CredentialsDeps, createCredentials, type PartnerKey } from './credentials.ts'
import type { Fetch, Fields } from './exchange.ts'
import type { Asks, Client } from './methods.ts'
import type { AnyOperation } from './operation.ts'
import { walkPages } from './pages.ts'
import type { Named } from './request.ts'
import { type AnswerLimits, createSend, type Send } from './send.ts'
import { type Sleep, systemSleep } from './sleep.ts'
import { createTransport, type Transport } from './transport.ts'
import { createTurns, type Turns } from './turns.ts'

export type PartnerClient = Client<Catalogue> & {
  /** Closes the connections, once what is under way is done. The client is of no use then. */
  readonly close: () => Promise<void>
}

/** The operations as plain functions, for who needs some of them. */
export type PartnerAsks = Asks<Catalogue>

export type PartnerClientDeps = Pick<CredentialsDeps, 'platformId' | 'domainId'> & {
  readonly bssUrl: string
  readonly iamUrl: string
  /** Without one every call is refused with `PARTNER_NOT_CONFIGURED`. */
  readonly key: PartnerKey | undefined
  /** How long to wait for one answer. */
  readonly timeoutSeconds: number
  /** Connections of the client's own without one, through `proxy` if there is one. */
  readonly fetch?: Fetch | undefined
  /**
   * The URL of an HTTP proxy, for all but this machine and the hosts of the variable NO_PROXY. Without
   * one, the variables HTTPS_PROXY and HTTP_PROXY count.
   */
  readonly proxy?: string | undefined
  /** Limits the calls of a second; those of this client without one. */
  readonly turns?: Turns
  /** `minutes` unless told otherwise: what Huawei could not answer is asked again. */
  readonly patience?: Patience
  /** `en_US` unless told otherwise, since Huawei answers in Chinese of its own accord. */
  readonly language?: Language
  /** 1 MiB, and 8 MiB for a page of a list, unless told otherwise. */
  readonly limits?: Partial<AnswerLimits>
  readonly clock?: Clock
  readonly sleep?: Sleep
  /** Nothing is logged without one. */
  readonly log?: Log
}

const MEBIBYTE = 1024 * 1024
const LIMITS: AnswerLimits = { answerBytes: MEBIBYTE, listBytes: 8 * MEBIBYTE }

const ignore = () => undefined
const SILENT: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** A client of the partner API. It connects to nothing before its first call. */
export function createPartnerClient(given: PartnerClientDeps): PartnerClient {
  const { fetch, close } = chooseTransport(given)
  const common = { clock: systemClock, log: SILENT, ...given, fetch }
  const deps = { ...common, deadline: () => AbortSignal.timeout(given.timeoutSeconds * 1000) }
  const send = createSend({
    turns: createTurns(),
    sleep: systemSleep,
    patience: 'minutes',
    language: 'en_US',
    ...deps,
    limits: { ...LIMITS, ...given.limits },
    credentials: createCredentials(given.key, deps),
  })

  const rows: readonly (readonly [string, AnyOperation])[] = Object.entries(CATALOGUE)
  const methods = rows.map(([name, row]) => [name, createMethod({ name, row }, send)])
  // The cast holds because each method's result came out of the schema of its own row.
  return { ...Object.fromEntries(methods), close } as PartnerClient
}

function chooseTransport({ fetch, proxy }: PartnerClientDeps): Transport {
  return fetch === undefined ? createTransport({ proxy }) : { fetch, close: async () => undefined }
}

function createMethod(call: Named, send: Send) {
  const ask = (input?: unknown, options?: WalkOptions) => send(call, input, options)
  const { paging } = call.row
  if (paging === undefined) return ask

  const all = (input: Fields = {}, options: WalkOptions = {}) => {
    const { offset, limit, ...search } = input
    return walkPages({
      operation: call.name,
      paging,
      offset: typeof offset === 'number' ? offset : 0,
      limit: typeof limit === 'number' ? limit : paging.most,
      // The cast holds because the row of a list has a result with fields.
      ask: async (page) => (await send(call, { ...search, ...page }, options)) as Fields,
      onPage: (progress) => options.onPage?.(progress),
    })
  }
  return Object.assign(ask, { all })
}
