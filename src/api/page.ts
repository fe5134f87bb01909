// Pages by cursor: where a page ends is a text that only we read.

import { badRequest } from './read-input.ts'

/** Where a page goes on. Throws `API_BAD_REQUEST` for a cursor that we have not made. */
export function readCursor(cursor: string | undefined): { readonly after?: string } {
  if (cursor === undefined) return {}
  const bytes = Buffer.from(cursor, 'base64url')
  const isOurs = bytes.length > 0 && bytes.toString('base64url') === cursor
  if (!isOurs || bytes.includes(0)) {
    throw badRequest([{ field: 'cursor', problem: 'must be the nextCursor of a page' }])
  }
  return { after: bytes.toString('utf8') }
}

/** The cursor after a page of `limit`; null when it was the last. */
export function nextCursor(keys: readonly string[], limit: number): string | null {
  const last = keys.at(-1)
  return last === undefined || keys.length < limit ? null : Buffer.from(last).toString('base64url')
}
