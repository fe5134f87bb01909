// The option that names a month, as several commands take it.

import { InvalidArgumentError, Option } from 'commander'

/** `--month YYYY-MM`; what is no month is a mistake of the command line. */
export function monthOption(meaning: string): Option {
  return new Option('--month <YYYY-MM>', meaning).argParser((text: string) => {
    if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text
    throw new InvalidArgumentError('A month is written YYYY-MM.')
  })
}
