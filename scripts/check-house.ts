// House rules that no linter knows: sizes, where time and randomness come from, names that say nothing.
// Prints every break and exits 1 when there is one.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Rule = {
  readonly say: string
  readonly files: RegExp
  readonly except?: RegExp
  readonly forbids: RegExp
}

const RULES: readonly Rule[] = [
  {
    say: 'only src/base asks the machine for time or chance',
    files: /^src\//,
    except: /^src\/base\//,
    forbids: /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomBytes\(|\brandomUUID\(/,
  },
  {
    say: 'only config/load.ts reads the environment',
    files: /^src\//,
    except: /^src\/(config\/load\.ts|cli\/partner-idp\.mjs)$/,
    forbids: /\bprocess\.env\b/,
  },
  {
    say: 'a to-do names its issue',
    files: /\.(ts|mjs|cjs|css|sql|md)$/,
    except: /^scripts\/check-house\.ts$/,
    forbids: /\b(TODO(?!\(#\d+\))|FIXME|XXX)\b/,
  },
  {
    say: 'tests do not sleep',
    files: /^test\//,
    forbids: /\bsetTimeout\([^,]+,\s*[1-9]\d{2,}\)|timers\/promises/,
  },
]

const NOTHING_NAMES = /(^|\/)(utils?|helpers?|common|lib|misc|shared)(\.ts|\/)/
const MOST_LINES = 400
const FOLDERS = ['src', 'test', 'scripts']

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? listFiles(path) : [path]
  })
}

function checkFile(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8')
  const lines = text.split('\n')
  const problems: string[] = []
  if (NOTHING_NAMES.test(path)) problems.push(`${path}: the name says nothing`)
  const isCode = /\.(ts|mjs)$/.test(path)
  if (isCode && lines.length > MOST_LINES && !/^src\/partner\/catalogue/.test(path)) {
    problems.push(`${path}: ${lines.length} lines, ${MOST_LINES} are the limit`)
  }
  if (isCode && !/^(#!.*\n)?\/\/ /.test(text))
    problems.push(`${path}: no comment tells what it is for`)
  for (const rule of RULES) {
    if (!rule.files.test(path) || rule.except?.test(path) === true) continue
    lines.forEach((line, at) => {
      if (rule.forbids.test(line)) problems.push(`${path}:${at + 1}: ${rule.say}`)
    })
  }
  return problems
}

const problems = FOLDERS.flatMap(listFiles).flatMap(checkFile)
for (const problem of problems) process.stderr.write(`${problem}\n`)
process.exitCode = problems.length === 0 ? 0 : 1
