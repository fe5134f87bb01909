// A signed assertion in, an EncryptedAssertion out (Core §2.3.4, XML Encryption §2): AES-GCM with a key
// for this one assertion, which is itself encrypted with the certificate of the party's metadata.

import { constants, createCipheriv, type KeyObject, publicEncrypt } from 'node:crypto'
import type { Random } from '../base/random.ts'
import { NAMESPACES } from './names.ts'
import { element, writeXml, type XmlTree } from './xml-write.ts'

/** What is encrypted how, and for whom. */
export type Encryption = {
  readonly algorithm: 'aes256-gcm' | 'aes128-gcm'
  /** An RSA key of the party. */
  readonly key: KeyObject
}

const XENC11 = 'http://www.w3.org/2009/xmlenc11#'

/** XML Encryption 1.1 §5.2.4: the names of the specification and of OpenSSL. */
const CONTENT_ALGORITHMS = {
  'aes256-gcm': { uri: `${XENC11}aes256-gcm`, cipher: 'aes-256-gcm', keyBytes: 32 },
  'aes128-gcm': { uri: `${XENC11}aes128-gcm`, cipher: 'aes-128-gcm', keyBytes: 16 },
} as const

// XML Encryption 1.0 §5.4.2, with SHA-1 for padding and mask: what every receiver knows. OAEP asks no
// resistance against collisions, so SHA-1 is no weakness here.
const KEY_ALGORITHM = `${NAMESPACES.xenc}rsa-oaep-mgf1p`
const OAEP_DIGEST = 'http://www.w3.org/2000/09/xmldsig#sha1'
const WHOLE_ELEMENT = `${NAMESPACES.xenc}Element`

// XML Encryption 1.1 §5.2.4: 96 bits in front of the ciphertext, 128 bits of tag behind it.
const IV_BYTES = 12

/** The tree, written as a document of its own and encrypted. It keeps its namespaces and signature. */
export function encryptAssertion(tree: XmlTree, encryption: Encryption, random: Random): XmlTree {
  const { uri, cipher: name, keyBytes } = CONTENT_ALGORITHMS[encryption.algorithm]
  const contentKey = random.bytes(keyBytes)
  const iv = random.bytes(IV_BYTES)
  const cipher = createCipheriv(name, contentKey, iv)
  const content = Buffer.concat([iv, cipher.update(writeXml(tree), 'utf8'), cipher.final()])
  return element('saml2:EncryptedAssertion', {}, [
    element('xenc:EncryptedData', { Type: WHOLE_ELEMENT }, [
      element('xenc:EncryptionMethod', { Algorithm: uri }),
      element('ds:KeyInfo', {}, [buildEncryptedKey(contentKey, encryption.key)]),
      buildCipherData(Buffer.concat([content, cipher.getAuthTag()])),
    ]),
  ])
}

function buildEncryptedKey(contentKey: Buffer, key: KeyObject): XmlTree {
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const encrypted = publicEncrypt({ key, padding, oaepHash: 'sha1' }, contentKey)
  return element('xenc:EncryptedKey', {}, [
    element('xenc:EncryptionMethod', { Algorithm: KEY_ALGORITHM }, [
      element('ds:DigestMethod', { Algorithm: OAEP_DIGEST }),
    ]),
    buildCipherData(encrypted),
  ])
}

function buildCipherData(bytes: Buffer): XmlTree {
  return element('xenc:CipherData', {}, [
    element('xenc:CipherValue', {}, [bytes.toString('base64')]),
  ])
}
