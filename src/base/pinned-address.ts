// A host name in, all its addresses out; and a connection that goes to the one that was looked at and to
// no other. A name that is looked up twice can lead elsewhere the second time (DNS rebinding).

import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import type { Address } from './public-address.ts'

/** Every address that the machine's resolver knows for the name. Throws the resolver's error. */
export async function lookupAll(hostname: string): Promise<readonly Address[]> {
  const found = await lookup(hostname, { all: true })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

/** The `lookup` of a request, which then connects to this address whatever its URL names. */
export function pinTo({ address, family }: Address): LookupFunction {
  return (_hostname, { all }, done) => {
    if (all === true) done(null, [{ address, family }])
    else done(null, address, family)
  }
}
