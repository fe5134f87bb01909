// `explain` on what each scenario of the sandbox sends: the first line names the cause. And what arrives
// leaves a trace that operators find by its reference, with nothing in it that opens a door.

import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { systemRandom } from '../../src/base/random.ts'
import { systemConnect } from '../../src/cli/doctor/connect.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { systemNetwork } from '../../src/metadata/network.ts'
import { systemSleep } from '../../src/partner/sleep.ts'
import { SCENARIO_NAMES, type ScenarioName } from '../../src/sandbox/scenarios.ts'
import { Browser, formsOf, type Seen } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import type { House } from '../support/house.ts'
import { sharedHouse } from '../support/shared-house.ts'
import { newCustomer, openHuawei, type Person, play, signedIn } from '../support/steps.ts'

type Capture = (house: House, person: Person) => Promise<string>

/** The address with which Huawei Cloud sends the person to us. */
const captureRequest: Capture = async (house, person) => {
  const browser = await signedIn(house, person)
  const seen = await browser.go(`${house.url}/launch?chosen=yes`)
  return requestOf(seen)
}

const captureSecondRequest: Capture = async (house, person) => {
  await captureRequest(house, person)
  house.clock.advance(1)
  return captureRequest(house, person)
}

/** The form with which Huawei Cloud reports a connection. */
const captureNotice: Capture = async (house, person) => {
  const { fields } = await noticeForm(house, person)
  return new URLSearchParams(fields).toString()
}

const captureSecondNotice: Capture = async (house, person) => {
  const { fields, action } = await noticeForm(house, person)
  await new Browser().post(action, fields, house.sandbox.url)
  return new URLSearchParams(fields).toString()
}

async function noticeForm(house: House, person: Person) {
  const browser = new Browser()
  const asked = await openHuawei(house, browser, person)
  const page = await browser.submit(asked, '/create-and-bind', { domainName: `e-${person.name}` })
  const form = formsOf(page).find(({ fields }) => 'bindRequest' in fields)
  assert.ok(form !== undefined, page.body)
  return form
}

function requestOf(seen: Seen): string {
  const url = seen.way.find((each) => each.includes('SAMLRequest='))
  assert.ok(url !== undefined, seen.way.join(' '))
  return url
}

const SOUND = 'accepted: This sign-in request passes every check.'

const ROWS: Readonly<Record<ScenarioName, readonly [Capture, string]>> = {
  normal: [captureRequest, SOUND],
  bind: [captureNotice, 'accepted: This notification passes every check.'],
  'wrong-acs': [captureRequest, 'SAML_WRONG_ACS: '],
  'expired-request': [captureRequest, 'SAML_EXPIRED: '],
  'forged-signature': [captureRequest, 'SAML_BAD_SIGNATURE: '],
  'replayed-request': [captureSecondRequest, 'SAML_REPLAYED: '],
  'unsigned-request': [captureRequest, 'SAML_UNSIGNED: '],
  'replayed-bind': [captureSecondNotice, 'accepted: This notification is a repeat: '],
  'forged-bind': [captureNotice, 'BIND_BAD_SIGNATURE: '],
  // What goes wrong here goes wrong when Huawei Cloud is asked: the sign-in request is sound.
  'silent-logout': [captureRequest, SOUND],
  'refused-logout': [captureRequest, SOUND],
  'slow-api': [captureRequest, SOUND],
  'created-but-500': [captureRequest, SOUND],
  'created-but-silent': [captureRequest, SOUND],
  throttled: [captureRequest, SOUND],
}

async function explain(house: House, words: readonly string[]): Promise<string> {
  const said: string[] = []
  const output = { write: (text: string | Uint8Array) => said.push(String(text)) }
  await runCli(['explain', ...words], {
    stdin: (async function* () {})(),
    stdout: output,
    stderr: output,
    environment: {
      PUBLIC_URL: house.url,
      SANDBOX_URL: house.sandbox.url,
      DATABASE_URL: house.config.databaseUrl,
      METADATA_DIR: house.config.metadataDir,
    },
    user: 'operator',
    clock: house.clock,
    random: systemRandom,
    fetch,
    sleep: systemSleep,
    network: systemNetwork,
    connect: systemConnect,
    interruption: () => new AbortController().signal,
  })
  return said.join('')
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  describe('explain', () => {
    for (const scenario of SCENARIO_NAMES) {
      test(`names the cause of the scenario "${scenario}" in its first line`, async () => {
        const person = await newCustomer(house())
        play(house(), scenario)
        const [capture, first] = ROWS[scenario]
        const file = join(house().config.metadataDir, 'captured.txt')
        await writeFile(file, await capture(house(), person))

        const said = await explain(house(), [file])

        assert.ok(said.startsWith(first), said)
      })
    }
  })

  test('a refused request leaves a trace under the reference of its page', async () => {
    const person = await newCustomer(house())
    play(house(), 'wrong-acs')
    const end = await openHuawei(house(), new Browser(), person)
    const reference = end.headers.get('x-request-id') ?? ''

    const said = await explain(house(), ['--reference', reference.toLowerCase()])

    assert.match(said, /^SAML_WRONG_ACS: /)
    assert.match(said, /FAILED +It asks for the answer at a registered address/)
    const trace = await house().store.traces.find(reference)
    assert.equal(trace?.verdict, 'SAML_WRONG_ACS')
  })

  test('an accepted request leaves a trace, in which nothing opens a door', async () => {
    const person = await newCustomer(house())
    const browser = await signedIn(house(), person)
    const seen = await browser.go(`${house().url}/launch?chosen=yes`)
    await house().app.finish()

    const trace = await house().store.traces.find(seen.headers.get('x-request-id') ?? '')

    assert.equal(trace?.verdict, 'accepted')
    assert.ok(trace.checks.every(({ verdict }) => verdict === 'passed'))
    const query = new URL(requestOf(seen)).searchParams
    const relayState = query.get('RelayState') ?? ''
    assert.equal(trace.relayStateBytes, Buffer.byteLength(relayState))
    const kept = JSON.stringify(trace)
    const cookies = [...browser.cookies('localhost').values()]
    for (const secret of [...query.values(), ...cookies]) {
      if (secret.startsWith('http://www.w3.org/')) continue // The algorithm's name is no secret.
      assert.ok(!kept.includes(secret), secret)
    }
    assert.doesNotMatch(kept, /<|saml2p?:/)
  })

  test('a forged notification leaves a trace that names the check', async () => {
    const person = await newCustomer(house())
    play(house(), 'forged-bind')
    const { fields, action } = await noticeForm(house(), person)
    const seen = await new Browser().post(action, fields, house().sandbox.url)

    const trace = await house().store.traces.find(seen.headers.get('x-request-id') ?? '')

    assert.equal(trace?.kind, 'notice')
    assert.equal(trace.verdict, 'BIND_BAD_SIGNATURE')
    assert.equal(trace.checks.find(({ id }) => id === 'signature')?.verdict, 'failed')
    assert.ok(!JSON.stringify(trace).includes(fields['Signature'] ?? ''))
  })
})
