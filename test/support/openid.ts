// An OpenID provider of the world outside: oidc-provider on a free port, whose ID tokens a test can bend on
// their way to us and whose keys it can change.

import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mock } from 'node:test'
import {
  decodeJwt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose'
import Provider from 'oidc-provider'
import type { Browser, Seen } from './browser.ts'
import { freshDatabase, type Lifetime, type TestEngine } from './engines.ts'
import { type House, startHouse } from './house.ts'

/** What the provider knows of everybody: the subject is the name they type. */
export type Claims = Readonly<Record<string, unknown>>

export type OpenId = {
  readonly issuer: string
  /** The key that signs at the moment. */
  readonly key: () => JWK
  /** Signs by a new key from now on, and publishes no other. */
  readonly changeKey: () => Promise<void>
  /** What becomes of each ID token before it is sent. */
  bend: (idToken: string) => string | Promise<string>
  /** What is said of each subject. */
  claims: (subject: string) => Claims
  /** Set before `changeKey`: the public key of a client that has no secret. */
  clientKey?: JWK
  /** Whether it answers at all. */
  isUp: boolean
}

export const CLIENT = { id: 'partner-idp', secret: 'a-secret-of-the-tests-1234567890' } as const

export type World = { readonly house: House; readonly openId: OpenId }

/** A house that offers passwords and a provider, which anybody may come from. */
export async function startWorld(
  t: Lifetime,
  engine: TestEngine,
  environment: Readonly<Record<string, string>> = {},
): Promise<World> {
  let url = ''
  const openId = await startOpenId(t, () => url)
  const house = await startHouse(t, {
    databaseUrl: await freshDatabase(t, engine),
    environment: {
      OIDC_ISSUER: openId.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: 'North Wind',
      OIDC_ACCOUNTS: 'create',
      SIGN_IN_METHODS: 'local oidc',
      ...environment,
    },
  })
  url = house.url
  await openId.changeKey()
  return { house, openId }
}

/** Starts the provider for the house at `houseUrl` and stops it when the test ends. */
async function startOpenId(test: Lifetime, houseUrl: () => string): Promise<OpenId> {
  // It warns of what is wanted here: a provider that forgets everything and asks for no password.
  for (const method of ['info', 'warn'] as const) mock.method(console, method, () => undefined)
  let provider: Provider | undefined
  let callback: RequestListener | undefined
  let key: JWK = {}
  const server = createServer((request, response) => {
    if (!openId.isUp) {
      response.writeHead(503).end()
      return
    }
    if (request.url === '/token') bendAnswer(response, (token) => openId.bend(token))
    void callback?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  test.after(async () => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const openId: OpenId = {
    issuer,
    key: () => key,
    changeKey: async () => {
      const { privateKey } = await generateKeyPair('RS256', { extractable: true })
      key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: `k${Math.random()}` }
      const claimsOf = (id: string) => openId.claims(id)
      const { clientKey } = openId
      provider = build({ issuer, key, houseUrl: houseUrl(), claimsOf, clientKey })
      callback = provider.callback()
    },
    bend: (token) => token,
    claims: () => ({}),
    isUp: true,
  }
  await openId.changeKey()
  return openId
}

function build(told: {
  readonly issuer: string
  readonly key: JWK
  readonly houseUrl: string
  readonly claimsOf: (subject: string) => Claims
  /** By whose private half the client proves itself; its secret without one. */
  readonly clientKey: JWK | undefined
}): Provider {
  const { issuer, key, houseUrl, claimsOf, clientKey } = told
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        ...(clientKey === undefined
          ? { client_secret: CLIENT.secret }
          : {
              token_endpoint_auth_method: 'private_key_jwt' as const,
              token_endpoint_auth_signing_alg: 'RS256' as const,
              jwks: { keys: [clientKey as never] },
            }),
        redirect_uris: [`${houseUrl}/sign-in/oidc/callback`],
        post_logout_redirect_uris: [`${houseUrl}/sign-in/oidc/signed-out`],
      },
    ],
    jwks: { keys: [key as never] },
    cookies: { keys: ['a key of the tests'] },
    claims: {
      openid: ['sub', 'auth_time'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    findAccount: async (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, ...claimsOf(sub) }),
    }),
    pkce: { required: () => true },
  })
  provider.on('server_error', () => undefined)
  return provider
}

// The token endpoint answers in one piece of JSON.
function bendAnswer(
  response: ServerResponse,
  bend: (token: string) => string | Promise<string>,
): void {
  const end = response.end.bind(response)
  response.end = ((body: unknown) => {
    const send = async () => {
      const answer = JSON.parse(String(body)) as { id_token?: string }
      const { id_token: token } = answer
      const bent = token === undefined ? answer : { ...answer, id_token: await bend(token) }
      const text = JSON.stringify(bent)
      response.setHeader('content-length', Buffer.byteLength(text))
      end(text)
    }
    void send()
    return response
  }) as typeof response.end
}

export type Bend = (token: string, openId: OpenId) => string | Promise<string>

/** The token again, with other claims, signed by the provider's own key. */
export function resigned(change: (claims: JWTPayload) => JWTPayload): Bend {
  return async (token, openId) => {
    const key = openId.key()
    return new SignJWT(change(decodeJwt(token)))
      .setProtectedHeader({ alg: 'RS256', kid: key.kid ?? '' })
      .sign(await importJWK(key, 'RS256'))
  }
}

/** Follows the button of the sign-in page, and signs in over there. */
export async function signInBy(
  { house }: World,
  browser: Browser,
  subject: string,
  query = '',
): Promise<Seen> {
  return signInThere(browser, await browser.go(`${house.url}/sign-in/oidc${query}`), subject)
}

/** The code on a page that refuses somebody. */
export function refusalIn({ body }: Seen): string | undefined {
  return /\b((?:UPSTREAM|ACCOUNT)_[A-Z_]+)\b/.exec(body)?.[1]
}

/** Signs in as `subject` on the provider's own pages, comes back and goes on wherever that leads. */
export async function signInThere(browser: Browser, start: Seen, subject: string): Promise<Seen> {
  return browser.settle(await comeBack(browser, start, subject))
}

/** The same as far as the first page of ours. */
export async function comeBack(browser: Browser, start: Seen, subject: string): Promise<Seen> {
  let seen = start
  for (let turn = 0; turn < 3 && seen.url.includes('/interaction/'); turn += 1) {
    const path = new URL(seen.url).pathname
    const isLogin = seen.body.includes('name="login"')
    seen = await browser.submit(seen, path, isLogin ? { login: subject, password: 'any' } : {})
  }
  return seen
}
