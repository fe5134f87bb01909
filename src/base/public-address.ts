// An IP address in, what kind of network it leads to out. What is not known to be public is forbidden:
// a URL of somebody else's choosing must not reach what only we can reach (SSRF).

import { BlockList } from 'node:net'

export type Address = { readonly address: string; readonly family: 4 | 6 }

/** `private` may be allowed by an operator; `forbidden`, such as link-local, never is. */
export type AddressKind = 'public' | 'private' | 'forbidden'

type Subnet = readonly [network: string, prefix: number]

const PRIVATE_4: readonly Subnet[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
]
const PRIVATE_6: readonly Subnet[] = [
  ['::1', 128],
  ['fc00::', 7],
]

// The rest of IANA's special-purpose registries. 169.254.169.254 hands out a cloud server's secrets.
const SPECIAL_4: readonly Subnet[] = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

// Of IPv6 only 2000::/3 is in public use, and these parts of it embed or stand for other addresses.
const GLOBAL_6: readonly Subnet[] = [['2000::', 3]]
const SPECIAL_6: readonly Subnet[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const isPrivate4 = among(PRIVATE_4, 'ipv4')
const isPrivate6 = among(PRIVATE_6, 'ipv6')
const isSpecial4 = among(SPECIAL_4, 'ipv4')
const isSpecial6 = among(SPECIAL_6, 'ipv6')
const isGlobal6 = among(GLOBAL_6, 'ipv6')

function among(subnets: readonly Subnet[], family: 'ipv4' | 'ipv6') {
  const list = new BlockList()
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family)
  return (address: string) => list.check(address, family)
}

/** Where a connection to the address would lead. */
export function kindOf({ address, family }: Address): AddressKind {
  if (family === 4) {
    if (isPrivate4(address)) return 'private'
    return isSpecial4(address) ? 'forbidden' : 'public'
  }
  if (isPrivate6(address)) return 'private'
  return isGlobal6(address) && !isSpecial6(address) ? 'public' : 'forbidden'
}
