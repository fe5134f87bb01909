// A name that ignores case in, what its spellings have in common out.

/** What two spellings of one sign-in name or e-mail address have in common. */
export function foldCase(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
