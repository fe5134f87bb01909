// Copies of SP metadata that was fetched, by the name of the site's file of options.

import type { Database } from './engine.ts'
import type { Metadata, MetadataChange, MetadataCopy } from './metadata-records.ts'
import type { MetadataCopyTable } from './tables.ts'
import { orNull, orUndefined, toDate, toMs } from './values.ts'

/** Copies kept in `db`. */
export function createMetadata(db: Database): Metadata {
  return {
    find: async (name) => {
      const row = await db
        .selectFrom('metadata_copy')
        .selectAll()
        .where('name', '=', name)
        .executeTakeFirst()
      return row === undefined ? undefined : toCopy(row)
    },
    list: async () => {
      const rows = await db.selectFrom('metadata_copy').selectAll().orderBy('name').execute()
      return rows.map(toCopy)
    },
    claim: (named, asked) => claim(db, named, asked),
    change: async ({ name, url }, change) => {
      await db
        .updateTable('metadata_copy')
        .set(toColumns(change))
        .where('name', '=', name)
        .where('url', '=', url)
        .execute()
    },
    accept: (name, pendingAt, now) => accept(db, { name, pendingAt, now }),
  }
}

// One statement, because several processes ask at the same minute. A row of another URL starts anew:
// what an earlier address said proves nothing about this one.
async function claim(
  db: Database,
  { name, url }: Parameters<Metadata['claim']>[0],
  { now, until, isForced }: Parameters<Metadata['claim']>[1],
): Promise<boolean> {
  const times = { tried_at_ms: now.getTime(), next_at_ms: until.getTime() }
  const nothing = { ...toColumns(NOTHING_KNOWN), ...times, url }
  const isNew = await db
    .insertInto('metadata_copy')
    .values({ ...EMPTY_ROW, ...nothing, name })
    .onConflict((conflict) => {
      const other = conflict.column('name').doUpdateSet(nothing)
      return other.where('metadata_copy.url', '<>', url)
    })
    .returning('name')
    .executeTakeFirst()
  if (isNew !== undefined) return true
  const due = await db
    .updateTable('metadata_copy')
    .set(times)
    .where('name', '=', name)
    .$if(!isForced, (update) => update.where('next_at_ms', '<=', now.getTime()))
    .returning('name')
    .executeTakeFirst()
  return due !== undefined
}

async function accept(
  db: Database,
  { name, pendingAt, now }: { name: string; pendingAt: Date; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('metadata_copy')
    .set((is) => ({
      xml: is.ref('pending_xml'),
      taken_at_ms: now.getTime(),
      pending_xml: null,
      pending_changes: null,
      pending_at_ms: null,
    }))
    .where('name', '=', name)
    .where('pending_at_ms', '=', pendingAt.getTime())
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

const NOTHING_KNOWN: MetadataChange = {
  xml: undefined,
  etag: undefined,
  lastModified: undefined,
  takenAt: undefined,
  checkedAt: undefined,
  problem: undefined,
  pending: undefined,
}

const EMPTY_ROW = {
  xml: null,
  etag: null,
  last_modified: null,
  taken_at_ms: null,
  checked_at_ms: null,
  problem: null,
  pending_xml: null,
  pending_changes: null,
  pending_at_ms: null,
} as const

function toCopy(row: MetadataCopyTable): MetadataCopy {
  const { pending_xml: xml, pending_changes: changes, pending_at_ms: at } = row
  const isPending = xml !== null && changes !== null && at !== null
  return {
    name: row.name,
    url: row.url,
    xml: orUndefined(row.xml),
    etag: orUndefined(row.etag),
    lastModified: orUndefined(row.last_modified),
    takenAt: toDate(row.taken_at_ms),
    checkedAt: toDate(row.checked_at_ms),
    triedAt: new Date(row.tried_at_ms),
    nextAt: new Date(row.next_at_ms),
    problem: orUndefined(row.problem),
    pending: isPending ? { xml, changes: changes.split('\n'), at: new Date(at) } : undefined,
  }
}

// Only what the change names is written: an operator may accept at the same moment.
function toColumns(change: MetadataChange): Partial<MetadataCopyTable> {
  const { pending } = change
  const columns = {
    ...('xml' in change && { xml: orNull(change.xml) }),
    ...('etag' in change && { etag: orNull(change.etag) }),
    ...('lastModified' in change && { last_modified: orNull(change.lastModified) }),
    ...('takenAt' in change && { taken_at_ms: toMs(change.takenAt) }),
    ...('checkedAt' in change && { checked_at_ms: toMs(change.checkedAt) }),
    ...('problem' in change && { problem: orNull(change.problem) }),
    ...(change.nextAt !== undefined && { next_at_ms: change.nextAt.getTime() }),
    ...('pending' in change && {
      pending_xml: orNull(pending?.xml),
      pending_changes: orNull(pending?.changes.join('\n')),
      pending_at_ms: toMs(pending?.at),
    }),
  }
  return columns
}
