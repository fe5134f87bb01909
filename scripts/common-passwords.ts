// Makes src/signin/common-passwords.txt out of other lists, each a text of lines or a JSON array:
// `node scripts/common-passwords.ts LIST…`. docs/decisions/0009-passwords.md says which, and why.

import { readFileSync, writeFileSync } from 'node:fs'

const OUTPUT = 'src/signin/common-passwords.txt'
// Whatever is chosen has ten characters, of which four may be added to a common password.
const SHORTEST = 6

const lists = process.argv.slice(2)
if (lists.length === 0) throw new Error('usage: node scripts/common-passwords.ts LIST…')

const folded = new Set(
  lists
    .flatMap(readList)
    .map((password) => password.toLowerCase())
    .filter((password) => password.length >= SHORTEST && /^[\x21-\x7e]+$/.test(password)),
)
writeFileSync(OUTPUT, `${[...folded].sort().join('\n')}\n`)

function readList(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8')
  return path.endsWith('.json') ? (JSON.parse(text) as string[]) : text.split(/\r?\n/)
}
