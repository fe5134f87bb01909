// What can be wrong with others: the sites that we trust, Huawei Cloud, the portal.

import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, addSeconds } from '../../src/base/clock.ts'
import { SITE, siteMetadata, smallMetadata } from '../support/build.ts'
import { keyPair, NOW } from '../support/fixed.ts'
import { signMetadata } from '../support/sign-metadata.ts'
import { answer, at, failing, type Row, silence } from './doctor-row.ts'
import { GOOD_TLS, URLS, type World } from './doctor-world.ts'

const iamDate = (seconds: number) => (world: World) => {
  const date = addSeconds(NOW, seconds).toUTCString()
  world.pages.set(URLS.iam, () => new Response(null, { headers: { date } }))
}
const site = (make: (xml: string) => Promise<string> | string) => async (world: World) => {
  world.saveSite(await make(await siteMetadata()))
}
const tls = (changed: Partial<typeof GOOD_TLS>) => (world: World) => {
  world.connect = async () => ({ address: '192.0.2.1', tls: { ...GOOD_TLS, ...changed } })
}
const pem = (key: ReturnType<typeof keyPair>['publicKey'], type: 'spki' | 'pkcs8') => {
  return (world: World) => {
    const path = join(world.shell.folder, 'portal.pem')
    writeFileSync(path, key.export({ format: 'pem', type }))
    world.environment['PORTAL_KEYS'] = path
  }
}

const EAST = 'https://east.partner.example'
/** A portal beside the first, whose keys are there and whose page is not. */
export const secondPortal = (world: World) => {
  const keys = join(world.shell.folder, 'east.pem')
  const { publicKey } = keyPair('site')
  writeFileSync(keys, publicKey.export({ format: 'pem', type: 'spki' }))
  const entry = { name: 'east', issuer: EAST, keys, signInUrl: `${EAST}/sign-in` }
  const file = join(world.shell.folder, 'portals.json')
  writeFileSync(file, JSON.stringify([entry]))
  world.environment['PORTALS_FILE'] = file
  return { keys }
}

/** Every one of them. */
export const THEIR_ROWS: readonly Row[] = [
  {
    id: 'sites.trusted',
    title: 'metadata that is no XML',
    spoil: site(() => 'not found'),
    level: 'error',
    says: /huawei\.xml:1: it is no XML/,
  },
  {
    id: 'sites.trusted',
    title: 'one entity ID in two files',
    spoil: async ({ metadata }) => {
      writeFileSync(join(metadata, 'twin.xml'), await siteMetadata())
    },
    level: 'error',
    says: /is in .*huawei\.xml already/,
  },
  {
    id: 'sites.trusted',
    title: 'no site at all',
    spoil: ({ metadata }) => {
      rmSync(metadata, { recursive: true })
      mkdirSync(metadata)
    },
    level: 'error',
    says: /^no site$/,
  },
  {
    id: 'sites.folder',
    title: 'a folder of sites that anybody can write to',
    spoil: ({ metadata }) => chmodSync(metadata, 0o777),
    level: 'error',
    says: /mode 0777/,
  },
  {
    id: 'sites.fresh',
    title: 'metadata whose time is over',
    spoil: site((xml) => xml.replace(' ID="M349b"', ' validUntil="2026-01-15T09:00:00Z"')),
    level: 'error',
    says: /until 2026-01-15T09:00:00/,
  },
  {
    id: 'sites.fresh',
    title: 'metadata that has not been fetched yet',
    spoil: ({ metadata }) => {
      writeFileSync(join(metadata, 'far.json'), '{ "url": "https://sp.other.example/metadata" }')
    },
    level: 'error',
    says: /far: not fetched yet/,
  },
  {
    id: 'sites.signature',
    title: 'metadata that is not signed',
    spoil: site((xml) => xml),
    level: 'note',
    says: /huawei: not signed/,
  },
  {
    id: 'sites.signature',
    title: "a SHA-1 digest such as Huawei's",
    spoil: site((xml) => signMetadata(xml, { key: 'site' }, { digest: 'sha1' })),
    level: 'note',
    says: /intact, digest SHA-1/,
  },
  {
    id: 'sites.signature',
    title: 'metadata that was changed after it was signed',
    spoil: site(async (xml) => {
      const signed = await signMetadata(xml, { key: 'site' })
      return signed.replace('SecondConsumer', 'ThirdConsumer')
    }),
    level: 'warning',
    says: /does not hold/,
  },
  {
    id: 'sites.certificates',
    title: 'a certificate of a site that ends in 12 days',
    spoil: at(new Date('2034-12-20T00:00:00Z')),
    level: 'warning',
    says: /signing certificate of https:\/\/auth\.cloud\.example\/: 12 days left/,
  },
  {
    id: 'sites.addresses',
    title: 'answers that go to this machine in clear text',
    spoil: site((xml) => xml.replaceAll(SITE.acsUrl, 'http://localhost:4000/acs')),
    level: 'warning',
    says: /http:\/\/localhost:4000\/acs/,
  },
  {
    id: 'sites.requests',
    title: 'a site that does not promise signatures',
    spoil: site(() => smallMetadata(SITE, 'site', false)),
    level: 'warning',
    says: /AuthnRequestsSigned is not true/,
  },
  ...['huawei.iam', 'huawei.bss', 'huawei.auth', 'huawei.console'].map((id) => ({
    id,
    title: 'a name that is not known',
    spoil: failing('ENOTFOUND'),
    level: 'error' as const,
    says: /the name is not known \(ENOTFOUND\)/,
  })),
  {
    id: 'huawei.bss',
    title: 'a certificate that is not trusted',
    spoil: tls({ problem: 'SELF_SIGNED_CERT_IN_CHAIN', issuer: 'A Proxy' }),
    level: 'error',
    says: /by A Proxy, .*not trusted \(SELF_SIGNED_CERT_IN_CHAIN\)/,
  },
  {
    id: 'huawei.bss',
    title: 'an old version of TLS',
    spoil: tls({ version: 'TLSv1.1' }),
    level: 'error',
    says: /TLSv1\.1/,
  },
  {
    id: 'huawei.bss',
    title: 'a certificate of theirs that ends tomorrow',
    spoil: tls({ endsAt: addDays(NOW, 1) }),
    level: 'warning',
    says: /until 2026-01-16/,
  },
  {
    id: 'huawei.clock',
    title: 'a clock that is ten minutes off',
    spoil: iamDate(-600),
    level: 'error',
    says: /600 seconds apart/,
  },
  {
    id: 'huawei.clock',
    title: 'a clock that is a minute off',
    spoil: iamDate(60),
    level: 'warning',
    says: /60 seconds apart/,
  },
  {
    id: 'huawei.clock',
    title: 'a site that does not tell the time',
    spoil: silence(URLS.iam),
    level: 'note',
    says: /did not say its time/,
  },
  {
    id: 'huawei.credentials',
    title: 'credentials that Huawei refuses',
    spoil: answer(URLS.bss, 401, '{"error_code":"APIGW.0301","error_msg":"wrong"}'),
    level: 'error',
    says: /PARTNER_UNAUTHORIZED.*APIGW\.0301/,
  },
  {
    id: 'huawei.credentials',
    title: 'no credentials',
    spoil: ({ environment }) => {
      delete environment['HUAWEI_ACCESS_KEY']
      delete environment['HUAWEI_SECRET_KEY']
    },
    level: 'note',
    says: /no credentials/,
  },
  {
    id: 'portal.keys',
    title: 'keys that cannot be fetched',
    spoil: silence(URLS.jwks),
    level: 'error',
    says: /cannot be read/,
  },
  {
    id: 'portal.keys',
    title: 'a key that is too short',
    spoil: pem(keyPair('weak').publicKey, 'spki'),
    level: 'error',
    says: /has no such key/,
  },
  {
    id: 'portal.keys',
    title: "the portal's private key",
    spoil: pem(keyPair('site').privateKey, 'pkcs8'),
    level: 'error',
    says: /holds a private key/,
  },
  {
    id: 'portal.sign-in',
    title: 'a sign-in page that is not there',
    spoil: answer(URLS.signIn, 404),
    level: 'error',
    says: /status 404/,
  },
  {
    id: 'portal.sign-in',
    title: 'the sign-in page of another portal that is not there',
    spoil: (world) => {
      secondPortal(world)
      world.pages.set(`${EAST}/sign-in`, () => new Response('', { status: 404 }))
    },
    level: 'error',
    says: /east\.partner\.example\/sign-in: status 404/,
  },
  {
    id: 'portal.sign-in',
    title: 'the sign-in page of another portal that does not answer',
    spoil: (world) => void secondPortal(world),
    level: 'warning',
    says: /east\.partner\.example\/sign-in: no answer/,
  },
  {
    id: 'portal.keys',
    title: 'keys of another portal that are gone',
    spoil: (world) => rmSync(secondPortal(world).keys),
    level: 'error',
    says: /east\.pem cannot be read/,
  },
]
