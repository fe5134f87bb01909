// A call that is made up to the last step: everything is built and signed as ever, and shown in place
// of being sent.

import type { Fetch } from '../../partner/exchange.ts'
import { isSecretName } from '../../partner/field.ts'
import type { Cli } from '../context.ts'
import { printJson } from '../output.ts'
import { MASK } from './input.ts'
import { type PreparedCall, withMethod } from './prepared.ts'
import type { Form } from './print.ts'

/** A request as it would be sent, its secrets masked. */
export type ShownRequest = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The exact text but for what is masked; empty if there is none. */
  readonly body: string
}

export type DryRun = {
  readonly request: ShownRequest
  /** What IAM would be asked before, as method and address. */
  readonly before: readonly string[]
}

/**
 * Makes the call with a fetch that sends nothing: IAM's answers are made up, and the operation's own
 * request ends the call. Throws what the call throws when no request comes of it.
 */
export async function runDry(call: PreparedCall, cli: Cli): Promise<DryRun> {
  const before: string[] = []
  const requests: ShownRequest[] = []
  const fetch: Fetch = async (address, init) => {
    const url = new URL(String(address))
    const { method = 'GET', headers, body } = init ?? {}
    const answer = answerOfIam(url)
    if (answer !== undefined) {
      before.push(`${method} ${url.href}`)
      return answer
    }
    requests.push(show({ method, url, headers: new Headers(headers), body: String(body ?? '') }))
    throw new Error('a dry run sends nothing')
  }

  try {
    await withMethod(call, { ...cli, partnerFetch: fetch }, async (method) => {
      await method(call.input, { ...call.callOptions, patience: 'none' })
    })
  } catch (error) {
    if (requests.length === 0) throw error
  }
  const [request] = requests
  if (request === undefined) throw new Error('the call made no request')
  return { request, before }
}

// Good until long after the call is over, by any clock.
const NEVER = '2999-12-31T00:00:00.000000Z'

// By path: the sandbox's IAM has the same address as its partner API.
function answerOfIam({ pathname }: URL): Response | undefined {
  if (pathname.endsWith('/v3.0/OS-CREDENTIAL/securitytokens')) {
    const credential = { access: MASK, secret: MASK, securitytoken: MASK, expires_at: NEVER }
    return Response.json({ credential }, { status: 201 })
  }
  if (!pathname.endsWith('/v3/auth/tokens')) return undefined
  const headers = { 'X-Subject-Token': MASK }
  return Response.json({ token: { expires_at: NEVER } }, { status: 201, headers })
}

type Built = {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: string
}

function show({ method, url, headers, body }: Built): ShownRequest {
  for (const name of url.searchParams.keys()) {
    if (isSecretName(name)) url.searchParams.set(name, MASK)
  }
  const shown = [...headers].map(([name, value]) => [name, maskHeader(name, value)] as const)
  return {
    method,
    url: url.href,
    headers: { host: url.host, ...Object.fromEntries(shown) },
    body: maskBody(body),
  }
}

const SECRET_HEADERS: ReadonlySet<string> = new Set(['x-auth-token', 'x-security-token'])

function maskHeader(name: string, value: string): string {
  if (SECRET_HEADERS.has(name)) return MASK
  return name === 'authorization' ? maskAuthorization(value) : value
}

// The scheme, the end of the access key and the signed names tell what is wrong; the signature is as
// good as a key for fifteen minutes.
function maskAuthorization(value: string): string {
  const parts = /^(\S+) Access=([^,]*), (SignedHeaders=[^,]*), Signature=/.exec(value)
  if (parts === null) return MASK
  const [, scheme, accessKey = '', signed] = parts
  const end = accessKey.length >= 8 ? accessKey.slice(-4) : ''
  return `${scheme} Access=${MASK}${end}, ${signed}, Signature=${MASK}`
}

// On the text, because reading and writing it again would change the digits of its numbers.
function maskBody(body: string): string {
  return body.replace(/"(\w+)":"(?:[^"\\]|\\.)*"/g, (pair, name: string) => {
    return isSecretName(name) ? `"${name}":"${MASK}"` : pair
  })
}

/** Prints it: the request as on the wire, or as JSON. */
export function printDryRun({ request, before }: DryRun, form: Form, cli: Cli): void {
  for (const asked of before) cli.stderr.write(`before it: ${asked}\n`)
  cli.stderr.write('dry run: nothing was sent\n')
  if (form !== 'table') {
    printJson(cli.stdout, request)
    return
  }
  cli.stdout.write(`${request.method} ${request.url}\n`)
  for (const [name, value] of Object.entries(request.headers)) {
    cli.stdout.write(`${name}: ${value}\n`)
  }
  if (request.body !== '') cli.stdout.write(`\n${request.body}\n`)
}
