// rollover.json: how far the change to a new key has come, and since when. Dates in, dates out.

import { readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hasFile, replaceFile, unusable } from './key-files.ts'

const instant = z.iso.datetime().transform((text) => new Date(text))

const RECORD = z.strictObject({
  /** The certificate that all of this is about, so that no other is ever taken for confirmed. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  madeAt: instant,
  confirmedAt: instant.optional(),
  activatedAt: instant.optional(),
  /** The certificate before, still published: a file of the same folder, never a path. */
  previous: z
    .string()
    .regex(/^retired-\d{8}-[0-9a-f]{8}\.crt$/)
    .optional(),
})

/** A change of keys that has begun. */
export type Rollover = Readonly<z.infer<typeof RECORD>>

/** Reads the record; `undefined` when no change has begun. Throws `KEY_UNUSABLE` for a damaged one. */
export async function readRollover(certsDir: string): Promise<Rollover | undefined> {
  const path = fileOf(certsDir)
  if (!(await hasFile(path))) return undefined
  try {
    return RECORD.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    throw unusable(path, 'must be what keys next wrote', {}, error)
  }
}

/** Writes the record in one piece. */
export function writeRollover(certsDir: string, rollover: Rollover): Promise<void> {
  return replaceFile(fileOf(certsDir), `${JSON.stringify(rollover, null, 2)}\n`, 0o600)
}

/** Forgets it: the change is over. */
export function removeRollover(certsDir: string): Promise<void> {
  return unlink(fileOf(certsDir))
}

function fileOf(certsDir: string): string {
  return join(certsDir, 'rollover.json')
}
