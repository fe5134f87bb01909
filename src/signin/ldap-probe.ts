// What a directory says about its own settings: options in; whether the service may bind, whether the base
// is there and whether the filter can be read out. Nobody's password is tried but the service's own.

import {
  Client,
  FilterParser,
  InsufficientAccessError,
  InvalidCredentialsError,
  InvalidDNSyntaxError,
  NoSuchObjectError,
  OperationsError,
  PresenceFilter,
} from 'ldapts'
import { type LdapOptions, OPERATION_MS, tlsOf } from './ldap-directory.ts'
import { fillFilter } from './ldap-filter.ts'

export type Probed = {
  /** `none` where people bind by a name of their own. */
  readonly bind: 'taken' | 'refused' | 'none'
  /** `hidden` when the directory shows it to nobody who has not signed in. */
  readonly base: 'found' | 'missing' | 'hidden'
}

/** Asks the directory. Throws the error of the connection. */
export type ProbeDirectory = (options: LdapOptions) => Promise<Probed>

/** Whether LDAP_FILTER can be sent. */
export function isFilter(filter: string): boolean {
  try {
    FilterParser.parseString(fillFilter(filter, 'somebody'))
    return true
  } catch {
    return false
  }
}

/** The real one. */
export const probeDirectory: ProbeDirectory = async (options) => {
  const { url, startTls, access, baseDn } = options
  const client = new Client({
    url,
    timeout: OPERATION_MS,
    connectTimeout: OPERATION_MS,
    ...(url.startsWith('ldaps:') ? { tlsOptions: tlsOf(options) } : {}),
  })
  try {
    if (startTls) await client.startTLS(tlsOf(options))
    if (access.kind === 'direct') return { bind: 'none', base: await findBase(client, baseDn) }
    const isBound = await bind(client, access)
    return isBound
      ? { bind: 'taken', base: await findBase(client, baseDn) }
      : { bind: 'refused', base: 'hidden' }
  } finally {
    client.unbind().catch(() => undefined)
  }
}

async function bind(
  client: Client,
  { dn, password }: { readonly dn: string; readonly password: string },
): Promise<boolean> {
  try {
    await client.bind(dn, password)
    return true
  } catch (error) {
    if (error instanceof InvalidCredentialsError || error instanceof InvalidDNSyntaxError) {
      return false
    }
    throw error
  }
}

async function findBase(client: Client, baseDn: string): Promise<Probed['base']> {
  try {
    const { searchEntries } = await client.search(baseDn, {
      scope: 'base',
      filter: new PresenceFilter({ attribute: 'objectClass' }),
      attributes: ['1.1'],
      sizeLimit: 1,
    })
    return searchEntries.length === 1 ? 'found' : 'hidden'
  } catch (error) {
    if (error instanceof NoSuchObjectError || error instanceof InvalidDNSyntaxError) {
      return 'missing'
    }
    // Active Directory calls it an operations error.
    if (error instanceof InsufficientAccessError || error instanceof OperationsError) {
      return 'hidden'
    }
    throw error
  }
}
