// Refusals for whoever runs the service: keys, metadata, database, ledger.
// Part of THE table of refusals, `../error-codes.ts`.

import { type ErrorDescription, TRY_LATER } from '../error-description.ts'

export const OPERATION_CODES = {
  // Keys and metadata, for the person at the command line.
  KEY_UNUSABLE: {
    say: 'The signing key or certificate cannot be used.',
    hint: 'partner-idp keys status shows what is wrong; partner-idp init makes a pair when there is none.',
    http: 500,
  },
  METADATA_UNREACHABLE: {
    say: 'The SP metadata cannot be fetched.',
    hint: 'The log says why. Try again with partner-idp metadata refresh; the last good copy counts.',
    http: 502,
  },
  METADATA_UNTRUSTED: {
    say: 'The SP metadata is not proven by the pinned certificate.',
    hint: 'Ask the site which certificate signs its metadata, and compare it with pin.',
    http: 502,
  },
  METADATA_ROLLBACK: {
    say: 'The SP metadata that was fetched is older than the copy that is here.',
    hint: 'Somebody may be replaying it. Ask the site; to start over, change the name of the file of options.',
    http: 502,
  },
  METADATA_UNKNOWN_NAME: {
    say: 'No site of this name has its metadata fetched.',
    hint: 'partner-idp metadata status shows the names; only one with a url is refreshed or accepted.',
    http: 404,
  },
  METADATA_NOTHING_WAITS: {
    say: 'No change of this SP metadata waits to be accepted.',
    hint: 'partner-idp metadata status shows what waits.',
    http: 409,
  },
  KEY_OUT_OF_ORDER: {
    say: 'This step of the change to a new key is not due.',
    hint: 'partner-idp keys status shows where the change stands and what comes next.',
    http: 409,
  },
  KEY_NOT_CONFIRMED: {
    say: 'Nobody has confirmed that Partner Center has the next certificate.',
    hint: 'Upload the output of partner-idp metadata idp, then partner-idp keys confirm-upload SHA256.',
    http: 409,
  },
  KEY_WRONG_FINGERPRINT: {
    say: 'This is not the fingerprint of the next certificate.',
    hint: 'Compare what was uploaded with partner-idp keys status, and upload the right file.',
    http: 409,
  },
  SIGNER_FAILED: {
    say: 'An answer could not be signed.',
    hint: TRY_LATER,
    remedy:
      'Run SIGNER_COMMAND by hand as docs/keys-and-sites.md shows; facts.problem says what it did.',
    http: 503,
  },
  METADATA_UNUSABLE: {
    say: 'The SP metadata cannot be used.',
    hint: 'partner-idp metadata check FILE names the line and the remedy.',
    http: 500,
  },
  LEDGER_BROKEN: {
    say: 'The record of issued assertions has been changed, or is incomplete.',
    hint: 'Keep the database as it is and take a copy of it; everything before the named entry is proved.',
    remedy:
      'Compare with a backup: partner-idp ledger verify on each tells when it broke. docs/records.md, “The ledger”.',
    http: 500,
  },
  LEDGER_REWRITTEN: {
    say: 'The place that was noted is not in the record of issued assertions.',
    hint: 'The record was rewritten, cut off or replaced by an older backup since the note; or the note is of another house.',
    http: 500,
  },
  LEDGER_UNKNOWN: {
    say: 'This assertion is not in the record of issued assertions.',
    hint: 'Compare the ID letter by letter; run partner-idp ledger verify to know that the record is whole.',
    http: 404,
  },
  RECONCILE_RUNNING: {
    say: 'Another process is comparing with Huawei Cloud.',
    hint: 'Wait until it is done. One that was killed gives its place up after five minutes.',
    http: 409,
  },
  RECONCILE_NOT_BEGUN: {
    say: 'There is no comparison that could go on.',
    hint: 'Start one: partner-idp reconcile.',
    http: 409,
  },
  FINDING_NOT_OPEN: {
    say: 'This difference is not open any more.',
    hint: 'The list at /console/reconcile shows what is.',
    http: 409,
  },
  FINDING_STALE: {
    say: 'Huawei Cloud or this service says something else by now.',
    hint: 'Compare again: partner-idp reconcile.',
    http: 409,
  },
  BINDING_NOT_CONNECTED: {
    say: 'This customer has no connection that could be released.',
    hint: 'partner-idp users show LOGIN shows how it stands.',
    http: 409,
  },
  STORE_UNAVAILABLE: {
    say: 'The database cannot be used.',
    hint: 'Check DATABASE_URL, and that the database accepts connections.',
    http: 503,
  },
} as const satisfies Record<string, ErrorDescription>
