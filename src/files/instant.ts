// The times of subscribed files: a text and the zone of the file in, a Date out.

/** Huawei writes UTC in English files and Beijing time in Chinese ones. */
export type Zone = '+00:00' | '+08:00'

const TIME =
  /^(\d{4})[-/](\d{2})[-/](\d{2})[ T](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?\s*(?:Z|UTC|GMT|(?:GMT|UTC)?\s*([+-]\d{2}:?\d{2}))?$/

/**
 * The time of a text such as `2021-04-26 16:13:35 GMT+08:00`; a zone in the text beats the zone of the
 * file. `undefined` when it is no time.
 */
export function readTime(text: string, zone: Zone): Date | undefined {
  const [, year, month, day, hour, minute, second, , offset] = TIME.exec(text) ?? []
  if (year === undefined) return undefined
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day))
  // Without this the 31st of February would become a day of March.
  const date = new Date(midnight)
  const isDay = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return undefined
  }
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second)
  const isUtc = /(Z|UTC|GMT)$/.test(text)
  const minutesAhead = minutesOf(offset ?? (isUtc ? '+00:00' : zone))
  return new Date(midnight + (seconds - minutesAhead * 60) * 1000)
}

function minutesOf(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
  return offset.startsWith('-') ? -minutes : minutes
}
