// Refusals of the subscribed files, their bucket and the attachments, for the person at the command line.
// Part of THE table of refusals, `../error-codes.ts`.

import type { ErrorDescription } from '../error-description.ts'

const NOTHING_CHANGED = 'Nothing was changed: what was imported before still counts.'

export const FILES_CODES = {
  FILES_NOT_CONFIGURED: {
    say: 'No bucket is configured.',
    hint: 'Set OBS_ENDPOINT, OBS_BUCKET, OBS_ACCESS_KEY and OBS_SECRET_KEY, or name a file with --from.',
    http: 503,
  },
  FILES_NOT_FOUND: {
    say: 'There is no such file.',
    hint: 'Check the month and the subscription: usage is made daily, a bill by the 5th of the next month.',
    http: 404,
  },
  FILES_UNREADABLE: {
    say: 'A file cannot be read.',
    hint: NOTHING_CHANGED,
    remedy: 'facts.problem says why; check the path, its permissions, or the network.',
    http: 502,
  },
  FILES_BUCKET_REFUSED: {
    say: 'The bucket refused the request.',
    hint: 'Check OBS_ENDPOINT (the region of the bucket), OBS_BUCKET, the key and its permissions, and the clock.',
    http: 502,
  },
  FILES_BUCKET_UNREACHABLE: {
    say: 'The bucket does not answer.',
    hint: 'Check OBS_ENDPOINT and the network, and try again.',
    http: 504,
  },
  FILES_WRONG_NAME: {
    say: 'The name of the file is not that of a subscribed file.',
    hint: 'Keep the names Huawei gives: customerUsageV2_YYYYMM_YYYYMMDD.tar.gz, customerBill_YYYYMM.tar.gz.',
    http: 400,
  },
  FILES_TOO_LARGE: {
    say: 'The archive is larger than an import takes.',
    hint: NOTHING_CHANGED,
    remedy:
      'facts name the limit of docs/files.md. Huawei makes no such archives: look where it is from.',
    http: 413,
  },
  FILES_BAD_ARCHIVE: {
    say: 'The archive is broken.',
    hint: NOTHING_CHANGED,
    remedy:
      'Fetch the archive again; facts name the entry and the row up to which it could be read.',
    http: 422,
  },
  FILES_MISSING_COLUMN: {
    say: 'A file of the archive lacks columns that are needed.',
    hint: NOTHING_CHANGED,
    remedy:
      'Compare its first line with docs/files.md. A new heading is a row in src/files/columns.ts.',
    http: 422,
  },
  FILES_BAD_ROW: {
    say: 'A row of the file cannot be read.',
    hint: NOTHING_CHANGED,
    remedy: 'facts name entry, row and column. The first line of an entry is row 1.',
    http: 422,
  },
  FILES_OUTRUN: {
    say: 'This import took so long that it was given up for dead.',
    hint: 'Import the file again.',
    http: 409,
  },
  FILES_NOT_IMPORTED: {
    say: 'No file of this month is imported.',
    hint: 'partner-idp files list shows what is; partner-idp files import brings a month in.',
    http: 404,
  },
  ATTACHMENT_WRONG_TYPE: {
    say: 'The file is not of a kind that Huawei Cloud takes as proof of identity.',
    hint: 'Use jpg, jpeg, bmp, png, gif or pdf, with the ending that the content has.',
    http: 415,
  },
  ATTACHMENT_TOO_LARGE: {
    say: 'The file is larger than 10 MB.',
    hint: 'Make it smaller: Huawei Cloud answers CBC.99000099 to a larger one.',
    http: 413,
  },
  ATTACHMENT_BAD_NAME: {
    say: 'The file cannot have this name in the bucket.',
    hint: 'Use letters, digits, dots, hyphens and underscores, with / between folders, or choose a name with --as.',
    http: 400,
  },
  ATTACHMENT_INCOMPLETE: {
    say: 'These are not the files that this kind of proof consists of.',
    hint: 'Name them all, in the order that is shown.',
    http: 400,
  },
  ATTACHMENT_NAME_TAKEN: {
    say: "The bucket has a file of this name, which may be another customer's.",
    hint: 'Choose another name with --as, or replace the file with --replace.',
    http: 409,
  },
} as const satisfies Record<string, ErrorDescription>
