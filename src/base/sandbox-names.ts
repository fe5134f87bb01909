// What the sandbox and an identity provider in sandbox mode must agree on before they have met.

/** Names and keys of the sandbox. It guards nothing: it runs on this machine with made-up data. */
export const SANDBOX = {
  platformId: 'sandbox_IDP',
  partnerId: 'sandboxpartner0001',
  accessKey: 'SANDBOXACCESSKEY0001',
  secretKey: 'sandbox-secret-key-that-guards-nothing',
  bucket: 'sandbox-files',
} as const
