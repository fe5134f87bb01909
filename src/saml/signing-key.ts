// What signs for us, wherever the private key lives: in a file, read into this process, or behind a
// command (signer-command.ts). Octets go in, an RSA-SHA256 signature comes out.

import { type KeyObject, sign, type X509Certificate } from 'node:crypto'

/** A key that signs, and the certificate that proves it. */
export type SigningKey = {
  readonly certificate: X509Certificate
  /** DER as one line of Base64, as it stands in metadata and signatures. */
  readonly certificateBase64: string
  /** RSA-SHA256 (RFC 8017 §8.2) over the octets. Throws `SIGNER_FAILED` where a command signs. */
  readonly sign: (octets: Buffer) => Promise<Buffer>
}

/** The key of a file. It signs on libuv's threads, so the event loop goes on serving. */
export function createFileKey(privateKey: KeyObject, certificate: X509Certificate): SigningKey {
  return {
    certificate,
    certificateBase64: certificate.raw.toString('base64'),
    sign: (octets) =>
      new Promise((resolve, reject) => {
        sign('sha256', octets, privateKey, (error, signature) => {
          if (error === null) resolve(signature)
          else reject(error)
        })
      }),
  }
}

/** SHA-256 of a certificate's DER, as 64 small hexadecimal digits. */
export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase()
}
