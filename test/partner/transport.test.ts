// The way to Huawei: connections that are kept and closed, and proxies.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { createPartnerClient, type PartnerClientDeps } from '../../src/partner/client.ts'
import { ACCESS_KEY } from './fake-huawei.ts'

type Running = { readonly server: Server; readonly port: number }

async function start(t: TestContext, server: Server): Promise<Running> {
  server.listen(0, '127.0.0.1')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // A TCP server has no other kind of address.
  return { server, port }
}

/** A Huawei without customers that notes its connections. */
async function startHuawei(t: TestContext) {
  const sockets: Socket[] = []
  const server = createServer((request, response) => {
    request.resume()
    response.setHeader('Content-Type', 'application/json').end('{"count":0}')
  })
  server.on('connection', (socket) => sockets.push(socket))
  return { ...(await start(t, server)), sockets }
}

/** A proxy that leads every tunnel to `port`, and notes what it is asked for. */
async function startProxy(t: TestContext, port: number) {
  const asked: { readonly target: string; readonly authorization: string | undefined }[] = []
  const server = createServer()
  server.on('connect', (request, socket: Socket) => {
    const { url = '', headers } = request
    asked.push({ target: url, authorization: headers['proxy-authorization'] })
    const way = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
    way.pipe(socket).pipe(way)
    t.after(() => way.destroy())
    t.after(() => socket.destroy())
  })
  return { ...(await start(t, server)), asked }
}

function clientOf(t: TestContext, bssUrl: string, proxy?: PartnerClientDeps['proxy']) {
  const client = createPartnerClient({
    bssUrl,
    iamUrl: bssUrl,
    key: ACCESS_KEY,
    timeoutSeconds: 5,
    patience: 'none',
    proxy,
  })
  t.after(client.close)
  return client
}

/** Sets variables of the environment for one test. */
function withEnvironment(t: TestContext, variables: Readonly<Record<string, string>>) {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
    for (const each of [name, name.toLowerCase()]) {
      const before = process.env[each]
      t.after(() => {
        if (before === undefined) delete process.env[each]
        else process.env[each] = before
      })
      delete process.env[each]
    }
  }
  Object.assign(process.env, variables)
}

test('one connection serves one call after the other', async (t) => {
  const huawei = await startHuawei(t)
  const client = clientOf(t, `http://127.0.0.1:${huawei.port}`)

  for (let call = 0; call < 3; call += 1) await client.queryCustomers()

  assert.equal(huawei.sockets.length, 1)
})

test('a client that is closed leaves no connection, and calls nobody any more', async (t) => {
  const huawei = await startHuawei(t)
  const client = clientOf(t, `http://127.0.0.1:${huawei.port}`)
  await client.queryCustomers()
  const [socket] = huawei.sockets
  assert.ok(socket)
  const isOver = once(socket, 'close')

  await client.close()

  await isOver
  await assert.rejects(
    client.queryCustomers(),
    (error) => error instanceof Refusal && error.code === 'PARTNER_UNREACHABLE',
  )
})

test('a proxy of the options is used, with its user and password', async (t) => {
  withEnvironment(t, {})
  const huawei = await startHuawei(t)
  const proxy = await startProxy(t, huawei.port)
  const url = `http://user:proxy-secret@127.0.0.1:${proxy.port}`

  const { count } = await clientOf(t, 'http://bss.example.com', url).queryCustomers()

  assert.equal(count, 0)
  const authorization = `Basic ${Buffer.from('user:proxy-secret').toString('base64')}`
  assert.deepEqual(proxy.asked, [{ target: 'bss.example.com:80', authorization }])
})

test('a proxy of the environment is used', async (t) => {
  const huawei = await startHuawei(t)
  const proxy = await startProxy(t, huawei.port)
  withEnvironment(t, { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` })

  await clientOf(t, 'http://bss.example.com').queryCustomers()

  assert.deepEqual(proxy.asked, [{ target: 'bss.example.com:80', authorization: undefined }])
})

test('hosts of NO_PROXY, and this machine, are reached without the proxy', async (t) => {
  const huawei = await startHuawei(t)
  const proxy = await startProxy(t, huawei.port)
  withEnvironment(t, {
    HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
    NO_PROXY: 'bss.invalid',
  })

  const { count } = await clientOf(t, `http://127.0.0.1:${huawei.port}`).queryCustomers()
  const far = clientOf(t, 'http://bss.invalid').queryCustomers()

  assert.equal(count, 0)
  await assert.rejects(far, Refusal)
  assert.deepEqual(proxy.asked, [])
})

test('a proxy that is no URL refuses calls and shows nothing of itself', async (t) => {
  withEnvironment(t, { HTTP_PROXY: 'user:proxy-secret@:not a port' })

  const call = clientOf(t, 'http://bss.example.com').queryCustomers()

  await assert.rejects(call, (error) => {
    assert.ok(error instanceof Refusal)
    assert.equal(error.code, 'PARTNER_UNREACHABLE')
    assert.doesNotMatch(JSON.stringify(error.facts), /proxy-secret/)
    return true
  })
})
