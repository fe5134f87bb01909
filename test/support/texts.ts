// The catalogues of texts for customers, found by where they are, and their texts one by one.

import { readdir } from 'node:fs/promises'
import { isLanguage, LANGUAGES, type Language, type Texts } from '../../src/web/language.ts'

/** A text, or a function that fills parts into one. */
export type Text = string | ((...parts: string[]) => string)

export type Catalogue = {
  /** The file and the export. */
  readonly name: string
  readonly texts: Readonly<Record<Language, Texts>>
}

const SRC = new URL('../../src/', import.meta.url)

/** Every catalogue that a file of src/ROOM/texts exports. */
export async function catalogues(): Promise<readonly Catalogue[]> {
  const rooms = await readdir(SRC, { withFileTypes: true })
  const lists = await Promise.all(
    rooms.filter((room) => room.isDirectory()).map(({ name }) => listRoom(name)),
  )
  return lists.flat()
}

async function listRoom(room: string): Promise<readonly Catalogue[]> {
  const folder = new URL(`${room}/texts/`, SRC)
  const files = await readdir(folder).catch(() => [])
  const lists = files
    .filter((file) => file.endsWith('.ts'))
    .map(async (file) => {
      const exported = (await import(new URL(file, folder).href)) as Record<string, unknown>
      return Object.entries(exported).flatMap(([name, value]) =>
        isCatalogue(value) ? [{ name: `${room}/texts/${file}: ${name}`, texts: value }] : [],
      )
    })
  return (await Promise.all(lists)).flat()
}

function isCatalogue(value: unknown): value is Catalogue['texts'] {
  if (typeof value !== 'object' || value === null) return false
  const keys = Object.keys(value)
  return keys.length === Object.keys(LANGUAGES).length && keys.every(isLanguage)
}

/** The texts of one language by their path, such as `outcomes.confirmed`. */
export function leavesOf(texts: Texts, path = ''): ReadonlyMap<string, Text> {
  const leaves = new Map<string, Text>()
  for (const [name, value] of Object.entries(texts)) {
    const here = path === '' ? name : `${path}.${name}`
    if (typeof value === 'object') {
      for (const [key, text] of leavesOf(value, here)) leaves.set(key, text)
    } else {
      leaves.set(here, value as Text)
    }
  }
  return leaves
}

/** The text, and which parts stand in it, in the order in which they do. */
export function fill(text: Text): { readonly text: string; readonly parts: readonly string[] } {
  if (typeof text === 'string') return { text, parts: [] }
  const names = Array.from({ length: 9 }, (_, at) => `{${at}}`)
  const filled = text(...names)
  return { text: filled, parts: filled.match(/\{\d\}/g) ?? [] }
}
