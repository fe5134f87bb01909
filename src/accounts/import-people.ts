// A file of customers in, accounts added and changed. First every row is checked, then it is written; a row
// that is there already as it stands changes nothing, so that an import can be repeated.

import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { foldCase } from '../base/fold-case.ts'
import type { AccountRecord, Accounts } from '../store/store.ts'
import { type PersonRow, type ReadPerson, readPeople } from './people-file.ts'

/** What becomes of one row. */
export type PersonChange =
  | { readonly kind: 'add'; readonly after: AccountRecord }
  | { readonly kind: 'update'; readonly before: AccountRecord; readonly after: AccountRecord }
  | { readonly kind: 'unchanged' }

export type ImportPeople = {
  /** Reads the file from its beginning; called once to check and once to write. */
  readonly open: () => AsyncIterable<Uint8Array>
  readonly isDryRun: boolean
  /** Leaves out rows with mistakes, instead of writing nothing. */
  readonly skipsBad: boolean
  /** Hears each row that changes something: before it is checked on a dry run, after it is written else. */
  readonly onChange: (change: Exclude<PersonChange, { kind: 'unchanged' }>) => Promise<void>
}

export type ImportReport = {
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  /** Rows with mistakes. */
  readonly bad: number
  /** The first of the mistakes: `line 3: email: must be …`. */
  readonly problems: readonly string[]
}

export type ImportPeopleDeps = { readonly accounts: Accounts; readonly clock: Clock }

const MOST_PROBLEMS = 100
// Rows that are written at the same moment share a commit.
const AT_ONCE = 100

/** Throws `ACCOUNT_INVALID` with every mistake up to a hundred, when rows are wrong and none is skipped. */
export async function importPeople(
  asked: ImportPeople,
  deps: ImportPeopleDeps,
): Promise<ImportReport> {
  const checked = await checkAll(asked, deps)
  const { bad, problems, badLines } = checked
  if (asked.isDryRun) return { ...checked.counts, bad, problems }
  if (bad > 0 && !asked.skipsBad) {
    const more = bad > problems.length ? [`and ${bad - problems.length} more`] : []
    throw new Refusal('ACCOUNT_INVALID', { problems: [...problems, ...more] })
  }
  const counts = await walk(asked, async ({ line, row }) => {
    if (row === undefined || badLines.has(line)) return undefined
    const change = await planOne(row, deps)
    await write(change, line, deps)
    if (change.kind !== 'unchanged') await asked.onChange(change)
    return change.kind
  })
  return { ...counts, bad, problems }
}

type Counts = Pick<ImportReport, 'added' | 'updated' | 'unchanged'>

async function checkAll(asked: ImportPeople, deps: ImportPeopleDeps) {
  const problems: string[] = []
  const badLines = new Set<number>()
  const seen = new Set<string>()
  const counts = await walk(asked, async ({ line, row, problems: wrong }) => {
    const found = [...(wrong ?? []), ...(row === undefined ? [] : noteTwice(row, seen))]
    const change = row === undefined ? undefined : await planOne(row, deps)
    if (row !== undefined && change !== undefined) found.push(...(await findTaken(row, deps)))
    if (found.length > 0) {
      badLines.add(line)
      problems.push(...found.map((problem) => `line ${line}: ${problem}`))
      problems.length = Math.min(problems.length, MOST_PROBLEMS)
      return undefined
    }
    if (asked.isDryRun && change !== undefined && change.kind !== 'unchanged') {
      await asked.onChange(change)
    }
    return change?.kind
  })
  return { counts, problems, bad: badLines.size, badLines }
}

async function walk(
  { open }: ImportPeople,
  each: (person: ReadPerson) => Promise<PersonChange['kind'] | undefined>,
): Promise<Counts> {
  const counts = { added: 0, updated: 0, unchanged: 0 }
  const flush = async (people: readonly ReadPerson[]) => {
    for (const kind of await Promise.all(people.map(each))) {
      if (kind === 'add') counts.added += 1
      if (kind === 'update') counts.updated += 1
      if (kind === 'unchanged') counts.unchanged += 1
    }
  }
  let waiting: ReadPerson[] = []
  for await (const person of readPeople(open())) {
    waiting.push(person)
    if (waiting.length < AT_ONCE) continue
    await flush(waiting)
    waiting = []
  }
  await flush(waiting)
  return counts
}

// Two rows of one file about the same account, or with the same name, contradict each other.
function noteTwice({ accountId, login, email }: PersonRow, seen: Set<string>): readonly string[] {
  const names = [
    ['account_id', accountId],
    ['login', foldCase(login)],
    ['email', email === undefined ? undefined : foldCase(email)],
  ] as const
  return names.flatMap(([heading, value]) => {
    if (value === undefined) return []
    const key = `${heading} ${value}`
    if (seen.has(key)) return [`${heading}: stands in an earlier row already`]
    seen.add(key)
    return []
  })
}

async function findTaken(row: PersonRow, { accounts }: ImportPeopleDeps): Promise<string[]> {
  const { accountId, login, email } = row
  const [known, byLogin, byEmail] = await Promise.all([
    accounts.find(accountId),
    accounts.findByLogin(login),
    email === undefined ? undefined : accounts.findByEmail(email),
  ])
  const isOther = (holder: AccountRecord | undefined) => {
    return holder !== undefined && holder.accountId !== accountId
  }
  return [
    ...(known?.erasedAt === undefined ? [] : ['account_id: belonged to somebody who was erased']),
    ...(isOther(byLogin) ? ['login: belongs to another account'] : []),
    ...(isOther(byEmail) ? ['email: belongs to another account'] : []),
  ]
}

async function planOne(
  row: PersonRow,
  { accounts, clock }: ImportPeopleDeps,
): Promise<PersonChange> {
  const before = await accounts.find(row.accountId)
  if (before === undefined) {
    const nothing = {
      email: undefined,
      name: undefined,
      mobile: undefined,
      passwordHash: undefined,
    }
    return { kind: 'add', after: { ...nothing, isEnabled: true, ...row, createdAt: clock.now() } }
  }
  const after = { ...before, ...row }
  const isSame = Object.entries(row).every(([field, value]) => {
    return before[field as keyof PersonRow] === value // The keys are a row's own.
  })
  return isSame ? { kind: 'unchanged' } : { kind: 'update', before, after }
}

// Everything was checked before: what is refused now was taken by somebody else meanwhile.
async function write(change: PersonChange, line: number, { accounts }: ImportPeopleDeps) {
  if (change.kind === 'unchanged') return
  const { after } = change
  const outcome = change.kind === 'add' ? await accounts.add(after) : await accounts.update(after)
  if (outcome !== 'added' && outcome !== 'updated') {
    throw new Refusal('ACCOUNT_EXISTS', { taken: outcome, line })
  }
}
