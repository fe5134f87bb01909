// The library's front door, `huaweicloud-partner-idp/partner`: options of a program in, a client out. The
// service itself uses client.ts, which is handed everything.

import { describe, Refusal } from '../base/errors.ts'
import { type RealSiteName, SITES } from '../base/huawei-sites.ts'
import {
  createPartnerClient as createClient,
  type PartnerClient,
  type PartnerClientDeps,
} from './client.ts'

export type { Log } from '../base/log-lines.ts'
export type {
  ActingFor,
  AgencyCustomer,
  AnswerFacts,
  CallOptions,
  KeyCustomer,
  Language,
  Patience,
  Progress,
  Wait,
  WalkOptions,
} from './acting.ts'
export type { BeijingDay } from './beijing-day.ts'
export type { Catalogue, OperationName } from './catalogue/index.ts'
export type { PartnerKey } from './credentials.ts'
export type { Outcome } from './methods.ts'
export type { PartnerClient }
export { Refusal }

/** Which Huawei Cloud a client talks to: one of Huawei's own sites, or any by its two addresses. */
export type Where =
  | { readonly site: RealSiteName }
  | { readonly bssUrl: string; readonly iamUrl: string }

/** What a client is made from; only the place and the key are needed. */
export type ClientOptions = Where &
  Partial<Omit<PartnerClientDeps, 'bssUrl' | 'iamUrl' | 'key'>> & {
    /** The partner's access key, or the name and password of an IAM user of the partner. */
    readonly key: NonNullable<PartnerClientDeps['key']>
  }

const TIMEOUT_SECONDS = 15

/** A client of the partner API. It connects to nothing before its first call. */
export function createPartnerClient(options: ClientOptions): PartnerClient {
  const { iamUrl, bssUrl } = 'site' in options ? SITES[options.site] : options
  return createClient({ timeoutSeconds: TIMEOUT_SECONDS, ...options, iamUrl, bssUrl })
}

/**
 * What a caught error means and what to do about it, in a few lines for the log of the program; Huawei's
 * own text and the values that were sent are not in it.
 */
export function explain(error: unknown): string {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error)
  const { say, toCaller = say, remedy, hint } = describe(error.code)
  // The remedy of this very case, if the facts have one, is the better advice.
  const { remedy: own, remoteText: _, ...others } = error.facts
  const advice = typeof own === 'string' ? own : (remedy ?? hint)
  return `${error.code}: ${toCaller}\n${advice}\n${JSON.stringify(others)}`
}
