// Hashes of passwords that another system made: a text in, whether ours can be as sure of it out.

// PHC string format. The lengths are those that argon2 itself asks for, and no more than anybody uses.
const ARGON2ID =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

// Not weaker than ours (see password.ts), and not so strong that a sign-in would stop the service.
const MEMORY = { least: 19_456, most: 262_144 }
const PASSES = { least: 2, most: 10 }
const LANES = { least: 1, most: 8 }

export const HASH_MUST =
  'must be an argon2id hash with m=19456 to 262144, t=2 to 10 and p=1 to 8, as $argon2id$v=19$…'

/** Whether the hash can be taken over. */
export function isImportableHash(text: string): boolean {
  const [, memory, passes, lanes, salt, hash] = ARGON2ID.exec(text) ?? []
  if (salt === undefined || hash === undefined) return false
  const isWithin = ({ least, most }: typeof MEMORY, value: string | undefined) => {
    return Number(value) >= least && Number(value) <= most
  }
  // No base64 text has this length: a sign-in would find out, and be a fault.
  const isWhole = salt.length % 4 !== 1 && hash.length % 4 !== 1
  return isWhole && isWithin(MEMORY, memory) && isWithin(PASSES, passes) && isWithin(LANES, lanes)
}
