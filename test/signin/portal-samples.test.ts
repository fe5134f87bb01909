// The samples of docs/portal.md, run as they stand against the house.

import assert from 'node:assert/strict'
import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { Browser, formsOf } from '../support/browser.ts'
import { ENGINES } from '../support/engines.ts'
import { keyPair } from '../support/fixed.ts'
import { CUSTOMER } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { titleOf } from '../support/steps.ts'

const ISSUER = 'https://portal.example.com'
const SAMPLES = join(import.meta.dirname, '../../docs/portal')

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-samples-'))
after(() => rmSync(folder, { recursive: true }))
const { publicKey, privateKey } = keyPair('other')
const KEY = join(folder, 'portal.key')
const KEYS = join(folder, 'portal.pub')
writeFileSync(KEY, privateKey.export({ type: 'pkcs8', format: 'pem' }))
writeFileSync(KEYS, publicKey.export({ type: 'spki', format: 'pem' }))

const environment = {
  PORTAL_SIGN_IN_URL: `${ISSUER}/sso`,
  PORTAL_ISSUER: ISSUER,
  PORTAL_KEYS: KEYS,
}
const [sqlite] = ENGINES
assert.ok(sqlite !== undefined)
const house = sharedHouse(sqlite, { environment })

function variables() {
  const path = process.env['PATH'] ?? ''
  return { PATH: path, IDP: house().url, ISSUER, PORTAL_KEY: KEY, PORT: '0' }
}

test('the portal in Node signs a customer in, opens a page, and signs them out', async (t) => {
  const portal = spawn(process.execPath, [join(SAMPLES, 'portal.mjs')], { env: variables() })
  t.after(() => portal.kill())
  const [line] = await once(portal.stdout, 'data')
  const portalUrl = String(line).trim()
  const browser = new Browser()

  const [form] = formsOf({ url: portalUrl, body: await (await fetch(`${portalUrl}/sso`)).text() })
  const body = new URLSearchParams(form?.fields).toString()
  const seen = await browser.post(form?.action ?? '', body, portalUrl)
  const button = await (await fetch(`${portalUrl}/open-huawei`)).text()
  const stranger = await fetch(`${portalUrl}/sso?return_to=https://attacker.example/`)
  const signOut = await fetch(`${portalUrl}/sign-out`)
  const afterwards = await browser.go(`${house().url}/sign-out`)

  assert.equal(titleOf(seen), 'Your Huawei Cloud')
  assert.match(button, /name="token"/)
  assert.equal(stranger.status, 400)
  assert.equal(signOut.status, 200)
  assert.equal(titleOf(afterwards), 'Signed out')
})

const missing = ['curl', 'openssl', 'sh'].find((tool) => spawnSync(tool, ['--version']).error)
const skip = missing === undefined ? false : `${missing} is not installed`

test('the lines for curl and openssl sign a customer in and out', { skip }, async () => {
  const env = { ...variables(), COOKIES: join(folder, 'cookies.txt') }
  const script = join(SAMPLES, 'hand-off.sh')

  const { stdout } = await promisify(execFile)('sh', [script, CUSTOMER.accountId], { env })

  assert.deepEqual(stdout.trim().split('\n'), [`signed in: 200 ${house().url}/`, 'signed out: 200'])
})
