// Attachments of a real-name authentication: files in; what they are by their content, and the names under
// which the bucket keeps them in Huawei's order, out.

import { extname } from 'node:path'
import { Refusal } from '../base/errors.ts'

/** Of what a proof of identity consists, in the order of `verified_file_url`. */
export const PROOFS = {
  passport: ['data page', 'hand-held data page'],
  permit: ['front', 'back', 'hand-held front'],
  company: ['front', 'back', 'person'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Proof = keyof typeof PROOFS

const MOST_BYTES = 10 * 1024 * 1024

type Kind = {
  readonly endings: readonly string[]
  readonly contentType: string
  readonly starts: readonly string[]
}

/** What Huawei takes, by the first bytes of the content (latin1). */
const KINDS: readonly Kind[] = [
  { endings: ['.jpg', '.jpeg'], contentType: 'image/jpeg', starts: ['\xff\xd8\xff'] },
  { endings: ['.png'], contentType: 'image/png', starts: ['\x89PNG\r\n\x1a\n'] },
  { endings: ['.gif'], contentType: 'image/gif', starts: ['GIF87a', 'GIF89a'] },
  { endings: ['.bmp'], contentType: 'image/bmp', starts: ['BM'] },
  { endings: ['.pdf'], contentType: 'application/pdf', starts: ['%PDF-'] },
]

/** A file that somebody attaches. */
export type Given = { readonly name: string; readonly content: Uint8Array }

/** An attachment that may be uploaded. */
export type Attachment = Given & {
  readonly contentType: string
  /** Relative to `download/`: what `verified_file_url` lists. Huawei minds upper and lower case. */
  readonly url: string
}

/** Under which names, and as which proof. */
export type AttachmentPlan = {
  /** Without an ending; several files get -1, -2, … Each keeps its own name without one. */
  readonly as: string | undefined
  readonly proof: Proof | undefined
}

/**
 * Checks the files in their order. Throws `ATTACHMENT_INCOMPLETE`, `ATTACHMENT_TOO_LARGE`,
 * `ATTACHMENT_WRONG_TYPE` and `ATTACHMENT_BAD_NAME`.
 */
export function checkAttachments(
  files: readonly Given[],
  { as, proof }: AttachmentPlan,
): readonly Attachment[] {
  if (proof !== undefined && files.length !== PROOFS[proof].length) {
    const wanted = PROOFS[proof].map((role, at) => `${at + 1}. ${role}`).join(', ')
    throw new Refusal('ATTACHMENT_INCOMPLETE', { proof, wanted, given: files.length })
  }
  const attachments = files.map((file, at) => {
    const stem = as !== undefined && files.length > 1 ? `${as}-${at + 1}` : as
    return checkAttachment(file, stem)
  })
  const urls = attachments.map(({ url }) => url)
  const twice = urls.find((url, at) => urls.indexOf(url) !== at)
  if (twice !== undefined) throw badName(twice, 'two files would have it')
  return attachments
}

function checkAttachment(file: Given, stem: string | undefined): Attachment {
  const { name, content } = file
  if (content.length > MOST_BYTES) {
    throw new Refusal('ATTACHMENT_TOO_LARGE', { file: name, bytes: content.length })
  }
  const ending = extname(name)
  const start = Buffer.from(content.subarray(0, 16)).toString('latin1')
  const kind = KINDS.find(({ starts }) => starts.some((bytes) => start.startsWith(bytes)))
  if (kind === undefined || !kind.endings.includes(ending.toLowerCase())) {
    const content = kind?.contentType ?? 'unknown'
    throw new Refusal('ATTACHMENT_WRONG_TYPE', { file: name, ending, content })
  }
  const url = stem === undefined ? name : `${stem}${ending}`
  const isSafe = url.split('/').every((part) => /^[A-Za-z0-9_][\w.-]{0,99}$/.test(part))
  if (!isSafe || url.length > 255) throw badName(url, 'it has other characters')
  return { ...file, contentType: kind.contentType, url }
}

function badName(name: string, problem: string): Refusal {
  return new Refusal('ATTACHMENT_BAD_NAME', { name, problem })
}
