// Options that name a moment, as several commands take them.

import { InvalidArgumentError, Option } from 'commander'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/

/** `flag <TIME>`; a day without a time begins at midnight UTC. */
export function instantOption(flag: string, meaning: string): Option {
  return new Option(`${flag} <TIME>`, meaning).argParser((text: string) => {
    const at = new Date(text)
    const isReadable = DAY.test(text) || MOMENT.test(text)
    if (isReadable && !Number.isNaN(at.getTime())) return at
    throw new InvalidArgumentError('A time is written 2026-03-01 or 2026-03-01T12:00:00Z.')
  })
}
