// SAML's times (Core §1.3.3): xs:dateTime in UTC, written with "Z" and milliseconds at most.

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?Z$/

/** The time, or `undefined` when the text is not a UTC time that exists (no 30 February). */
export function readInstant(text: string): Date | undefined {
  if (!INSTANT.test(text)) return undefined
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) return undefined
  // Date rolls 30 February over to March; such a text names no time.
  return date.toISOString().slice(0, 19) === text.slice(0, 19) ? date : undefined
}

/** As messages carry it: `2018-10-30T08:21:41.740Z`. */
export function writeInstant(date: Date): string {
  return date.toISOString()
}
