// Recovery codes: for whoever has lost every other factor. Shown once, kept as keyed hashes, each good
// for one sign-in.

import { Refusal } from '../base/errors.ts'
import { newReference, type Random } from '../base/random.ts'
import type { FactorOwner, Factors } from '../store/factor-records.ts'
import type { FactorKey } from './factor-key.ts'

export type RecoveryDeps = {
  readonly store: { readonly factors: Pick<Factors, 'setRecoveryCodes' | 'useRecoveryCode'> }
  readonly key: FactorKey
  readonly random: Random
}

const CODES = 10

/** Ten new codes of 60 random bits each; the old ones end. */
export async function makeRecoveryCodes(
  owner: FactorOwner,
  { store, key, random }: RecoveryDeps,
): Promise<readonly string[]> {
  // Letters that look like digits are not among those of a reference.
  const codes = Array.from({ length: CODES }, () => newReference(random))
  const hashes = codes.map((code) => key.hashCode(owner, readCode(code)))
  await store.factors.setRecoveryCodes(owner, hashes)
  return codes
}

/** Proves a code and uses it up. Throws `SECOND_FACTOR_WRONG`, for a code that was used too. */
export async function proveRecoveryCode(
  owner: FactorOwner,
  code: string,
  { store, key }: Pick<RecoveryDeps, 'store' | 'key'>,
): Promise<void> {
  const hash = key.hashCode(owner, readCode(code.slice(0, 64)))
  if (await store.factors.useRecoveryCode(owner, hash)) return
  throw new Refusal('SECOND_FACTOR_WRONG', { factor: 'recovery-code' })
}

// As people copy it from paper: small letters, no hyphens, O for zero, I or L for one.
function readCode(code: string): string {
  return code
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '')
}
