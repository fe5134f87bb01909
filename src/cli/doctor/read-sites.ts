// The sites as the service would trust them at this moment: METADATA_DIR and what the database keeps of
// them in, each document with what was read of it out. Nothing is fetched and nothing changes.

import type { Config } from '../../config/load.ts'
import { fileOf } from '../../metadata/refresh-copy.ts'
import {
  type PartySource,
  readMetadataFolder,
  type SourceProblem,
} from '../../saml/metadata-folder.ts'
import {
  type MetadataFile,
  type MetadataProblem,
  readMetadataFiles,
} from '../../saml/metadata-read.ts'
import type { RelyingParty } from '../../saml/relying-party.ts'
import type { MetadataCopy } from '../../store/metadata-records.ts'
import { inspectStore, openStore } from '../../store/open.ts'

export type Sites = {
  readonly sources: readonly PartySource[]
  readonly copies: readonly MetadataCopy[]
  /** The documents that count. */
  readonly files: readonly MetadataFile[]
  readonly parties: readonly RelyingParty[]
  readonly problems: readonly (MetadataProblem | SourceProblem)[]
}

/** Reads them. Throws `METADATA_UNUSABLE` for a folder that cannot be read. */
export async function readSites(config: Config): Promise<Sites> {
  const folder = await readMetadataFolder(config.metadataDir)
  const { copies, ofSandbox } = await readKept(config)
  const files = folder.sources.flatMap((source) => {
    const copy = copies.find(({ name }) => name === source.name)
    return fileOf(source, copy) ?? []
  })
  const all = [...files, ...ofSandbox]
  const { parties, problems } = readMetadataFiles(all)
  return {
    sources: folder.sources,
    copies,
    files: all,
    parties,
    problems: [...folder.problems, ...problems],
  }
}

type Kept = {
  readonly copies: readonly MetadataCopy[]
  readonly ofSandbox: readonly MetadataFile[]
}

// A database that cannot be used has a check of its own; opening an old one would bring it up to date.
async function readKept({ databaseUrl, site }: Config): Promise<Kept> {
  const nothing = { copies: [], ofSandbox: [] }
  const inspected = await inspectStore(databaseUrl).catch(() => undefined)
  if (inspected?.state !== 'present' || inspected.missingMigrations.length > 0) return nothing
  const store = await openStore(databaseUrl)
  try {
    const copies = await store.metadata.list()
    const parties = site === 'sandbox' ? await store.parties.list() : []
    const ofSandbox = parties.map(({ entityId, xml }) => {
      return { name: entityId, source: `sandbox (${entityId})`, xml }
    })
    return { copies, ofSandbox }
  } finally {
    await store.close()
  }
}
