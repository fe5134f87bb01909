// The association result notification (Huawei: Basic Configuration; Partner Center API §11.2), read
// strictly: three form fields, Base64, one flat JSON object in which no name comes twice.

import { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import { isSingleLine } from '../base/xml-text.ts'

/** The form as it came. */
export type NoticeForm = {
  readonly bindRequest: string
  readonly sigAlg: string
  readonly signature: string
}

/** What a notification says. */
export type NoticeFacts = {
  /** Our account id, as the assertion gave it. */
  readonly xUserId: string
  /** The customer_id of the partner API. */
  readonly domainId: string
  readonly domainName: string | undefined
  /** `1` is "bound"; no other value is documented. */
  readonly bindAction: string
}

const LONGEST = 8192

const line = (longest: number) => z.string().min(1).max(longest).refine(isSingleLine)

const NOTICE = z.looseObject({
  xUserId: line(128),
  domainId: line(64),
  domainName: line(64).optional(),
  bindAction: z.union([z.int(), z.string().max(16)]).transform(String),
})

/** The three fields. Throws `BIND_BAD_MESSAGE`. */
export function readNoticeForm(form: Parameters): NoticeForm {
  return {
    bindRequest: getField(form.base64('bindRequest'), 'bindRequest'),
    sigAlg: getField(form.text('SigAlg'), 'SigAlg'),
    signature: getField(form.base64('Signature'), 'Signature'),
  }
}

function getField(value: string | undefined, field: string): string {
  if (value === undefined || value === '') throw bad('a field is missing', { field })
  if (value.length > LONGEST) throw bad('a field is too long', { field })
  return value
}

function bad(problem: string, facts: Record<string, unknown> = {}): Refusal {
  return new Refusal('BIND_BAD_MESSAGE', { problem, ...facts })
}

/** The bytes inside the Base64 text. Throws `BIND_BAD_MESSAGE` for more than one spelling. */
export function decodeNotice(bindRequest: string): Buffer {
  const bytes = Buffer.from(bindRequest, 'base64')
  if (bytes.toString('base64') !== bindRequest) throw bad('bindRequest is no Base64')
  return bytes
}

/** What the decoded notification says. Call it after the signature held. Throws `BIND_BAD_MESSAGE`. */
export function readNotice(bytes: Buffer): NoticeFacts {
  const json = readJson(bytes)
  const notice = NOTICE.safeParse(json)
  if (!notice.success) {
    throw bad('a value is missing or wrong', {
      fields: notice.error.issues.map(({ path }) => path.join('.')),
    })
  }
  const { xUserId, domainId, domainName, bindAction } = notice.data
  return { xUserId, domainId, domainName, bindAction }
}

function readJson(bytes: Buffer): unknown {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    value = JSON.parse(text)
  } catch {
    // The reason would quote the text, and with it what it says of a person.
    throw bad('bindRequest holds no JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw bad('the JSON is no object')
  }
  if (Object.values(value).some((each) => typeof each === 'object' && each !== null)) {
    throw bad('the JSON is not flat')
  }
  // JSON.parse keeps the last of two equal names; another reader may keep the first.
  const strings = text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)
  const names = [...strings].filter(([, colon]) => colon !== undefined)
  if (names.length !== Object.keys(value).length) throw bad('a name comes twice in the JSON')
  return value
}
