// Whatever a person copied → its explanation, as of the house's time.

import type { KeyObject } from 'node:crypto'
import type { House } from './house.ts'
import { explainMetadata } from './metadata.ts'
import { explainNotice } from './notice.ts'
import { addFirstUse } from './outcome.ts'
import { recognise } from './recognise.ts'
import { explainLogout, explainRequest } from './request.ts'
import { explainResponse } from './response.ts'
import type { Explanation } from './trail.ts'

export type ExplainHouse = House & {
  /** The public keys of the certificates in our metadata; asked for answers only. */
  readonly ownKeys: () => Promise<readonly KeyObject[]>
}

/** Explains a text; `undefined` when it is nothing that can be explained. It writes nothing. */
export async function explainText(
  text: string,
  house: ExplainHouse,
): Promise<Explanation | undefined> {
  const what = recognise(text)
  if (what === undefined) return undefined
  if (what.kind === 'metadata') return explainMetadata(what.xml, house)
  if (what.kind === 'notice') return explainNotice(what.read, house)
  if (what.kind === 'logout') return explainLogout(what.decode, house)
  if (what.kind === 'response') {
    return explainResponse(what.decode, house, await house.ownKeys())
  }
  const explanation = explainRequest(what.decode, house)
  const { issuer, requestId } = explanation
  if (issuer === undefined || requestId === undefined) return explanation
  const earlier = await house.store.requests.findArrived(issuer, requestId)
  return addFirstUse(explanation, earlier, house.now)
}
