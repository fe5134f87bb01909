// Generated pages say what the tables of src/ say, and links between papers lead somewhere.

import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { findStalePages, listPages } from '../../scripts/generated-pages.ts'

const ROOT = join(import.meta.dirname, '../..')

test('every generated page says what its table says', () => {
  const stale = findStalePages(ROOT)

  assert.deepEqual(stale, [], 'npm run docs writes them')
})

test('a page that was edited by hand, and one that is missing, are both found', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'partner-idp-docs-'))
  context.after(() => rmSync(folder, { recursive: true }))
  for (const { path } of listPages()) cpSync(join(ROOT, path), join(folder, path))
  writeFileSync(join(folder, 'docs/errors.md'), 'Edited by hand.\n')
  rmSync(join(folder, '.env.example'))

  const stale = findStalePages(folder)

  assert.deepEqual(stale, ['.env.example', 'docs/errors.md'])
})

for (const path of papers()) {
  test(`every link in ${path} leads somewhere`, () => {
    const broken = linksOf(path).filter((link) => !leadsSomewhere(path, link))

    assert.deepEqual(broken, [])
  })
}

function papers(): readonly string[] {
  const outside = readdirSync(ROOT).filter((name) => name.endsWith('.md'))
  const inside = ['certs', 'docs', 'metadata', 'src', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  )
  return [...outside, ...inside].sort()
}

function linksOf(path: string): readonly string[] {
  const text = readFileSync(join(ROOT, path), 'utf8').replaceAll(/```.*?```/gs, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
}

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? from : relative(ROOT, join(ROOT, dirname(from), file))
  if (!existsSync(join(ROOT, target))) return false
  return anchor === undefined || anchorsIn(target).has(anchor)
}

// As GitHub makes them: lower case, no punctuation, hyphens for spaces.
function anchorsIn(path: string): ReadonlySet<string> {
  const headings = readFileSync(join(ROOT, path), 'utf8').matchAll(/^#+ (.+)$/gm)
  const names = [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return new Set(names)
}
