// The room's front door: addresses and a key come in, the catalogue as typed methods goes out.

import { CATALOGUE, type Catalogue } from './catalogue/index.ts'
import { createCredentials, type PartnerKey } from './credentials.ts'
import type { Client } from './operation.ts'
import { createSend, type SendDeps } from './send.ts'

export type PartnerClient = Client<Catalogue>

export type PartnerClientDeps = Pick<SendDeps, 'fetch' | 'clock' | 'log' | 'bssUrl'> & {
  readonly iamUrl: string
  /** Without one every call is refused with `PARTNER_NOT_CONFIGURED`. */
  readonly key: PartnerKey | undefined
  /** How long to wait for one answer. */
  readonly timeoutSeconds: number
}

/** A client of the partner API. It connects to nothing before its first call. */
export function createPartnerClient(deps: PartnerClientDeps): PartnerClient {
  const deadline = () => AbortSignal.timeout(deps.timeoutSeconds * 1000)
  const credentials = createCredentials(deps.key, { ...deps, deadline })
  const send = createSend({ ...deps, deadline, credentials })

  const methods = Object.entries(CATALOGUE).map(([name, row]) => [
    name,
    (input: unknown) => send(name, row, input),
  ])
  // The cast holds because each method's result came out of the schema of its own row.
  return Object.fromEntries(methods) as PartnerClient
}
