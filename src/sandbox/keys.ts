// The sandbox's keys: one that signs as Huawei Cloud (SAML requests and bind notifications, as there)
// and one that signs hand-off tokens as the portal. Made at the first start, kept in the data folder.

// @peculiar/x509 needs it, and needs it first.
import 'reflect-metadata'

import { generateKeyPairSync, KeyObject } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { X509Certificate, X509CertificateGenerator } from '@peculiar/x509'
import { calculateJwkThumbprint, exportJWK, importPKCS8, type JWK } from 'jose'
import type { Clock } from '../base/clock.ts'
import type { Random } from '../base/random.ts'

/** The key Huawei Cloud signs with. */
export type SpKey = {
  /** PKCS #8, PEM. */
  readonly privateKey: string
  /** DER in Base64, in lines of 64 characters as Huawei's metadata has it. */
  readonly certificate: string
}

/** The key the portal signs hand-off tokens with (ES256). */
export type PortalKey = {
  readonly privateKey: Awaited<ReturnType<typeof importPKCS8>>
  /** As published at /portal/jwks.json. */
  readonly publicJwk: JWK
  readonly kid: string
}

const YEARS_VALID = 10

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

/** Reads `sp.key` and `sp.crt`, or makes them: RSA-2048 with a certificate it signed itself. */
export async function openSpKey(
  folder: string,
  deps: { readonly clock: Clock; readonly random: Random },
): Promise<SpKey> {
  const keyPath = join(folder, 'sp.key')
  const certificatePath = join(folder, 'sp.crt')
  if (!existsSync(keyPath) || !existsSync(certificatePath)) {
    const made = await makeSpKey(deps)
    writeFileSync(keyPath, made.privateKey, { mode: 0o600 })
    writeFileSync(certificatePath, made.certificate)
  }
  return {
    privateKey: readFileSync(keyPath, 'utf8'),
    certificate: inLines(new X509Certificate(readFileSync(certificatePath, 'utf8')).rawData),
  }
}

async function makeSpKey(deps: { readonly clock: Clock; readonly random: Random }) {
  const keys = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const notBefore = deps.clock.now()
  const notAfter = new Date(notBefore)
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + YEARS_VALID)
  const certificate = await X509CertificateGenerator.createSelfSigned({
    // RFC 5280 §4.1.2.2: a positive number; the leading 01 keeps the first bit clear.
    serialNumber: `01${deps.random.bytes(15).toString('hex')}`,
    name: 'CN=sandbox.huaweicloud.test, O=Sandbox Huawei Cloud',
    notBefore,
    notAfter,
    signingAlgorithm: RSA,
    keys,
  })
  return {
    privateKey: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: certificate.toString('pem'),
  }
}

/** A key that Huawei Cloud does not know, for the scenarios with forged signatures. PKCS #8, PEM. */
export function makeForeignKey(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey
}

/** Reads `portal.key`, or makes it: P-256. */
export async function openPortalKey(folder: string): Promise<PortalKey> {
  const path = join(folder, 'portal.key')
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    writeFileSync(path, privateKey, { mode: 0o600 })
  }
  const privateKey = await importPKCS8(readFileSync(path, 'utf8'), 'ES256', { extractable: true })
  const { d: _private, ...publicPart } = await exportJWK(privateKey)
  const kid = await calculateJwkThumbprint(publicPart)
  return { privateKey, kid, publicJwk: { ...publicPart, kid, alg: 'ES256', use: 'sig' } }
}

function inLines(der: ArrayBuffer): string {
  const base64 = Buffer.from(der).toString('base64')
  return (base64.match(/.{1,64}/g) ?? []).join('\n')
}
