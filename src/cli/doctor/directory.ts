// Checks of the directory that people sign in with: whether it is reached by TLS, and whether it lets this
// service find people.

import { isFilter, type Probed, probeDirectory } from '../../signin/ldap-probe.ts'
import { type Check, type Examination, error, type Finding, note, ok } from './check.ts'
import { judgeConnection } from './connection.ts'

const NEEDS = ['LDAP_URL', 'LDAP_BASE_DN', 'LDAP_STARTTLS', 'LDAP_CA_FILE'] as const
const LOSES = 'Nobody signs in with a password of the directory.'

export const DIRECTORY_CHECKS: readonly Check[] = [
  {
    id: 'directory.connection',
    group: 'Sign-in',
    title: 'Directory',
    expected: 'reached, with TLS 1.2 or later and a certificate that is trusted',
    needs: NEEDS,
    run: async (examination) => {
      const { ldap } = examination.config.upstream
      if (ldap === undefined) return []
      const { url, ca, startTls: isStartTls } = ldap
      const stake = { loses: LOSES, option: 'LDAP_URL', isOwn: true }
      // The loader takes an open connection on this machine only.
      return judgeConnection(
        url,
        { ...stake, mayBeOpen: true, way: { ca, isStartTls } },
        examination,
      )
    },
  },
  {
    id: 'directory.search',
    group: 'Sign-in',
    title: 'Finding people',
    expected: 'the service may bind, LDAP_BASE_DN is there, LDAP_FILTER can be read',
    needs: [...NEEDS, 'LDAP_BIND_DN', 'LDAP_BIND_PASSWORD', 'LDAP_DN_TEMPLATE', 'LDAP_FILTER'],
    run: judgeSearch,
  },
]

async function judgeSearch(examination: Examination): Promise<readonly Finding[]> {
  const { ldap } = examination.config.upstream
  if (ldap === undefined) return []
  const filter = judgeFilter(ldap.filter)
  const probe = examination.probeDirectory ?? probeDirectory
  const probed = await probe(ldap).catch(() => undefined)
  if (probed === undefined) {
    const meaning = 'What it lets this service see could not be asked; see "Directory".'
    return [error({ found: `${ldap.url}: no answer`, meaning }, 'Check LDAP_URL.'), filter]
  }
  return [...judgeBind(probed), ...judgeBase(ldap.baseDn, probed), filter]
}

function judgeFilter(filter: string): Finding {
  if (isFilter(filter)) return ok(filter, 'It can be read.')
  return error({ found: filter, meaning: LOSES }, 'Correct LDAP_FILTER (RFC 4515).')
}

function judgeBind({ bind }: Probed): readonly Finding[] {
  if (bind === 'none') return []
  if (bind === 'taken') return [ok('the service may bind', 'It finds people by itself.')]
  const next = 'Correct LDAP_BIND_DN and LDAP_BIND_PASSWORD; the account may be locked or ended.'
  return [error({ found: 'the directory refuses the service', meaning: LOSES }, next)]
}

function judgeBase(baseDn: string, { bind, base }: Probed): readonly Finding[] {
  if (bind === 'refused') return []
  if (base === 'found') return [ok(baseDn, 'People are looked for below it.')]
  if (base === 'hidden' && bind === 'none') {
    const meaning = 'The directory shows it to nobody who has not signed in.'
    return [note({ found: `${baseDn}: not to be seen`, meaning }, 'Try it with a sign-in.')]
  }
  const next = 'Correct LDAP_BASE_DN, or let the service read there.'
  return [error({ found: `${baseDn}: not found`, meaning: LOSES }, next)]
}
