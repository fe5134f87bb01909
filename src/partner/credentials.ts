// How a request proves who calls: the partner's key, and the customer it is for if there is one, come
// in; headers for a request go out.

import { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import type { ActingFor } from './acting.ts'
import { createAgencies } from './agency.ts'
import { type AccessKey, type SignableRequest, signRequest } from './ak-sk.ts'
import type { Authorization, Authorize } from './authorization.ts'
import { createTokenSource, type IamDeps, type PasswordKey } from './iam-token.ts'
import type { AnyOperation } from './operation.ts'

/** An access key signs each request; a password buys tokens. */
export type PartnerKey =
  | ({ readonly kind: 'access-key' } & Pick<AccessKey, 'accessKey' | 'secretKey'>)
  | ({ readonly kind: 'password' } & PasswordKey)

/** Proves that the partner calls, or the customer `as`. */
export type Credentials = (request: SignableRequest, as?: ActingFor) => Promise<Authorization>

export type CredentialsDeps = IamDeps & {
  /** The partner's platform id (xAccountType), by which agencies are called unless told otherwise. */
  readonly platformId?: string | undefined
  /**
   * The partner's own account id. With one, signatures of the partner's access key come with an
   * X-Domain-Id, as Huawei's SDKs send it for global services.
   */
  readonly domainId?: string | undefined
}

/**
 * Credentials from a key. Without one every request is refused with `PARTNER_NOT_CONFIGURED`, but
 * those of a customer whose own key the caller holds.
 */
export function createCredentials(key: PartnerKey | undefined, deps: CredentialsDeps): Credentials {
  const partner = partnerCredentials(key, deps)
  const agencies = createAgencies({ ...deps, partner })
  return async (request, as) => {
    if (as === undefined) return partner(request)
    if (as.kind === 'agency') return agencies(request, as)
    return { headers: signRequest(request, as, deps.clock.now()) }
  }
}

function partnerCredentials(key: PartnerKey | undefined, deps: CredentialsDeps): Authorize {
  if (key === undefined) {
    return async () => {
      throw new Refusal('PARTNER_NOT_CONFIGURED')
    }
  }
  if (key.kind === 'access-key') {
    const own = deps.domainId === undefined ? {} : { 'X-Domain-Id': deps.domainId }
    return async (request) => {
      const signed = { ...request, headers: { ...request.headers, ...own } }
      return { headers: { ...own, ...signRequest(signed, key, deps.clock.now()) } }
    }
  }
  const tokens = createTokenSource(key, deps)
  return async () => {
    const token = await tokens.get()
    return { headers: { 'X-Auth-Token': token }, discard: () => tokens.discard(token) }
  }
}

const given = z.string({ error: 'must be a text' }).min(1, 'must not be empty')

const ACTING_FOR = z.discriminatedUnion(
  'kind',
  [
    z
      .strictObject({
        kind: z.literal('agency'),
        domainId: given.optional(),
        domainName: given.optional(),
        agency: given.optional(),
        project: given.optional(),
        by: z.enum(['token', 'key'], 'must be token or key').optional(),
      })
      .refine(
        ({ domainId, domainName }) => domainId !== undefined || domainName !== undefined,
        'must name the account by domainId or domainName',
      ),
    z.strictObject({
      kind: z.literal('key'),
      accessKey: given,
      secretKey: given,
      securityToken: given.optional(),
    }),
  ],
  'must be a customer of the kind agency or key',
)

/**
 * Checks that an operation may be called for this customer, or for the partner if there is none. The
 * types say so already; this is for callers without them. Throws `PARTNER_INVALID_INPUT`.
 */
export function checkCaller(row: Pick<AnyOperation, 'title' | 'caller'>, as: unknown): void {
  const problems = findProblems(row.caller, as)
  if (problems.length > 0) {
    throw new Refusal('PARTNER_INVALID_INPUT', { title: row.title, problems })
  }
}

// Names of fields and rules, never values: one of them is a secret key.
function findProblems(caller: AnyOperation['caller'], as: unknown) {
  if (as === undefined) {
    const rule = 'must be the customer for whom the call is made'
    return caller === 'customer' ? [{ field: 'as', rule }] : []
  }
  if (caller === 'partner') {
    return [{ field: 'as', rule: 'must be left out: only the partner itself may call this' }]
  }
  const { error } = ACTING_FOR.safeParse(as)
  return (error?.issues ?? []).map(({ path, message }) => {
    return { field: ['as', ...path].join('.'), rule: message }
  })
}
