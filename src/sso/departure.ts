// How the flow ends for a browser: with a message for the relying party. Decides once where a refusal goes:
// before the return address is proven it is a page, afterwards a signed status.

import type { Response } from 'express'
import { asRefusal, describe } from '../base/errors.ts'
import { encodePost } from '../saml/post-binding.ts'
import { type Addressee, buildRefusal } from '../saml/response.ts'
import type { Departure } from '../web/departure.ts'
import { describeIn } from '../web/describe-in.ts'
import type { Spoken } from '../web/language.ts'
import { noteRefusal } from '../web/refuse.ts'
import { referenceOf } from '../web/request-log.ts'
import type { SsoDeps } from './deps.ts'
import { originsBehind, type SiteDeps } from './sites.ts'
import { ANSWER_TEXTS } from './texts/answer.ts'

/** The form that posts a message to the relying party. */
export function leaveWith(
  fields: Readonly<Record<string, string>>,
  to: string,
  say: Spoken<string>,
  deps: SiteDeps,
): Departure {
  // The ACS redirects on to the console, and browsers hold the whole chain against form-action.
  const own = new URL(to).origin
  const onward = originsBehind(to, deps).filter((origin) => origin !== own)
  return { kind: 'post', to, fields, say, onward }
}

/** Who asked, and the state they want back. */
export type ReturnAddress = Addressee & { readonly relayState: string | undefined }

/**
 * A refusal after the return address is proven: a signed status, unless the code has none to tell (a
 * page of ours then). Logged here, because no page of ours will.
 */
export async function refuseTo(
  address: ReturnAddress,
  error: unknown,
  deps: SsoDeps,
  response: Response,
): Promise<Departure> {
  const refusal = asRefusal(error)
  deps.counter(refusal.code)
  const { saml, say } = describe(refusal.code)
  if (saml === undefined) return { kind: 'refusal', refusal }
  noteRefusal(response, refusal)
  const now = deps.clock.now()
  const key = deps.keyring.active()
  const message = await buildRefusal(address, saml, { ...deps, key, now, say })
  const fields = encodePost('SAMLResponse', message, address.relayState)
  const reference = referenceOf(response)
  const goesOn: Spoken<string> = (language) =>
    ANSWER_TEXTS[language].refused(describeIn(language, refusal.code).say, reference)
  return leaveWith(fields, address.acsUrl, goesOn, deps)
}
