// Checks of the OpenID provider: whether it is reached under its own name, whether it can do what sign-ins
// here need, and what has to be registered there.

import { ALGORITHMS, CALLBACK_PATH, SIGNED_OUT_PATH } from '../../signin/oidc-terms.ts'
import { type Check, type Examination, error, type Finding, note, ok, warning } from './check.ts'

const NEEDS = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'SIGN_IN_METHODS'] as const
const LOSES = 'Nobody signs in with this provider.'
const MOST_CHARACTERS = 256 * 1024

export const OPENID_CHECKS: readonly Check[] = [
  {
    id: 'openid.discovery',
    group: 'Sign-in',
    title: 'OpenID provider',
    expected: 'it is reached, and calls itself by OIDC_ISSUER to the letter',
    needs: NEEDS,
    run: judgeDiscovery,
  },
  {
    id: 'openid.abilities',
    group: 'Sign-in',
    title: 'What it can do',
    expected: 'codes, PKCE with S256, signatures by public keys, and our way to prove our name',
    needs: [...NEEDS, 'OIDC_CLIENT_AUTH', 'OIDC_CLIENT_SECRET', 'OIDC_CLIENT_KEY'],
    run: judgeAbilities,
  },
  {
    id: 'openid.registration',
    group: 'Sign-in',
    title: 'Registered there',
    expected: 'the redirect URIs of this installation',
    needs: [...NEEDS, 'PUBLIC_URL'],
    run: ({ config: { upstream, publicUrl } }) => {
      if (upstream.oidc === undefined) return []
      const found = `${publicUrl}${CALLBACK_PATH}; after a logout ${publicUrl}${SIGNED_OUT_PATH}`
      const meaning = 'The provider sends people back to registered addresses only.'
      const next = `The client ${upstream.oidc.clientId} must have exactly these redirect URIs.`
      return [note({ found, meaning }, next)]
    },
  },
]

type Metadata = Readonly<Record<string, unknown>>

async function judgeDiscovery(examination: Examination): Promise<readonly Finding[]> {
  const { oidc } = examination.config.upstream
  if (oidc === undefined) return []
  const metadata = await readMetadata(oidc.issuer, examination)
  const url = discoveryUrl(oidc.issuer)
  if (metadata === undefined) {
    const next = 'Check OIDC_ISSUER, and the way from this machine to the provider.'
    return [error({ found: `${url}: no metadata`, meaning: LOSES }, next)]
  }
  const { issuer } = metadata
  if (issuer === oidc.issuer) return [ok(url, 'It is the provider that was meant.')]
  const found = `it calls itself ${String(issuer).slice(0, 256)}`
  const next = 'Set OIDC_ISSUER to exactly that name, if it is the provider that you mean.'
  return [error({ found, meaning: LOSES }, next)]
}

// What cannot be read is found by the check before.
async function judgeAbilities(examination: Examination): Promise<readonly Finding[]> {
  const { oidc } = examination.config.upstream
  const metadata = oidc && (await readMetadata(oidc.issuer, examination))
  if (oidc === undefined || metadata === undefined) return []
  const list = (name: string, usual: readonly string[]) => {
    const value = metadata[name]
    return Array.isArray(value) ? value.map(String) : usual
  }
  const auth = wayToProve(oidc)
  const rows: readonly Ability[] = [
    { title: 'response type', has: list('response_types_supported', ['code']), needs: ['code'] },
    {
      title: 'signature',
      has: list('id_token_signing_alg_values_supported', ['RS256']),
      needs: ALGORITHMS,
    },
    {
      title: 'client authentication',
      has: list('token_endpoint_auth_methods_supported', ['client_secret_basic']),
      needs: [auth],
    },
  ]
  return [...rows.map(judgeAbility), judgePkce(list('code_challenge_methods_supported', []))]
}

type Ability = {
  readonly title: string
  readonly has: readonly string[]
  /** One of them is enough. */
  readonly needs: readonly string[]
}

function judgeAbility({ title, has, needs }: Ability): Finding {
  const common = has.filter((each) => needs.includes(each))
  if (common.length > 0) return ok(`${title}: ${common.join(', ')}`, 'Both can do that.')
  const found = `${title}: ${has.join(', ').slice(0, 256) || 'none'}`
  const next = `Let the provider offer ${needs.slice(0, 3).join(', ')}, or set OIDC_* to what it offers.`
  return error({ found, meaning: LOSES }, next)
}

// Without the list a provider may know PKCE all the same (RFC 8414 §2 leaves it out for "none").
function judgePkce(methods: readonly string[]): Finding {
  if (methods.includes('S256')) return ok('PKCE: S256', 'A stolen code is of no use.')
  const meaning = 'It does not say that it ties a code to the browser that asked for it.'
  const next = 'Switch PKCE with S256 on at the provider; it is sent in any case.'
  return warning({ found: `PKCE: ${methods.join(', ') || 'not mentioned'}`, meaning }, next)
}

type Client = NonNullable<Examination['config']['upstream']['oidc']>

function wayToProve({ clientKey, clientSecret, clientAuth }: Client): string {
  if (clientKey !== undefined) return 'private_key_jwt'
  return clientSecret === undefined ? 'none' : `client_secret_${clientAuth}`
}

function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

async function readMetadata(
  issuer: string,
  { fetch, signal }: Examination,
): Promise<Metadata | undefined> {
  try {
    const answer = await fetch(discoveryUrl(issuer), { redirect: 'error', signal })
    const text = await answer.text()
    if (!answer.ok || text.length > MOST_CHARACTERS) return undefined
    const value: unknown = JSON.parse(text)
    // The cast holds: an object, of whose fields nothing is known.
    return typeof value === 'object' && value !== null ? (value as Metadata) : undefined
  } catch {
    return undefined
  }
}
