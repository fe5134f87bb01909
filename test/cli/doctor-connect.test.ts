// How the doctor reaches others: a directory by both kinds of TLS, and whatever lies behind a proxy.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { systemConnect } from '../../src/cli/doctor/connect.ts'
import { proxyTo } from '../../src/cli/doctor/proxy.ts'
import { readConfig } from '../../src/config/load.ts'
import { type Probed, probeDirectory } from '../../src/signin/ldap-probe.ts'
import {
  type Directory,
  PEOPLE,
  SERVICE,
  skipWithoutSlapd,
  startDirectory,
} from '../support/directory.ts'

const signal = AbortSignal.timeout(60_000)

describe('at a directory', { skip: skipWithoutSlapd }, () => {
  const ends: (() => Promise<void>)[] = []
  let directory: Directory
  let ca = ''
  before(async () => {
    directory = await startDirectory({ after: (end) => void ends.unshift(end) })
    ca = await readFile(directory.caFile, 'utf8')
  })

  after(async () => {
    for (const end of ends) await end()
  })

  test('TLS from the start and StartTLS show the same certificate', async () => {
    const isStartTls = true
    const ldaps = await systemConnect(new URL(directory.ldapsUrl), signal, { ca })
    const startTls = await systemConnect(new URL(directory.ldapUrl), signal, { ca, isStartTls })
    const untrusted = await systemConnect(new URL(directory.ldapUrl), signal, { isStartTls })

    assert.equal(ldaps.tls?.problem, undefined)
    assert.deepEqual(startTls.tls, ldaps.tls)
    assert.match(untrusted.tls?.problem ?? '', /SELF_SIGNED/)
  })

  const service = { kind: 'service', ...SERVICE } as const
  const direct = { kind: 'direct', template: `uid={login},${PEOPLE}` } as const
  const PROBES: readonly {
    readonly title: string
    readonly access:
      | typeof service
      | typeof direct
      | (Omit<typeof service, 'password'> & { readonly password: string })
    readonly baseDn: string
    readonly probed: Probed
  }[] = [
    {
      title: 'a service that may look people up',
      access: service,
      baseDn: PEOPLE,
      probed: { bind: 'taken', base: 'found' },
    },
    {
      title: 'a wrong password',
      access: { ...service, password: 'wrong' },
      baseDn: PEOPLE,
      probed: { bind: 'refused', base: 'hidden' },
    },
    {
      title: 'a base that is not there',
      access: service,
      baseDn: `ou=nobody,${PEOPLE}`,
      probed: { bind: 'taken', base: 'missing' },
    },
  ]

  for (const { title, access, baseDn, probed } of PROBES) {
    test(`asked about itself: ${title}`, async () => {
      const found = await probeDirectory({
        url: directory.ldapUrl,
        startTls: true,
        ca,
        baseDn,
        access,
        filter: '(uid={login})',
        idAttribute: 'entryUUID',
        attributes: {},
        group: undefined,
        isGroupNested: false,
      })

      assert.deepEqual(found, probed)
    })
  }
})

test('behind a proxy an address is reached through it, with its user and password', async (t) => {
  const target = createServer().listen(0, '127.0.0.1')
  const asked: (string | undefined)[] = []
  const proxy = createServer().on('connect', ({ url = '', headers }, socket) => {
    asked.push(url, headers['proxy-authorization'])
    const isKnown = headers['proxy-authorization'] === `Basic ${btoa('ann:secret')}`
    if (!isKnown) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    const far = connect((target.address() as AddressInfo).port, '127.0.0.1')
    return far
      .on('error', () => socket.destroy())
      .pipe(socket.on('error', () => far.destroy()))
      .pipe(far)
  })
  proxy.listen(0, '127.0.0.1')
  t.after(() => [target, proxy].map((server) => server.close()))
  await Promise.all([once(proxy, 'listening'), once(target, 'listening')])
  const place = `127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const far = new URL('http://far.example:8080')

  const reached = await systemConnect(far, signal, { proxy: `http://ann:secret@${place}` })
  const refused = systemConnect(far, signal, { proxy: `http://${place}` })

  await assert.rejects(refused, { code: 'EPROXY_407' })
  assert.equal(reached.tls, undefined)
  assert.deepEqual(asked.slice(0, 2), ['far.example:8080', `Basic ${btoa('ann:secret')}`])
})

const PROXIES: readonly {
  readonly title: string
  readonly variables: Readonly<Record<string, string>>
  readonly leads: string | undefined
}[] = [
  { title: 'without one', variables: {}, leads: undefined },
  { title: 'by its option', variables: { HUAWEI_PROXY: 'http://own:1/' }, leads: 'http://own:1/' },
  {
    title: 'the option before the variable',
    variables: { HUAWEI_PROXY: 'http://own:1/', https_proxy: 'http://other:1/' },
    leads: 'http://own:1/',
  },
  {
    title: 'by the variable in capitals',
    variables: { HTTPS_PROXY: 'http://other:1/' },
    leads: 'http://other:1/',
  },
  {
    title: 'not where NO_PROXY names the domain',
    variables: { HUAWEI_PROXY: 'http://own:1/', NO_PROXY: 'localhost, .example.com' },
    leads: undefined,
  },
  {
    title: 'where NO_PROXY names another port',
    variables: { HUAWEI_PROXY: 'http://own:1/', no_proxy: 'bss.example.com:8443' },
    leads: 'http://own:1/',
  },
]

for (const { title, variables, leads } of PROXIES) {
  test(`the proxy to Huawei Cloud: ${title}`, () => {
    const { config } = readConfig({ HUAWEI_SITE: 'sandbox', ...variables })
    assert.ok(config)
    const variable = (name: string) => variables[name] ?? variables[name.toUpperCase()]

    assert.equal(proxyTo('https://bss.example.com', { config, variable }), leads)
    assert.equal(proxyTo('http://127.0.0.1:4000', { config, variable }), undefined)
  })
}
