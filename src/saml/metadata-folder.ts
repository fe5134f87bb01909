// METADATA_DIR: every *.xml is a service provider that we trust.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../base/errors.ts'
import type { MetadataFile } from './metadata-read.ts'

// Huawei's file is 10 kB; a federation's is some megabytes and refused for its size when it is read.
const LARGEST_BYTES = 8 * 1024 * 1024

/** The files, by name. Throws `METADATA_UNUSABLE` when the folder or a file cannot be read. */
export async function readMetadataFolder(folder: string): Promise<readonly MetadataFile[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.xml')).sort()
    return await Promise.all(names.map((name) => readFileAs(join(folder, name))))
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    throw new Refusal('METADATA_UNUSABLE', { folder, problem: code ?? 'unreadable' }, cause)
  }
}

async function readFileAs(source: string): Promise<MetadataFile> {
  const bytes = await readFile(source)
  return { source, xml: bytes.subarray(0, LARGEST_BYTES).toString('utf8') }
}
