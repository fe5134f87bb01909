// Huawei bills by days of Beijing. A day as Huawei writes it comes in; the hours it covers go out.

/** A calendar day in GMT+8, with the hours of UTC that it covers. */
export type BeijingDay = {
  /** As Huawei writes it, such as 2026-11-21. */
  readonly day: string
  readonly zone: 'GMT+08:00'
  /** The first moment of the day: 16:00 UTC of the day before. */
  readonly startsAt: Date
  /** The first moment of the next day. */
  readonly endsAt: Date
}

const DAY_MS = 24 * 60 * 60 * 1000

/** The day, of a text such as 2026-11-21. Throws a RangeError for a day that no calendar has. */
export function beijingDay(day: string): BeijingDay {
  const startsAt = new Date(`${day}T00:00:00+08:00`)
  const endsAt = new Date(startsAt.getTime() + DAY_MS)
  // JavaScript reads the 31st of February as the 3rd of March. In Beijing a day ends at 16:00 UTC.
  if (Number.isNaN(startsAt.getTime()) || !endsAt.toISOString().startsWith(day)) {
    throw new RangeError(`no calendar day: ${day}`)
  }
  return { day, zone: 'GMT+08:00', startsAt, endsAt }
}
