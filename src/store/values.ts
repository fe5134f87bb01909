// Between a record's values and a column's: `undefined` is null, a Date is milliseconds.

/** A column's value for something that may be missing. */
export function orNull<T>(value: T | undefined): T | null {
  return value ?? null
}

/** A record's value for a column that may be empty. */
export function orUndefined<T>(value: T | null): T | undefined {
  return value ?? undefined
}

/** Milliseconds since 1970, or null when there is no date. */
export function toMs(date: Date | undefined): number | null {
  return date?.getTime() ?? null
}

/** The date of a column in milliseconds. */
export function toDate(ms: number | null): Date | undefined {
  return ms === null ? undefined : new Date(ms)
}

/** A truth as a column holds it. */
export function toFlag(truth: boolean): number {
  return truth ? 1 : 0
}
