// Acting for a customer: the agency that the partner names goes in, the account that agreed to it
// comes out, or a temporary access key of that account. Without an agency IAM says 404.

import { z } from 'zod'
import { addSeconds } from '../../base/clock.ts'
import { type ApiAnswer, iamError } from '../api-answer.ts'
import type { LedgerDeps } from '../deps.ts'
import type { Account } from '../state.ts'
import type { ApiCaller } from './behaviour.ts'

const DEFAULT_SECONDS = 900
const MOST_SECONDS = 24 * 60 * 60

const role = z
  .object({
    domain_id: z.string().optional(),
    domain_name: z.string().optional(),
    agency_name: z.string(),
    duration_seconds: z.int().min(DEFAULT_SECONDS).max(MOST_SECONDS).optional(),
    session_user: z.object({ name: z.string().regex(/^[A-Za-z][\w.@-]{4,63}$/) }).optional(),
  })
  .refine(({ domain_id, domain_name }) => (domain_id ?? domain_name) !== undefined)

/** The part of a request that names the customer and the agency; how long is for keys only. */
export const assumedRole = z.object({
  methods: z.tuple([z.literal('assume_role')]),
  assume_role: role,
})

const keyRequest = z.object({ auth: z.object({ identity: assumedRole }) })

/** The customer, or what IAM says instead. */
export type Taken = { readonly account: Account } | { readonly refused: ApiAnswer }

/** The account that has an agency of that name. Only the partner may ask. */
export function takeRole(
  asked: z.infer<typeof role>,
  caller: ApiCaller | undefined,
  { state }: Pick<LedgerDeps, 'state'>,
): Taken {
  if (caller === undefined) {
    const say = 'The request you have made requires authentication.'
    return { refused: iamError(401, 'Unauthorized', say) }
  }
  if (caller.kind !== 'partner') {
    const say = 'You are not authorized to perform the requested action: assume_role.'
    return { refused: iamError(403, 'Forbidden', say) }
  }
  const { domain_id: id, domain_name: name, agency_name: agency } = asked
  const account = state
    .read()
    .accounts.find(
      (one) => (id ?? one.domainId) === one.domainId && (name ?? one.domainName) === one.domainName,
    )
  if (account === undefined) {
    return { refused: iamError(404, 'Not Found', `Could not find domain: ${id ?? name}.`) }
  }
  if (account.agency !== agency) {
    return { refused: iamError(404, 'Not Found', `Could not find agency: ${agency}.`) }
  }
  return { account }
}

/** `POST /v3.0/OS-CREDENTIAL/securitytokens`: an access key for 15 minutes to 24 hours. */
export function createTemporaryKey(
  { body, caller }: { readonly body: unknown; readonly caller: ApiCaller | undefined },
  deps: LedgerDeps,
): ApiAnswer {
  const request = keyRequest.safeParse(body)
  if (!request.success) return iamError(400, 'Bad Request', 'The request body is invalid.')
  const asked = request.data.auth.identity.assume_role
  const taken = takeRole(asked, caller, deps)
  if ('refused' in taken) return taken.refused

  const now = deps.clock.now()
  const expiresAt = addSeconds(now, asked.duration_seconds ?? DEFAULT_SECONDS).toISOString()
  const key = {
    accessKey: `TEMPORARY${deps.random.bytes(8).toString('hex').toUpperCase()}`,
    secretKey: deps.random.bytes(30).toString('base64url'),
    securityToken: deps.random.bytes(600).toString('base64url'),
    expiresAt,
    domainId: taken.account.domainId,
  }
  const live = deps.state.read().temporaryKeys.filter((one) => new Date(one.expiresAt) > now)
  deps.state.change({ temporaryKeys: [...live, key] })
  const credential = {
    access: key.accessKey,
    secret: key.secretKey,
    securitytoken: key.securityToken,
    expires_at: expiresAt.replace(/Z$/, '000Z'),
  }
  return { status: 201, body: { credential } }
}
