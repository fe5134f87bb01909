// Whom we trust, as of now: the files of METADATA_DIR, what is fetched for them and, in sandbox mode, the
// sandbox. Trouble with one of them is reported with its line and remedy, and the others go on working.

import { asRefusal } from './base/errors.ts'
import type { Log } from './base/log.ts'
import { type Network, systemNetwork } from './metadata/network.ts'
import { fetchedSources, fileOf, refreshCopy } from './metadata/refresh-copy.ts'
import { type MetadataFolder, readMetadataFolder } from './saml/metadata-folder.ts'
import {
  type MetadataFile,
  type MetadataProblem,
  readMetadata,
  readMetadataFiles,
} from './saml/metadata-read.ts'
import { createParties, type Parties, type RelyingParty } from './saml/relying-party.ts'
import type { Store } from './store/store.ts'

export type PartiesDeps = {
  readonly metadataDir: string
  readonly store: Pick<Store, 'parties' | 'metadata'>
  readonly isSandbox: boolean
  readonly log: Log
  readonly now: Date
  /** Where metadata is fetched; the machine's own network unless told otherwise. */
  readonly network?: Network
}

/**
 * Reads them, and fetches what has no copy yet. From then on they are as current as the last `refresh`.
 * Throws `METADATA_UNUSABLE` when the folder cannot be read.
 */
export async function loadParties(deps: PartiesDeps): Promise<Parties> {
  const folder = await readMetadataFolder(deps.metadataDir)
  await fetchWhatIsDue(folder, await findMissing(folder, deps), { deps, now: deps.now })
  let loaded = await load(folder, NOTHING_LOADED, deps)
  if (loaded.parties.all().length === 0) {
    const remedy = `Save the SP metadata of your Huawei Cloud site in ${deps.metadataDir}.`
    deps.log.warn({ event: 'metadata.none', remedy }, 'nobody can sign in to Huawei Cloud yet')
  }
  return {
    all: () => loaded.parties.all(),
    get: (entityId, now) => loaded.parties.get(entityId, now),
    refresh: async (now) => {
      try {
        const current = await readMetadataFolder(deps.metadataDir)
        await fetchWhatIsDue(current, undefined, { deps, now })
        loaded = await load(current, loaded, deps)
      } catch (error) {
        // Whoever is trusted stays so: a folder that cannot be read for a minute says nothing.
        const { code, facts, cause } = asRefusal(error)
        deps.log.error({ event: 'metadata.not-refreshed', code, facts, err: cause })
      }
    },
  }
}

type Round = { readonly deps: PartiesDeps; readonly now: Date }

/** What counts, and what it was made of. */
type Loaded = {
  readonly parties: Parties
  /** The last files that could be read, by name. */
  readonly good: ReadonlyMap<string, MetadataFile>
  /** The whole input, to see whether there is anything new. */
  readonly input: string
}

const NOTHING_LOADED: Loaded = { parties: createParties([]), good: new Map(), input: '' }

// At the start only what would be missing is waited for; the rest is fetched within a minute.
async function findMissing(folder: MetadataFolder, { store }: PartiesDeps) {
  const copies = await store.metadata.list()
  return folder.sources
    .filter(
      (source) =>
        fileOf(
          source,
          copies.find(({ name }) => name === source.name),
        ) === undefined,
    )
    .map(({ name }) => name)
}

async function fetchWhatIsDue(
  { sources }: MetadataFolder,
  names: readonly string[] | undefined,
  { deps, now }: Round,
): Promise<void> {
  const { store, log, network = systemNetwork } = deps
  const due = fetchedSources(sources).filter(({ name }) => names?.includes(name) ?? true)
  const asked = { now, isForced: false }
  await Promise.all(due.map((source) => refreshCopy(source, asked, { store, network, log })))
}

async function load(folder: MetadataFolder, before: Loaded, deps: PartiesDeps): Promise<Loaded> {
  const files = await gatherFiles(folder, deps)
  const input = JSON.stringify([files, folder.problems])
  if (input === before.input) return before

  const found = files.map((file) => ({ file, read: readMetadata(file) }))
  // A file that is being written, or was spoilt, must not end sign-ins: what it said before still counts.
  const spoilt = found.filter(({ read }) => read.parties.length === 0).map(({ file }) => file)
  const isSame = (file: MetadataFile) => hasSameOptions(file, before.good.get(nameOf(file)))
  const lost = [...folder.problems.map(({ name }) => name), ...spoilt.filter(isSame).map(nameOf)]
  const kept = lost.flatMap((name) => before.good.get(name) ?? [])
  const usable = found.filter(({ read }) => read.parties.length > 0).map(({ file }) => file)
  const { parties, problems } = readMetadataFiles([...usable, ...kept])

  const unread = found.flatMap(({ read }) => (read.parties.length === 0 ? read.problems : []))
  reportAll({ parties, problems: [...folder.problems, ...unread, ...problems] }, deps.log)
  const good = new Map([...usable, ...kept].map((file) => [nameOf(file), file]))
  return { parties: createParties(parties), good, input }
}

// Files that an operator put here come first: of two with one entity ID the first counts.
async function gatherFiles(
  { sources }: MetadataFolder,
  { store, isSandbox }: PartiesDeps,
): Promise<readonly MetadataFile[]> {
  const copies = await store.metadata.list()
  const files = sources.flatMap((source) => {
    return (
      fileOf(
        source,
        copies.find(({ name }) => name === source.name),
      ) ?? []
    )
  })
  const local = files.filter(({ options }) => options?.url === undefined)
  const fetched = files.filter(({ options }) => options?.url !== undefined)
  const ofSandbox = isSandbox ? await store.parties.list() : []
  return [
    ...local,
    ...fetched,
    ...ofSandbox.map(({ entityId, xml }) => ({
      name: entityId,
      source: `sandbox (${entityId})`,
      xml,
    })),
  ]
}

// New options that refuse the document, such as another pin, are the operator's will and no accident.
function hasSameOptions({ options }: MetadataFile, before: MetadataFile | undefined): boolean {
  return JSON.stringify(options) === JSON.stringify(before?.options)
}

function nameOf({ name, source }: MetadataFile): string {
  return name ?? source
}

function reportAll(
  read: {
    readonly parties: readonly RelyingParty[]
    readonly problems: readonly MetadataProblem[]
  },
  log: Log,
): void {
  for (const problem of read.problems) log.error({ event: 'metadata.problem', ...problem })
  for (const party of read.parties) report(party, log)
}

function report({ entityId, source, signingKeys }: RelyingParty, log: Log): void {
  const endsAt = signingKeys.map((each) => each.endsAt)
  log.info({ event: 'metadata.trusted', entityId, source, certificatesEndAt: endsAt })
}
