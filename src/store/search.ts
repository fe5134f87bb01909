// The part of a text that a person searches for in; a condition for a list out.

import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * True where one of the columns holds `part`. Case is ignored for ASCII letters, which is as far as
 * both engines agree. `%` and `_` in `part` mean themselves.
 */
export function holds(part: string, columns: readonly string[]): RawBuilder<SqlBool> {
  const pattern = `%${part.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  const each = columns.map((column) => sql`lower(${sql.ref(column)}) like ${pattern} escape '\\'`)
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`
}
