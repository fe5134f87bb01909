// `doctor` as operators run it: exit codes, what they read, what machines read, and what nobody may read.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { createServer as createTlsServer } from 'node:tls'
import { systemClock } from '../../src/base/clock.ts'
import { createLog } from '../../src/base/log.ts'
import { type Check, ok } from '../../src/cli/doctor/check.ts'
import { CHECKS } from '../../src/cli/doctor/checks.ts'
import { systemConnect } from '../../src/cli/doctor/connect.ts'
import { examine } from '../../src/cli/doctor/examine.ts'
import { printReport } from '../../src/cli/doctor/print.ts'
import { openKeyring } from '../../src/saml/keyring.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import { certificateOf, fixedClock, keyPair } from '../support/fixed.ts'
import { startHouse } from '../support/house.ts'
import { keyPlace } from '../support/key-folder.ts'
import { fetchOf, makeWorld, SECRETS, URLS, type World } from './doctor-world.ts'
import { startShell } from './start.ts'

function doctor(world: World, words = 'doctor') {
  const { shell, environment, connect, clock, probeDirectory } = world
  const given = { environment, connect, clock, probeDirectory }
  return shell.run(words, { ...given, fetch: fetchOf(world) })
}

test('doctor ends with 0 when nothing is wrong, and says so by groups', async (t) => {
  const ran = await doctor(await makeWorld(t))

  assert.deepEqual([ran.exitCode, ran.stderr], [0, ''])
  assert.match(ran.stdout, /^Configuration\n {2}✓ Options +no mistake\n/)
  assert.match(ran.stdout, /\nKeys\n {2}✓ Signing key +RSA, 2048 bits\n/)
  assert.match(ran.stdout, /\n0 errors, 0 warnings, \d+ notes, \d+ as they should be\.\n$/)
})

test('doctor ends with 0 for a warning, and says what it means and what comes next', async (t) => {
  const world = await makeWorld(t)
  world.environment['TRUST_PROXY'] = 'false'

  const ran = await doctor(world)

  assert.equal(ran.exitCode, 0)
  assert.match(ran.stdout, /\n {2}! Reverse proxy .*\n +expected: .*\n +meaning: .*\n +next: .*\n/)
})

test('doctor ends with 1 for an error', async (t) => {
  const world = await makeWorld(t)
  world.pages.set(URLS.bind, () => new Response('', { status: 502 }))

  const ran = await doctor(world)

  assert.equal(ran.exitCode, 1)
  assert.match(
    ran.stdout,
    /\n {2}✗ Notification URL +https:\/\/sso\.partner\.example\/bind: status 502/,
  )
})

const BROKEN = [
  {
    title: 'a mistake in one option',
    environment: { SESSION_MINUTES: 'soon' },
    says: /Signing key/,
  },
  {
    title: 'a site that does not exist',
    environment: { HUAWEI_SITE: 'mars' },
    says: /Signing key/,
  },
  {
    title: 'a file of options that is missing',
    environment: { CONFIG_FILE: 'none.env' },
    says: /ENOENT/,
  },
]

for (const { title, environment, says } of BROKEN) {
  test(`doctor ends with 78 for ${title}, and examines what does not depend on it`, async (t) => {
    const world = await makeWorld(t)
    Object.assign(world.environment, environment)

    const ran = await doctor(world)

    assert.equal(ran.exitCode, 78)
    assert.match(ran.stdout, /^Configuration\n {2}✗ Options +\w+: must /)
    assert.match(ran.stdout, says)
  })
}

test('a check that depends on a mistake is not examined, and says on which', async (t) => {
  const world = await makeWorld(t)
  world.environment['DATABASE_URL'] = 'mysql://idp'

  const ran = await doctor(world)

  assert.match(ran.stdout, / i Tables +not examined\n +meaning: It depends on DATABASE_URL\.\n/)
})

test('one cause is told once, however many checks need what is missing', async (t) => {
  const world = await makeWorld(t)
  await rm(join(world.certs, 'signing.key'))

  const ran = await doctor(world)

  assert.equal(ran.stdout.match(/KEY_UNUSABLE/g)?.length, 1)
  assert.match(ran.stdout, /It depends on "Signing key"\./)
})

test('--json gives each check with its findings, the counts and the worst level', async (t) => {
  const world = await makeWorld(t)
  world.environment['TRUST_PROXY'] = 'false'

  const ran = await doctor(world, 'doctor --json')

  const { level, counts, checks } = JSON.parse(ran.stdout)
  assert.equal(level, 'warning')
  assert.deepEqual(Object.keys(counts), ['ok', 'note', 'warning', 'error'])
  assert.deepEqual([counts.warning, counts.error], [1, 0])
  assert.deepEqual(
    checks.find(({ id }: { id: string }) => id === 'configuration.proxy'),
    {
      id: 'configuration.proxy',
      group: 'Configuration',
      title: 'Reverse proxy',
      expected: 'TRUST_PROXY counts the proxies in front',
      findings: [
        {
          level: 'warning',
          found: 'PUBLIC_URL is https, and TRUST_PROXY is false',
          meaning:
            'We serve no TLS, so there is a proxy: every customer seems to have its address, and limits on attempts count them as one.',
          nextStep: 'Set TRUST_PROXY to the number of proxies, often 1.',
        },
      ],
    },
  )
})

test('no secret is printed, whatever is wrong', async (t) => {
  const world = await makeWorld(t)
  const password = 'hunter2-of-tests'
  world.environment['DATABASE_URL'] = `postgres://idp:${password}@127.0.0.1:1/idp`
  world.environment['HUAWEI_PLATFORM_ID'] = 'not an id'
  await rm(join(world.certs, 'signing.crt'))
  world.pages.clear()

  const asText = await doctor(world)
  const asJson = await doctor(world, 'doctor --json')

  const said = asText.stdout + asText.stderr + asJson.stdout
  for (const secret of [...Object.values(SECRETS), password]) assert.ok(!said.includes(secret))
  assert.match(said, /STORE_UNAVAILABLE/)
})

const CHECK: Omit<Check, 'run'> = {
  id: 'test',
  group: 'Keys',
  title: 'Test',
  expected: 'an end',
  needs: [],
}

test('a check that does not end is given up, and the others are not kept waiting', async () => {
  const checks: readonly Check[] = [
    { ...CHECK, run: () => new Promise(() => {}) },
    { ...CHECK, id: 'quick', title: 'Quick', run: () => [ok('done', 'It ended.')] },
  ]
  const given = { environment: {}, clock: fixedClock, fetch, connect: systemConnect }

  const report = await examine({ ...given, checks, limitMs: 20 })

  const found = report.checks.slice(1).map(({ findings }) => findings[0]?.found)
  assert.deepEqual(found, ['no result in 0.02 seconds', 'done'])
})

test('a check that breaks is an error without the text of the fault', async () => {
  const run = () => Promise.reject(new TypeError('with a secret in it'))
  const given = { environment: {}, clock: fixedClock, fetch, connect: systemConnect }

  const report = await examine({ ...given, checks: [{ ...CHECK, run }], limitMs: 1000 })

  assert.equal(report.checks[1]?.findings[0]?.found, 'FAULT; TypeError')
})

test('the credentials are tried through the proxy of the service', async (t) => {
  const world = await makeWorld(t)
  const asked: string[] = []
  const proxy = createServer().on('connect', ({ url = '' }, socket) => {
    asked.push(url)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  proxy.listen(0, '127.0.0.1')
  t.after(() => proxy.close())
  await once(proxy, 'listening')
  const { port } = proxy.address() as AddressInfo // A TCP server has no other kind of address.
  const environment = { ...world.environment, HUAWEI_PROXY: `http://127.0.0.1:${port}` }
  const checks = CHECKS.filter(({ id }) => id === 'huawei.credentials')
  const { clock, connect } = world

  const report = await examine({ environment, clock, connect, fetch, checks, limitMs: 10_000 })

  assert.deepEqual(asked, ['bss-intl.myhuaweicloud.com:443'])
  assert.match(report.checks[1]?.findings[0]?.found ?? '', /^PARTNER_UNREACHABLE/)
})

test('a terminal gets colours, a file none', () => {
  const says = (hasColor: boolean) => {
    const said: string[] = []
    const check = { ...CHECK, findings: [ok('done', 'It ended.')] }
    const output = { write: (text: string | Uint8Array) => said.push(String(text)) }
    printReport(output, { mistakes: [], checks: [check] }, hasColor)
    return said.join('')
  }

  assert.ok(says(true).includes('\u001b[32m✓\u001b[0m'))
  assert.ok(!says(false).includes('\u001b'))
})

test('a connection over TLS tells version, cipher, issuer, end and why it is not trusted', async (t) => {
  const certificate = await certificateOf('site')
  const key = keyPair('site').privateKey.export({ format: 'pem', type: 'pkcs8' })
  const server = createTlsServer({ key, cert: certificate.toString() }).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const url = new URL(`https://127.0.0.1:${portOf(server.address())}`)

  const { address, tls } = await systemConnect(url, new AbortController().signal)

  assert.equal(address, '127.0.0.1')
  assert.deepEqual(tls, {
    version: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    issuer: 'site of the tests',
    endsAt: new Date('2035-01-01T00:00:00Z'),
    problem: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  })
})

test('a connection without TLS has no TLS facts, and a closed port is refused', async (t) => {
  const server = createTcpServer((socket) => socket.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(`http://127.0.0.1:${portOf(server.address())}`)
  const { signal } = new AbortController()
  t.after(() => server.close())

  const open = await systemConnect(url, signal)
  server.close()
  await once(server, 'close')

  assert.deepEqual(open, { address: '127.0.0.1', tls: undefined })
  await assert.rejects(systemConnect(url, signal), { code: 'ECONNREFUSED' })
})

function portOf(address: ReturnType<ReturnType<typeof createTcpServer>['address']>): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}

forEachEngine((engine) => {
  test('in the sandbox, with everything running, doctor finds no error', async (t) => {
    const place = await keyPlace(t)
    const databaseUrl = await freshDatabase(t, engine)
    const keyring = () => openKeyring(place, createLog('silent'))
    const house = await startHouse(t, { databaseUrl, keyring })
    const shell = await startShell(t)
    await mkdir(join(shell.folder, 'metadata'))
    const environment = {
      PUBLIC_URL: house.url,
      SANDBOX_URL: house.sandbox.url,
      DATABASE_URL: databaseUrl,
      CERTS_DIR: place.certsDir,
    }

    const given = { environment, fetch, connect: systemConnect, clock: systemClock }
    const ran = await shell.run('doctor --json', given)

    const { checks } = JSON.parse(ran.stdout)
    const errors = checks.filter(({ findings }: { findings: { level: string }[] }) => {
      return findings.some(({ level }) => level === 'error')
    })
    assert.deepEqual(errors, [])
    assert.equal(ran.exitCode, 0)
  })

  test('a database without tables is seen as it is, and stays as it is', async (t) => {
    const world = await makeWorld(t)
    world.environment['DATABASE_URL'] = await freshDatabase(t, engine)

    const first = await doctor(world)
    const second = await doctor(world)

    for (const { stdout } of [first, second])
      assert.match(stdout, / i Tables +(missing: 0001|not made yet)/)
  })
})

test('a file of options in use is examined like the environment', async (t) => {
  const world = await makeWorld(t)
  const file = join(world.shell.folder, 'idp.env')
  await writeFile(file, 'TRUST_PROXI=1\n')
  world.environment['CONFIG_FILE'] = file

  const ran = await doctor(world)

  assert.equal(ran.exitCode, 78)
  assert.match(ran.stdout, /✗ Options +TRUST_PROXI: is no option/)
})
