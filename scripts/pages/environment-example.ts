// .env.example: every option as a comment that can be taken out.

import type { Option } from '../../src/config/option.ts'
import { OPTIONS } from '../../src/config/options.ts'
import { page } from './markdown.ts'

const HEAD = `# Generated from src/config/options.ts by \`npm run docs\`. Change the source, not this file.
#
# Copy it to .env, take out the "#" before the options you set, and start with
# CONFIG_FILE=.env npm start. The environment wins over the file. NAME_FILE=PATH gives the value of
# NAME from a file, which is the way for secrets. docs/configuration.md says more.`

const COLUMNS = 98

/** The text of the file. */
export function environmentExample(): string {
  const rows: readonly Option<unknown>[] = Object.values(OPTIONS)
  return page([HEAD, ...rows.flatMap(linesOf)])
}

function linesOf({ name, doc, fallback = '' }: Option<unknown>): readonly string[] {
  return ['', ...wrap(doc.replaceAll('`', '')).map((line) => `# ${line}`), `#${name}=${fallback}`]
}

function wrap(text: string): readonly string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.pop() ?? ''
    const longer = last === '' ? word : `${last} ${word}`
    if (longer.length <= COLUMNS) lines.push(longer)
    else lines.push(last, word)
  }
  return lines
}
