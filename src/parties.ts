// Whom we trust: the files of METADATA_DIR and, in sandbox mode, the sandbox. Trouble with one file is
// reported with its line and remedy, and the others go on working.

import { addDays } from './base/clock.ts'
import type { Log } from './base/log.ts'
import { readMetadataFolder } from './saml/metadata-folder.ts'
import { readMetadataFiles } from './saml/metadata-read.ts'
import { createParties, type Parties, type RelyingParty } from './saml/relying-party.ts'
import type { Store } from './store/store.ts'

export type PartiesDeps = {
  readonly metadataDir: string
  readonly store: Pick<Store, 'parties'>
  readonly isSandbox: boolean
  readonly log: Log
  readonly now: Date
}

const WARN_DAYS = 60

/** Reads them once, at the start. */
export async function loadParties(deps: PartiesDeps): Promise<Parties> {
  const { log } = deps
  const files = [...(await readMetadataFolder(deps.metadataDir))]
  if (deps.isSandbox) {
    for (const { entityId, xml } of await deps.store.parties.list()) {
      files.push({ source: `sandbox (${entityId})`, xml })
    }
  }
  const { parties, problems } = readMetadataFiles(files)
  for (const problem of problems) log.error({ event: 'metadata.problem', ...problem })
  for (const party of parties) report(party, deps)
  if (parties.length === 0) {
    const remedy = `Save the SP metadata of your Huawei Cloud site in ${deps.metadataDir} and restart.`
    log.warn({ event: 'metadata.none', remedy }, 'nobody can sign in to Huawei Cloud yet')
  }
  return createParties(parties)
}

function report({ entityId, source, signingKeys }: RelyingParty, { log, now }: PartiesDeps): void {
  const endsAt = signingKeys.map((each) => each.endsAt)
  log.info({ event: 'metadata.trusted', entityId, source, certificatesEndAt: endsAt })
  const last = endsAt.toSorted((left, right) => right.getTime() - left.getTime())[0]
  if (last !== undefined && last < addDays(now, WARN_DAYS)) {
    log.warn({ event: 'metadata.certificate-ends', entityId, source, endsAt: last })
  }
}
