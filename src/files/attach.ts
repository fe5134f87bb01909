// Uploads attachments to the folder of the bucket that Huawei reads them from.

import { Refusal } from '../base/errors.ts'
import type { Attachment } from './attachment.ts'
import type { Bucket } from './bucket.ts'

const FOLDER = 'download/'

/**
 * Uploads the attachments in their order. Throws `ATTACHMENT_NAME_TAKEN` before anything is uploaded,
 * unless it may replace what is there, and the refusals of the bucket.
 */
export async function uploadAttachments(
  attachments: readonly Attachment[],
  bucket: Bucket,
  mayReplace: boolean,
): Promise<void> {
  // The bucket replaces without a word, and a passport's picture may be another person's.
  for (const { url } of mayReplace ? [] : attachments) {
    for await (const { key } of bucket.list(`${FOLDER}${url}`)) {
      if (key === `${FOLDER}${url}`) throw new Refusal('ATTACHMENT_NAME_TAKEN', { name: url })
    }
  }
  for (const { url, content, contentType } of attachments) {
    await bucket.put(`${FOLDER}${url}`, content, contentType)
  }
}
