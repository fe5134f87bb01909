// Time is an argument everywhere else; this is the one place that asks the machine for it.

/** Tells the time. Tests hand in a fixed one. */
export type Clock = { readonly now: () => Date }

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() }

/** `date` moved by a number of seconds, which may be negative. */
export function addSeconds(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000)
}

/** `date` moved by a number of minutes, which may be negative. */
export function addMinutes(date: Date, minutes: number): Date {
  return addSeconds(date, minutes * 60)
}

/** `date` moved by a number of days of 24 hours, which may be negative. */
export function addDays(date: Date, days: number): Date {
  return addMinutes(date, days * 24 * 60)
}
