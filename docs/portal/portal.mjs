// A portal's side of the hand-off, for Node 20 or newer, without packages: signs people in at the partner
// identity provider, and out again. Run it: PORTAL_KEY=portal.key IDP=https://sso.example.com node portal.mjs

import { createPrivateKey, randomUUID, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const { IDP, PORTAL_KEY, ISSUER = 'https://portal.example.com', PORT = '8080' } = process.env
const HANDOFF = `${IDP}/sign-in/handoff`
const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const key = createPrivateKey(readFileSync(PORTAL_KEY))

/** A token for the identity provider; RS256, so the key is RSA. */
function signToken(claims, typ = 'JWT') {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const iat = Math.floor(Date.now() / 1000)
  const all = { iss: ISSUER, aud: IDP, jti: randomUUID(), iat, exp: iat + 60, ...claims }
  const text = `${encode({ alg: 'RS256', typ })}.${encode(all)}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

// Here stands your own session: who is signed in at the portal, and what that session is called.
const findCustomer = (_request) => ({ accountId: 'C-10001', sessionId: 's-1' })

/** The form that takes the browser back with the token. */
function handOff({ accountId, sessionId }, { returnTo = HANDOFF, target }) {
  // Compared before it is used: a stranger's address must not collect tokens.
  if (returnTo !== HANDOFF && !returnTo.startsWith(`${HANDOFF}?`)) return undefined
  const token = signToken({ sub: accountId, sid: sessionId, target })
  const action = returnTo.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  return `<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}"><button>Continue</button></form>`
}

/** Tells the identity provider that a customer has signed out. Try again later if it fails. */
async function tellSignOut({ accountId, sessionId }) {
  const claims = { sub: accountId, sid: sessionId, events: { [EVENT]: {} } }
  const body = new URLSearchParams({ logout_token: signToken(claims, 'logout+jwt') })
  const { status } = await fetch(`${IDP}/sign-out/portal`, { method: 'POST', body })
  if (status !== 200) throw new Error(`the identity provider answers with ${status}`)
}

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://portal')
  const customer = findCustomer(request)
  if (pathname === '/sign-out') await tellSignOut(customer)
  const page = {
    '/sso': () => handOff(customer, { returnTo: searchParams.get('return_to') ?? undefined }),
    '/open-huawei': () => handOff(customer, { target: '/launch' }),
    '/sign-out': () => 'You are signed out.',
  }[pathname]?.()
  response.writeHead(page === undefined ? 400 : 200, { 'content-type': 'text/html; charset=utf-8' })
  response.end(page ?? 'Not here.')
}).listen(Number(PORT), '127.0.0.1', function started() {
  process.stdout.write(`http://127.0.0.1:${this.address().port}\n`)
})
