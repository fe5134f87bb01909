// What can be wrong with how people sign in, where the record goes, where files come from and the proxy.

import { writeFileSync } from 'node:fs'
import { failing, type Row, set, silence } from './doctor-row.ts'
import { GOOD_PROVIDER, listOf, URLS, type World } from './doctor-world.ts'

const provider = (changed: object) => (world: World) => {
  world.pages.set(URLS.discovery, () => Response.json({ ...GOOD_PROVIDER, ...changed }))
}
const directory = (probed: Awaited<ReturnType<World['probeDirectory']>>) => (world: World) => {
  world.probeDirectory = async () => probed
}
const factorKey = (text: string) => (world: World) => {
  writeFileSync(world.environment['FACTOR_KEY_FILE'] ?? '', text)
}

/** Every one of them. */
export const SIGN_IN_ROWS: readonly Row[] = [
  {
    id: 'huawei.proxy',
    title: 'a proxy that is not there',
    spoil: (world) => {
      set('HUAWEI_PROXY', 'http://somebody:hunter2@proxy.partner.example:3128')(world)
      failing('ECONNREFUSED')(world)
    },
    level: 'error',
    says: /^proxy\.partner\.example:3128: not reached$/,
  },
  {
    id: 'huawei.bss',
    title: 'a proxy that lets nobody through',
    spoil: (world) => {
      set('HUAWEI_PROXY', 'http://proxy.partner.example:3128')(world)
      world.connect = async (_url, _signal, way) => {
        throw Object.assign(new Error('no'), { code: way?.proxy ? 'EPROXY_407' : 'ENOTFOUND' })
      }
    },
    level: 'error',
    says: /the proxy does not let it through \(EPROXY_407\)/,
  },
  {
    id: 'openid.discovery',
    title: 'a provider that does not answer',
    spoil: silence(URLS.discovery),
    level: 'error',
    says: /no metadata/,
  },
  {
    id: 'openid.discovery',
    title: 'an issuer that differs by a slash',
    spoil: provider({ issuer: `${GOOD_PROVIDER.issuer}/` }),
    level: 'error',
    says: /it calls itself https:\/\/login\.partner\.example\/realm\/$/,
  },
  {
    id: 'openid.abilities',
    title: 'a provider without codes',
    spoil: provider({ response_types_supported: ['id_token'] }),
    level: 'error',
    says: /^response type: id_token$/,
  },
  {
    id: 'openid.abilities',
    title: 'a provider that signs by the client secret only',
    spoil: provider({ id_token_signing_alg_values_supported: ['HS256', 'none'] }),
    level: 'error',
    says: /^signature: HS256, none$/,
  },
  {
    id: 'openid.abilities',
    title: 'a provider that wants a key instead of the secret',
    spoil: provider({ token_endpoint_auth_methods_supported: ['private_key_jwt'] }),
    level: 'error',
    says: /^client authentication: private_key_jwt$/,
  },
  {
    id: 'openid.abilities',
    title: 'a provider that does not mention PKCE',
    spoil: provider({ code_challenge_methods_supported: undefined }),
    level: 'warning',
    says: /^PKCE: not mentioned$/,
  },
  {
    id: 'openid.registration',
    title: 'where the provider must send people back to',
    spoil: () => undefined,
    level: 'note',
    says: /^https:\/\/sso\.partner\.example\/sign-in\/oidc\/callback; after a logout /,
  },
  {
    id: 'directory.connection',
    title: 'a directory that is not reached',
    spoil: failing('ETIMEDOUT'),
    level: 'error',
    says: /^ldaps:\/\/dc\.partner\.example: no answer/,
  },
  {
    id: 'directory.connection',
    title: 'a directory whose certificate ends tomorrow',
    spoil: (world) => {
      const { connect, clock } = world
      world.connect = async (...given) => {
        const { address, tls } = await connect(...given)
        const endsAt = new Date(clock.now().getTime() + 86_400_000)
        return { address, tls: tls && { ...tls, endsAt } }
      }
    },
    level: 'warning',
    says: /until 2026-01-16/,
  },
  {
    id: 'directory.search',
    title: 'a service account whose password is wrong',
    spoil: directory({ bind: 'refused', base: 'hidden' }),
    level: 'error',
    says: /refuses the service/,
  },
  {
    id: 'directory.search',
    title: 'a base that is not there',
    spoil: directory({ bind: 'taken', base: 'missing' }),
    level: 'error',
    says: /^dc=partner,dc=example: not found$/,
  },
  {
    id: 'directory.search',
    title: 'a base that nobody may see without signing in',
    spoil: directory({ bind: 'none', base: 'hidden' }),
    level: 'note',
    says: /not to be seen/,
  },
  {
    id: 'directory.search',
    title: 'a filter that cannot be read',
    spoil: set('LDAP_FILTER', '(uid={login}))'),
    level: 'error',
    says: /^\(uid=\{login\}\)\)$/,
  },
  {
    id: 'factors.policy',
    title: 'operators without a second factor',
    spoil: set('OPERATOR_SECOND_FACTOR', 'optional'),
    level: 'note',
    says: /operators: optional/,
  },
  {
    id: 'factors.key',
    title: 'a key of factors that is a word',
    spoil: factorKey('secret'.repeat(6)),
    level: 'warning',
    says: /easy to guess/,
  },
  {
    id: 'factors.key',
    title: 'a key of factors among the variables',
    spoil: (world) => {
      delete world.environment['FACTOR_KEY_FILE']
      set('FACTOR_KEY', 'zK3v9Qm1xW8rT5bL2nJ7cH4gF6dS0aPe')(world)
    },
    level: 'warning',
    says: /a key in FACTOR_KEY/,
  },
  {
    id: 'passwords.breached',
    title: 'a list of passwords that is not sorted',
    spoil: ({ environment }) => {
      writeFileSync(environment['BREACHED_PASSWORDS_FILE'] ?? '', listOf(['0', 'F', '5', 'A']))
    },
    level: 'error',
    says: /not in order/,
  },
  {
    id: 'passwords.breached',
    title: 'no list of passwords',
    spoil: ({ environment }) => void delete environment['BREACHED_PASSWORDS_FILE'],
    level: 'note',
    says: /no BREACHED_PASSWORDS_FILE/,
  },
  {
    id: 'audit.syslog',
    title: 'a receiver that is not reached',
    spoil: failing('ECONNREFUSED'),
    level: 'error',
    says: /^tls:\/\/syslog\.partner\.example:6514: the connection is refused/,
  },
  {
    id: 'audit.syslog',
    title: 'a record that travels in clear text',
    spoil: set('AUDIT_SYSLOG', 'udp://syslog.partner.example:514'),
    level: 'note',
    says: /udp without TLS/,
  },
  {
    id: 'files.bucket',
    title: 'a bucket that refuses the key',
    spoil: ({ pages }) => {
      const body = '<Error><Code>AccessDenied</Code></Error>'
      pages.set(URLS.bucket, () => new Response(body, { status: 403 }))
    },
    level: 'error',
    says: /FILES_BUCKET_REFUSED.*AccessDenied/,
  },
]
