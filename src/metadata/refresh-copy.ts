// One site's metadata, when it is due: fetched, judged, and taken into effect, left to wait for an
// operator, or refused. Whatever happens, the last good copy is there afterwards.

import { Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { PartySource } from '../saml/metadata-folder.ts'
import { type MetadataFile, readMetadata } from '../saml/metadata-read.ts'
import type { RelyingParty } from '../saml/relying-party.ts'
import type { MetadataCopy } from '../store/metadata-records.ts'
import type { Store } from '../store/store.ts'
import { type Fetched, fetchMetadata } from './fetch-metadata.ts'
import { judgeMetadata } from './judge.ts'
import type { Network } from './network.ts'
import { nextAttempt, nextRefresh } from './schedule.ts'

export type RefreshDeps = {
  readonly store: Pick<Store, 'metadata'>
  readonly network: Network
  readonly log: Log
}

/** A source of which the metadata is fetched. */
export type FetchedSource = PartySource & { readonly url: string }

/** What an attempt came to; `not-due` when it was not time, or another process is at it. */
export type RefreshOutcome =
  | { readonly kind: 'not-due' | 'unchanged' }
  | { readonly kind: 'taken' | 'waits'; readonly changes: readonly string[] }
  | { readonly kind: 'failed'; readonly refusal: Refusal }

/** The sources that have a URL. */
export function fetchedSources(sources: readonly PartySource[]): readonly FetchedSource[] {
  return sources.flatMap((source) => {
    const { url } = source.options
    return url === undefined ? [] : { ...source, url }
  })
}

/** The file that counts for a source: its last good copy, or else the file that is beside it. */
export function fileOf(
  { name, source, options, xml }: PartySource,
  copy: MetadataCopy | undefined,
): MetadataFile | undefined {
  const kept = copy?.url === options.url ? copy?.xml : undefined
  if (options.url !== undefined && kept !== undefined) {
    return { name, source: options.url, xml: kept, options }
  }
  return xml === undefined ? undefined : { name, source, xml, options }
}

/** Refreshes one source if it is due, or in any case. Faults of the store are thrown. */
export async function refreshCopy(
  source: FetchedSource,
  asked: { readonly now: Date; readonly isForced: boolean },
  deps: RefreshDeps,
): Promise<RefreshOutcome> {
  const { metadata } = deps.store
  const until = nextAttempt(asked.now, source.options)
  if (!(await metadata.claim(source, { ...asked, until }))) return { kind: 'not-due' }
  try {
    return await attempt(source, asked.now, deps)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, facts } = error
    await metadata.change(source, { problem: `${code}: ${String(facts['problem'])}` })
    deps.log.warn({
      event: 'metadata.refresh-failed',
      name: source.name,
      code,
      facts,
      nextAt: until,
    })
    return { kind: 'failed', refusal: error }
  }
}

async function attempt(
  source: FetchedSource,
  now: Date,
  deps: RefreshDeps,
): Promise<RefreshOutcome> {
  const copy = await deps.store.metadata.find(source.name)
  const file = fileOf(source, copy)
  const before = file === undefined ? [] : readMetadata(file).parties
  const { url, options } = source
  // "Not modified" helps nobody whose copy cannot be read, as after a change of its pin.
  const isKept = copy?.xml !== undefined && before.length > 0
  const known = isKept ? { etag: copy.etag, lastModified: copy.lastModified } : NOTHING_KNOWN
  const { allowsPrivateAddress } = options
  const fetched = await fetchMetadata({ url, allowsPrivateAddress, ...known }, deps.network)
  if (fetched.kind === 'same') {
    const kept = { xml: copy?.xml ?? '', parties: before }
    const nextAt = nextRefresh(now, kept, options)
    await deps.store.metadata.change(source, { checkedAt: now, nextAt, problem: undefined })
    return { kind: 'unchanged' }
  }
  return keep({ source, fetched, before, copy }, now, deps)
}

const NOTHING_KNOWN = { etag: undefined, lastModified: undefined } as const

type Arrived = {
  readonly source: FetchedSource
  readonly fetched: Extract<Fetched, { kind: 'document' }>
  readonly before: readonly RelyingParty[]
  readonly copy: MetadataCopy | undefined
}

async function keep(
  { source, fetched, before, copy }: Arrived,
  now: Date,
  deps: RefreshDeps,
): Promise<RefreshOutcome> {
  const { name, url, options } = source
  const { xml, etag, lastModified } = fetched
  const judged = judgeMetadata({ name, source: url, xml, options }, before, now)
  const changes = judged.changes ?? []
  const nextAt = nextRefresh(now, { xml, parties: judged.parties }, options)
  const heard = { etag, lastModified, nextAt, checkedAt: now, problem: undefined }
  const waits = options.confirmsChanges && changes.length > 0
  if (waits) {
    if (copy?.pending?.xml !== xml) report({ name, changes, waits }, deps.log)
    const at = copy?.pending?.xml === xml ? copy.pending.at : now
    await deps.store.metadata.change(source, { ...heard, pending: { xml, changes, at } })
    return { kind: 'waits', changes }
  }
  if (changes.length > 0) report({ name, changes, waits }, deps.log)
  const isNew = copy?.xml !== xml
  const taken = isNew ? { xml, takenAt: now } : {}
  await deps.store.metadata.change(source, { ...heard, ...taken, pending: undefined })
  return isNew ? { kind: 'taken', changes } : { kind: 'unchanged' }
}

function report(
  change: { readonly name: string; readonly changes: readonly string[]; readonly waits: boolean },
  log: Log,
): void {
  const say = change.waits ? 'a change waits for metadata accept' : 'a change is in effect'
  log.warn({ event: 'metadata.change', ...change }, say)
}
