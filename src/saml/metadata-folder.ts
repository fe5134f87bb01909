// METADATA_DIR: every name in it is a service provider that we trust, by its metadata (NAME.xml), its
// options (NAME.json) or both. A bad file of options is named and takes nobody else down.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import type { MetadataProblem } from './metadata-read.ts'
import { DEFAULT_PARTY_OPTIONS, PARTY_OPTIONS, type PartyOptions } from './party-options.ts'

// Huawei's file is 10 kB; a federation's is some megabytes and refused for its size when it is read.
const LARGEST_BYTES = 8 * 1024 * 1024

/** One name of the folder. */
export type PartySource = {
  readonly name: string
  /** The path of the metadata, or of the options where the metadata is only fetched. */
  readonly source: string
  /** The file's text; `undefined` where there is a URL instead. */
  readonly xml: string | undefined
  readonly options: PartyOptions
}

/** A name that cannot be used, and why. */
export type SourceProblem = MetadataProblem & { readonly name: string }

export type MetadataFolder = {
  readonly sources: readonly PartySource[]
  readonly problems: readonly SourceProblem[]
}

/** The folder, by name. Throws `METADATA_UNUSABLE` when it or a file in it cannot be read. */
export async function readMetadataFolder(folder: string): Promise<MetadataFolder> {
  try {
    const files = (await readdir(folder)).filter((file) => /\.(xml|json)$/.test(file))
    const names = [...new Set(files.map((file) => file.replace(/\.(xml|json)$/, '')))].sort()
    const read = await Promise.all(names.map((name) => readSource(folder, name, files)))
    return {
      sources: read.filter((each) => 'options' in each),
      problems: read.filter((each) => 'problem' in each),
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    throw new Refusal('METADATA_UNUSABLE', { folder, problem: code ?? 'unreadable' }, cause)
  }
}

async function readSource(
  folder: string,
  name: string,
  files: readonly string[],
): Promise<PartySource | SourceProblem> {
  const path = (extension: string) => join(folder, `${name}.${extension}`)
  const xml = files.includes(`${name}.xml`) ? await readText(path('xml')) : undefined
  if (!files.includes(`${name}.json`)) {
    return { name, source: path('xml'), xml, options: DEFAULT_PARTY_OPTIONS }
  }
  const source = path('json')
  const options = readPartyOptions(source, await readText(source))
  if ('problem' in options) return { name, ...options }
  if (xml === undefined && options.url === undefined) {
    const problem = `it has no url, and there is no ${name}.xml beside it`
    const remedy = `Set url, or save the site's metadata as ${name}.xml.`
    return { name, source, line: undefined, problem, remedy }
  }
  return { name, source: xml === undefined ? source : path('xml'), xml, options }
}

/** The options of a file's text, or what is wrong with them, by line or field. */
export function readPartyOptions(source: string, text: string): PartyOptions | MetadataProblem {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const [, line] = /\(line (\d+) /.exec(error instanceof Error ? error.message : '') ?? []
    const remedy = 'Write one JSON object: names and texts in double quotes, no comma at the end.'
    return {
      source,
      line: line === undefined ? line : Number(line),
      problem: 'it is no JSON',
      remedy,
    }
  }
  const read = PARTY_OPTIONS.safeParse(value)
  if (read.success) return read.data
  const problem = read.error.issues.map(describeIssue).join('; ')
  const remedy = 'docs/configuration.md lists the options of a site and what each may be.'
  return { source, line: undefined, problem, remedy }
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path)
  return bytes.subarray(0, LARGEST_BYTES).toString('utf8')
}
