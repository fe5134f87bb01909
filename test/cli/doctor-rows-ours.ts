// What can be wrong with what is ours: options, keys, metadata, database, public address.

import 'reflect-metadata'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { X509CertificateGenerator } from '@peculiar/x509'
import { addDays } from '../../src/base/clock.ts'
import { siteMetadata } from '../support/build.ts'
import { keyPair, NOW } from '../support/fixed.ts'
import { answer, at, type Row, set, silence } from './doctor-row.ts'
import { URLS, type World } from './doctor-world.ts'

async function useSha1(world: World): Promise<void> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1' }
  const { privateKey, publicKey } = keyPair('house')
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: [{ CN: ['house'] }],
    notBefore: addDays(NOW, -1),
    notAfter: addDays(NOW, 900),
    signingAlgorithm: algorithm,
    keys: {
      privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']),
      publicKey: await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
    },
  })
  const { SIGNING_KEY_PASSPHRASE: passphrase = '' } = world.environment
  const lock = { cipher: 'aes-256-cbc', passphrase }
  writeFileSync(
    join(world.certs, 'signing.key'),
    privateKey.export({ format: 'pem', type: 'pkcs8', ...lock }),
  )
  writeFileSync(join(world.certs, 'signing.crt'), certificate.toString('pem'))
}

const END = new Date('2031-01-14T10:00:00Z')

/** Every one of them. */
export const OUR_ROWS: readonly Row[] = [
  {
    id: 'configuration.mode',
    title: 'sandbox mode',
    spoil: set('HUAWEI_SITE', 'sandbox'),
    level: 'note',
    says: /sandbox mode/,
  },
  {
    id: 'configuration.public-url',
    title: 'a public URL that only this machine reaches',
    spoil: set('PUBLIC_URL', 'http://localhost:3000'),
    level: 'error',
    says: /http:\/\/localhost:3000/,
  },
  {
    id: 'configuration.entity-id',
    title: 'an entity ID that is too long',
    spoil: set('PUBLIC_URL', `https://${'a23456789.'.repeat(25)}example`),
    level: 'error',
    says: /\d{3} characters/,
  },
  {
    id: 'configuration.proxy',
    title: 'https without a trusted proxy',
    spoil: set('TRUST_PROXY', 'false'),
    level: 'warning',
    says: /TRUST_PROXY is false/,
  },
  {
    id: 'configuration.proxy',
    title: 'a trusted proxy that is not there',
    spoil: set('PUBLIC_URL', 'http://localhost:3000'),
    level: 'warning',
    says: /TRUST_PROXY is 1/,
  },
  {
    id: 'keys.usable',
    title: 'a key that others can read',
    spoil: ({ certs }) => chmodSync(join(certs, 'signing.key'), 0o644),
    level: 'error',
    says: /KEY_UNUSABLE.*chmod 600/,
  },
  {
    id: 'keys.certificate',
    title: 'a certificate signed with SHA-1',
    spoil: useSha1,
    level: 'warning',
    says: /SHA-1/,
  },
  {
    id: 'keys.dates',
    title: 'a certificate that ends in 50 days',
    spoil: at(addDays(END, -50)),
    level: 'note',
    says: /50 days left/,
  },
  {
    id: 'keys.dates',
    title: 'a certificate that ends in 20 days',
    spoil: at(addDays(END, -20)),
    level: 'warning',
    says: /20 days left/,
  },
  {
    id: 'keys.dates',
    title: 'a certificate that ends in 3 days',
    spoil: at(addDays(END, -3)),
    level: 'error',
    says: /3 days left/,
  },
  {
    id: 'keys.dates',
    title: 'a certificate that has ended',
    spoil: at(addDays(END, 1)),
    level: 'error',
    says: /ended 2031-01-14/,
  },
  {
    id: 'keys.dates',
    title: 'a certificate that has not begun',
    spoil: at(addDays(NOW, -10)),
    level: 'error',
    says: /begins 2026-01-14/,
  },
  {
    id: 'keys.change',
    title: 'a step of the plan that is late',
    spoil: at(addDays(END, -50)),
    level: 'warning',
    says: /next by 2030-11-15/,
  },
  {
    id: 'keys.change',
    title: 'a change that is under way',
    spoil: async ({ shell, environment }) => void (await shell.run('keys next', { environment })),
    level: 'note',
    says: /made; next by/,
  },
  {
    id: 'keys.folder',
    title: 'a folder of keys that anybody can write to',
    spoil: ({ certs }) => chmodSync(certs, 0o777),
    level: 'error',
    says: /mode 0777/,
  },
  {
    id: 'keys.folder',
    title: 'a folder of keys that is not there',
    spoil: ({ certs }) => rmSync(certs, { recursive: true }),
    level: 'error',
    says: /no folder/,
  },
  {
    id: 'metadata.own',
    title: 'addresses in clear text',
    spoil: set('PUBLIC_URL', 'http://localhost:3000'),
    level: 'error',
    says: /http:\/\/localhost:3000\/saml\/sso/,
  },
  {
    id: 'database.address',
    title: 'a password among the variables',
    spoil: set('DATABASE_URL', 'postgres://idp:hunter2@localhost/idp'),
    level: 'warning',
    says: /a password in DATABASE_URL/,
  },
  {
    id: 'database.address',
    title: 'PostgreSQL over a network without TLS',
    spoil: set('DATABASE_URL', 'postgres://idp@db.example/idp'),
    level: 'warning',
    says: /db\.example without sslmode/,
  },
  {
    id: 'database.tables',
    title: 'a database that is not there yet',
    spoil: (world) => set('DATABASE_URL', `sqlite:${world.shell.folder}/other.db`)(world),
    level: 'note',
    says: /not made yet/,
  },
  {
    id: 'database.tables',
    title: 'a database that cannot be opened',
    spoil: (world) => set('DATABASE_URL', `sqlite:${world.shell.folder}`)(world),
    level: 'error',
    says: /STORE_UNAVAILABLE/,
  },
  {
    id: 'database.file',
    title: 'a database that others can read',
    spoil: ({ shell }) => chmodSync(join(shell.folder, 'data', 'idp.db'), 0o644),
    level: 'warning',
    says: /mode 0644/,
  },
  {
    id: 'public.metadata',
    title: 'no service at the public URL',
    spoil: silence(URLS.metadata),
    level: 'warning',
    says: /no answer/,
  },
  {
    id: 'public.metadata',
    title: 'another program at the public URL',
    spoil: answer(URLS.metadata, 200, '<html>welcome</html>'),
    level: 'error',
    says: /not ours/,
  },
  {
    id: 'public.metadata',
    title: 'another installation at the public URL',
    spoil: async ({ pages }) => {
      const xml = (await siteMetadata()).replaceAll('SPSSODescriptor', 'IDPSSODescriptor')
      pages.set(URLS.metadata, () => new Response(xml))
    },
    level: 'error',
    says: /is another document/,
  },
  {
    id: 'public.notification',
    title: 'a proxy that asks browsers to sign in first',
    spoil: answer(URLS.bind, 302),
    level: 'error',
    says: /status 302, not ours/,
  },
]
