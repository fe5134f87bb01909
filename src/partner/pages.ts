// Walks a list whose items come and go meanwhile: pages come in, each item goes out once.
//
// Each page begins with the last item of the page before. If it does not, the list has changed in
// front of it and items may have moved past us: the walk goes back until it meets an item it knows.

import { Refusal } from '../base/errors.ts'
import type { Progress } from './acting.ts'
import type { Fields } from './exchange.ts'
import type { Paging } from './operation.ts'

export type Walk = {
  readonly operation: string
  readonly paging: Paging
  /** Where the walk starts, and the largest page the caller wants. */
  readonly offset: number
  readonly limit: number
  readonly ask: (page: { readonly offset: number; readonly limit: number }) => Promise<Fields>
  readonly onPage: (progress: Progress) => void
}

type Page = { readonly items: readonly Fields[]; readonly total: number | undefined }

// One item of two is the overlap.
const SMALLEST_PAGE = 2
const MOST_RETURNS = 1000

/**
 * The items of all pages. Throws what `ask` throws, and `PARTNER_BAD_ANSWER` when the pages never fit
 * together.
 */
export function walkPages(walk: Walk): AsyncGenerator<Fields, void, undefined> {
  return walk.paging.identity.length === 0 ? walkByOffset(walk) : walkByIdentity(walk)
}

async function* walkByIdentity(walk: Walk): AsyncGenerator<Fields, void, undefined> {
  const limit = pageSize(walk)
  const known = new Set<string>()
  let offset = walk.offset
  let farthest = offset
  let returns = 0
  let stepBack = limit - 1
  for (;;) {
    const page = await askPage(walk, { offset, limit })
    const [first] = page.items
    const isJoined = first !== undefined && known.has(identityOf(first, walk.paging))
    if (offset > walk.offset && !isJoined) {
      returns += 1
      if (returns > MOST_RETURNS) throw bad(walk, 'the list changes faster than it can be read')
      offset = Math.max(walk.offset, offset - stepBack)
      // Ever farther, so that a list that has shrunk a lot is met again soon.
      stepBack *= 2
      continue
    }
    const news = keepNews(page.items, known, walk.paging)
    walk.onPage({ found: known.size, total: page.total })
    yield* news
    const next = offset + page.items.length
    if (next > farthest) returns = 0
    farthest = Math.max(farthest, next)
    if (page.items.length < SMALLEST_PAGE || next === page.total) return
    offset = next - 1
    stepBack = limit - 1
  }
}

// Nothing tells two such items apart, so that a list that changes may be given with gaps or repeats.
async function* walkByOffset(walk: Walk): AsyncGenerator<Fields, void, undefined> {
  const limit = pageSize(walk)
  let offset = walk.offset
  let last: string | undefined
  for (;;) {
    const { items, total } = await askPage(walk, { offset, limit })
    const text = JSON.stringify(items)
    // Without a total, a service that ignores the offset would be asked for ever.
    if (total === undefined && text === last) throw bad(walk, 'the same page twice')
    offset += items.length
    walk.onPage({ found: offset - walk.offset, total })
    yield* items
    if (items.length === 0 || offset === total) return
    last = text
  }
}

function pageSize({ limit, paging }: Walk): number {
  return Math.max(SMALLEST_PAGE, Math.min(limit, paging.most))
}

function keepNews(items: readonly Fields[], known: Set<string>, paging: Paging): readonly Fields[] {
  const news: Fields[] = []
  for (const item of items) {
    const identity = identityOf(item, paging)
    if (!known.has(identity)) news.push(item)
    known.add(identity)
  }
  return news
}

// What lacks a part of its identity is told by all that it has.
function identityOf(item: Fields, { identity }: Paging): string {
  const parts = identity.map((field) => item[field])
  return JSON.stringify(parts.includes(undefined) ? item : parts)
}

async function askPage(
  walk: Walk,
  place: { readonly offset: number; readonly limit: number },
): Promise<Page> {
  const result = await walk.ask(place)
  const { [walk.paging.list]: list, [walk.paging.total]: count } = result
  // The cast holds because the schema of the row made a list of objects of it.
  const items = Array.isArray(list) ? (list as readonly Fields[]) : []
  const total = typeof count === 'number' || typeof count === 'string' ? Number(count) : undefined
  // A total that is smaller than what has just been seen counts something else.
  const isTrue = total !== undefined && total >= place.offset + items.length
  return { items, total: isTrue ? total : undefined }
}

function bad({ operation }: Walk, problem: string): Refusal {
  return new Refusal('PARTNER_BAD_ANSWER', { operation, problem })
}
