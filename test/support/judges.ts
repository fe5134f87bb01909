// Judges of our XML that share no code with us: libxml2 with the OASIS schemas, xmlsec1, and node-saml
// in the part of a service provider.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'

const run = promisify(execFile)

const SCHEMAS = join(import.meta.dirname, 'schemas')

/** What each judge needs: Debian's packages libxml2-utils, opensaml-schemas, xmltooling-schemas, xmlsec1. */
const NEEDS = {
  xmllint: ['/usr/share/xml/opensaml', '/usr/share/xml/xmltooling'],
  xmlsec1: [],
} as const

/** For a test's `skip`: why the judge cannot come. In CI it must come, so the test fails instead. */
export function skipWithout(judge: keyof typeof NEEDS): string | false {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const isThere = folders.some((folder) => existsSync(join(folder, judge)))
  if (process.env['CI'] || (isThere && NEEDS[judge].every((folder) => existsSync(folder)))) {
    return false
  }
  return `${judge} with its schemas is not installed`
}

/** What the schemas of SAML 2.0 have against a message or metadata; empty when it is valid. */
export function schemaComplaints(xml: string): Promise<string> {
  return withFile(xml, async (file) => {
    const catalog = { XML_CATALOG_FILES: join(SCHEMAS, 'catalog.xml') }
    const schema = join(SCHEMAS, 'saml-all.xsd')
    const outcome = await run('xmllint', ['--nonet', '--noout', '--schema', schema, file], {
      env: { ...process.env, ...catalog },
    }).catch(complaintsOf)
    return typeof outcome === 'string' ? outcome : ''
  })
}

/** Whether xmlsec1 verifies the signature of the element whose name is `{namespace}:{local}`. */
export function xmlsecVerifies(
  xml: string,
  element: 'Assertion' | 'Response',
  certificatePem: string,
): Promise<boolean> {
  const kind = element === 'Assertion' ? 'assertion' : 'protocol'
  const name = `urn:oasis:names:tc:SAML:2.0:${kind}:${element}`
  return withFile(xml, (file) => {
    return withFile(certificatePem, async (certificate) => {
      // Without --enabled-key-data rsa it would trust the certificate that comes with the message.
      const options = ['--verify', '--enabled-key-data', 'rsa', '--id-attr:ID', name]
      const outcome = await run('xmlsec1', [
        ...options,
        '--pubkey-cert-pem',
        certificate,
        file,
      ]).catch(complaintsOf)
      return typeof outcome !== 'string'
    })
  })
}

/** The document with its encrypted element opened by xmlsec1; rejects when the key does not fit. */
export function decryptWithXmlsec(xml: string, privateKeyPem: string): Promise<string> {
  return withFile(xml, (file) => {
    return withFile(privateKeyPem, async (key) => {
      const { stdout } = await run('xmlsec1', ['--decrypt', '--privkey-pem', key, file])
      return stdout
    })
  })
}

// A judge's no is an exit code; everything else, such as a judge that is not there, is a fault.
function complaintsOf(error: unknown): string {
  if (error instanceof Error && 'stderr' in error && 'code' in error && error.code !== 'ENOENT') {
    return String(error.stderr)
  }
  throw error
}

async function withFile<T>(content: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-judge-'))
  try {
    const file = join(folder, 'content')
    await writeFile(file, content)
    return await use(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** How node-saml is set up to receive our answer. */
export type NodeSamlSetting = {
  readonly audience: string
  readonly acsUrl: string
  readonly certificatePem: string
  /** What must be signed: the assertion, unless told otherwise. */
  readonly signed?: 'assertion' | 'response' | 'both'
  /** Opens what is encrypted. */
  readonly decryptionPem?: string
}

/**
 * What node-saml reads in a signed answer; rejects when it does not accept it. It asks the machine for
 * the time, so the answer must be of now.
 */
export async function readWithNodeSaml(xml: string, setting: NodeSamlSetting) {
  const { signed = 'assertion', decryptionPem } = setting
  const site = new SAML({
    issuer: setting.audience,
    audience: setting.audience,
    callbackUrl: setting.acsUrl,
    idpCert: setting.certificatePem,
    wantAssertionsSigned: signed !== 'response',
    wantAuthnResponseSigned: signed !== 'assertion',
    ...(decryptionPem === undefined ? {} : { decryptionPvk: decryptionPem }),
    validateInResponseTo: ValidateInResponseTo.never,
  })
  const SAMLResponse = Buffer.from(xml, 'utf8').toString('base64')
  const { profile } = await site.validatePostResponseAsync({ SAMLResponse })
  if (profile === null) throw new Error('node-saml found nobody in the answer')
  return profile
}
