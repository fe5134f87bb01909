// HTTP-POST (Bindings §3.5): form fields in, the message's text out; and the fields of an answer.

import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import {
  checkOneMessage,
  type DecodedMessage,
  decodeUtf8,
  type MessageName,
  readRelayState,
} from './redirect-binding.ts'
import { decodeBase64 } from './signature.ts'

/** Decodes the form. Throws `SAML_BAD_MESSAGE` or `BAD_PARAMETERS`; the body's size is bounded before. */
export function decodePost(form: Parameters, name: MessageName): DecodedMessage {
  checkOneMessage(form, name)
  // A signature beside the message means nothing in this binding; its sender thinks of the other one.
  if (form.raw('Signature') !== undefined || form.raw('SigAlg') !== undefined) {
    throw bad('a Redirect signature in a form')
  }
  const encoded = form.base64(name)
  if (encoded === undefined) throw bad(`the field ${name} is missing`)
  // Encoders wrap lines; everything else must be Base64 to the letter.
  const bytes = decodeBase64(encoded.replace(/[\r\n]/g, ''))
  if (bytes === undefined) throw bad(`${name} is no Base64`)
  return {
    binding: 'post',
    xml: decodeUtf8(bytes),
    relayState: readRelayState(form),
    detached: undefined,
  }
}

function bad(problem: string): Refusal {
  return new Refusal('SAML_BAD_MESSAGE', { problem })
}

/** The form fields that carry a message of ours. */
export function encodePost(
  name: MessageName,
  xml: string,
  relayState: string | undefined,
): Readonly<Record<string, string>> {
  const message = { [name]: Buffer.from(xml, 'utf8').toString('base64') }
  return relayState === undefined ? message : { ...message, RelayState: relayState }
}
