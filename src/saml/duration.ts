// xs:duration, as cacheDuration has it (Metadata §2.3.1): text in, seconds out.

const DURATION =
  /^P(?!$)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,6})D)?(?:T(?!$)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?$/

// A year and a month have no length of their own; the shorter one makes a copy older sooner.
const PART_SECONDS = [365 * 86_400, 28 * 86_400, 86_400, 3600, 60, 1] as const

/** The whole seconds of a duration; `undefined` for what is none, and for a negative one. */
export function readDurationSeconds(text: string): number | undefined {
  const match = DURATION.exec(text.trim())
  if (match === null) return undefined
  const parts = match.slice(1).map((digits = '0') => Number(digits))
  return parts.reduce((sum, part, at) => sum + part * (PART_SECONDS[at] ?? 0), 0)
}
