// A directory of the world outside: Debian's slapd as a process of its own on free ports, with a handful of
// people, and a certificate that nobody else trusts.

import 'reflect-metadata'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509'
import type { Lifetime } from './engines.ts'

const run = promisify(execFile)

const SLAPD = '/usr/sbin/slapd'

/** For a test's `skip`: why there is no directory. In CI there must be one, so the test fails instead. */
export const skipWithoutSlapd: string | false =
  process.env['CI'] || existsSync(SLAPD) ? false : 'slapd is not installed (Debian: slapd)'

export const SUFFIX = 'dc=north,dc=example'
export const PEOPLE = `ou=people,${SUFFIX}`
export const SERVICE = { dn: `cn=service,${SUFFIX}`, password: 'service-password-1' } as const
export const STAFF = `cn=staff,ou=groups,${SUFFIX}`
const ROOT = { dn: `cn=root,${SUFFIX}`, password: 'root-password-1' } as const

export type Directory = {
  readonly ldapUrl: string
  readonly ldapsUrl: string
  /** The file of the certificate that its own signs. */
  readonly caFile: string
  /** Applies LDIF changes, as the directory's administrator. */
  readonly change: (ldif: string) => Promise<void>
  /** One attribute of somebody. */
  readonly read: (uid: string, attribute: string) => Promise<string>
}

/** People: `ann` and `zoë` in the group, `bob` not, `dan` disabled as in Active Directory, `twin` twice. */
const LDIF = `dn: ${SUFFIX}
objectClass: organization
objectClass: dcObject
o: North
dc: north

dn: ${PEOPLE}
objectClass: organizationalUnit
ou: people

dn: ou=groups,${SUFFIX}
objectClass: organizationalUnit
ou: groups

dn: ${SERVICE.dn}
objectClass: applicationProcess
objectClass: simpleSecurityObject
cn: service
userPassword: ${SERVICE.password}

${[
  person('ann', 'ann-password-1'),
  person('zoë', 'zoe-password-1'),
  person('bob', 'bob-password-1'),
  person('dan', 'dan-password-1', ['objectClass: extensibleObject', 'userAccountControl: 514']),
  person('twin', 'twin-password-1'),
  person('twin2', 'twin-password-1', ['uid: twin']),
].join('\n')}
dn: ${STAFF}
objectClass: groupOfNames
cn: staff
member: ${dnOf('ann')}
member: ${dnOf('zoë')}
member: ${dnOf('dan')}
`

/** The distinguished name of one of the people. */
export function dnOf(uid: string): string {
  return `uid=${uid},${PEOPLE}`
}

function person(uid: string, password: string, more: readonly string[] = []): string {
  const lines = [
    `dn:: ${Buffer.from(dnOf(uid), 'utf8').toString('base64')}`,
    'objectClass: inetOrgPerson',
    `uid:: ${Buffer.from(uid, 'utf8').toString('base64')}`,
    `cn: ${uid.length > 3 ? uid : `north-${uid.replace('ë', 'e')}`}`,
    'sn: North',
    `mail: ${uid.replace('ë', 'e')}@north.example`,
    `userPassword: ${password}`,
    ...more,
  ]
  return `${lines.join('\n')}\n`
}

/** Starts a directory and stops it when the test ends. */
export async function startDirectory(test: Lifetime): Promise<Directory> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-idp-slapd-'))
  test.after(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'data'))
  const { certificate, key } = await makeCertificate()
  await writeFile(join(folder, 'server.crt'), certificate)
  await writeFile(join(folder, 'server.key'), key, { mode: 0o600 })
  await writeFile(join(folder, 'slapd.conf'), configure(folder))
  await writeFile(join(folder, 'people.ldif'), LDIF)
  const files = ['-f', join(folder, 'slapd.conf')]
  await run('/usr/sbin/slapadd', [...files, '-l', join(folder, 'people.ldif')])

  const ldapUrl = `ldap://127.0.0.1:${await freePort()}`
  const ldapsUrl = `ldaps://127.0.0.1:${await freePort()}`
  const slapd = spawn(SLAPD, [...files, '-h', `${ldapUrl} ${ldapsUrl}`, '-d', '0'], {
    stdio: 'ignore',
  })
  test.after(async () => {
    slapd.kill()
    if (slapd.exitCode === null) await once(slapd, 'exit')
  })
  await listening(Number(new URL(ldapUrl).port))
  const asRoot = ['-x', '-H', ldapUrl, '-D', ROOT.dn, '-w', ROOT.password]
  return {
    ldapUrl,
    ldapsUrl,
    caFile: join(folder, 'server.crt'),
    change: async (ldif) => {
      const file = join(folder, 'change.ldif')
      await writeFile(file, ldif)
      await run('ldapmodify', [...asRoot, '-f', file])
    },
    read: async (uid, attribute) => {
      const query = ['-LLL', '-b', PEOPLE, `(uid=${uid})`, attribute]
      const { stdout } = await run('ldapsearch', [...asRoot, ...query])
      return new RegExp(`^${attribute}: (.*)$`, 'm').exec(stdout)?.[1] ?? ''
    },
  }
}

function configure(folder: string): string {
  const schemas = ['core', 'cosine', 'inetorgperson', 'nis', 'msuser']
  return `${schemas.map((name) => `include /etc/ldap/schema/${name}.schema`).join('\n')}
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/slapd.pid
TLSCertificateFile ${folder}/server.crt
TLSCertificateKeyFile ${folder}/server.key
# As many servers do, for the sake of old programs: it must be no way in.
allow bind_anon_cred bind_anon_dn
database mdb
suffix "${SUFFIX}"
rootdn "${ROOT.dn}"
rootpw ${ROOT.password}
directory ${folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by users read
`
}

async function makeCertificate() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const names = [
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
  ] as const
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=directory of the tests',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
    extensions: [new SubjectAlternativeNameExtension([...names])],
  })
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n')
  const key = `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`
  return { certificate: certificate.toString('pem'), key }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

// A program of others: nothing but asking tells when it listens.
const TURN_MS = 50

async function listening(port: number): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, TURN_MS))
  }
  throw new Error('slapd does not listen')
}
