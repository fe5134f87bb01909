// One signing key follows another while people sign in, and nobody notices. The sandbox reads our metadata
// afresh for each answer and judges with code that is not ours.

import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openKeyring } from '../../src/saml/keyring.ts'
import {
  activateNextKey,
  confirmUpload,
  makeNextKey,
  RETIRE_AFTER_MINUTES,
  retireOldKey,
} from '../../src/saml/rollover.ts'
import { fingerprintOf } from '../../src/saml/signing-key.ts'
import {
  ENGINES,
  forEachEngine,
  freshDatabase,
  type Lifetime,
  type TestEngine,
} from '../support/engines.ts'
import { certificateOf } from '../support/fixed.ts'
import { type House, startHouse } from '../support/house.ts'
import { emptyFolder, keyPlace, NAMED, signerProgram } from '../support/key-folder.ts'
import { answerXml, codeOf, connected, openHuawei, signedIn, verdictOf } from '../support/steps.ts'

/** A house over a folder of keys of its own. */
async function houseWithKeys(context: Lifetime, engine: TestEngine) {
  const place = await keyPlace(context)
  const house = await startHouse(context, {
    databaseUrl: await freshDatabase(context, engine),
    keyring: (log) => openKeyring(place, log),
  })
  return { place, house }
}

function certificateIn(xml: string): string {
  return /<ds:X509Certificate>([^<]+)</.exec(xml)?.[1] ?? ''
}

async function metadataOf(house: House): Promise<readonly string[]> {
  const text = await (await fetch(`${house.url}/saml/metadata`)).text()
  const found = text.matchAll(/use="signing".*?<ds:X509Certificate>([^<]+)</gs)
  return [...found].map(([, certificate = '']) => certificate)
}

forEachEngine((engine) => {
  test('people sign in before, between and after every step of a change of keys', async (context) => {
    const { place, house } = await houseWithKeys(context, engine)
    const { person, browser } = await connected(house)
    const now = () => house.clock.now()
    const signInAgain = async () => {
      const verdicts: (string | undefined)[] = []
      verdicts.push(verdictOf(await openHuawei(house, browser, person)))
      await house.app.tidy()
      verdicts.push(verdictOf(await openHuawei(house, browser, person)))
      return verdicts
    }
    const [old] = await metadataOf(house)

    const next = await makeNextKey(place, { ...NAMED, now: now() })
    const verdicts = [await signInAgain()]
    const fresh = next.raw.toString('base64')
    const made = await metadataOf(house)
    await confirmUpload(place, fingerprintOf(next), now())
    await activateNextKey(place, now())
    verdicts.push(await signInAgain())
    const activated = await metadataOf(house)
    house.clock.advance(RETIRE_AFTER_MINUTES)
    await retireOldKey(place, now())
    verdicts.push(await signInAgain())

    assert.deepEqual(verdicts, Array(3).fill(['accepted', 'accepted']))
    assert.deepEqual(made, [old, fresh])
    assert.deepEqual(activated, [fresh, old])
    assert.deepEqual(await metadataOf(house), [fresh])
  })

  test('an answer that the old key signed is still accepted once the next one signs', async (context) => {
    const { place, house } = await houseWithKeys(context, engine)
    const { person } = await connected(house)
    const browser = await signedIn(house, person)
    const next = await makeNextKey(place, { ...NAMED, now: house.clock.now() })
    await confirmUpload(place, fingerprintOf(next), house.clock.now())

    const onItsWay = await browser.go(`${house.url}/launch`)
    await activateNextKey(place, house.clock.now())
    await house.app.tidy()
    const late = await browser.settle(onItsWay)
    const after = await browser.go(`${house.url}/launch`)

    assert.notEqual(certificateIn(answerXml(onItsWay)), next.raw.toString('base64'))
    assert.equal(certificateIn(answerXml(after)), next.raw.toString('base64'))
    assert.equal(verdictOf(late), 'accepted')
    assert.equal(verdictOf(await browser.settle(after)), 'accepted')
  })
})

const [sqlite] = ENGINES
assert.ok(sqlite !== undefined)

test('people sign in with a key that only a command reaches, and get a page when it fails', async (context) => {
  const certsDir = await emptyFolder(context)
  await writeFile(join(certsDir, 'signing.crt'), (await certificateOf('house')).toString())
  const command = await signerProgram(certsDir, 'house')
  const house = await startHouse(context, {
    databaseUrl: await freshDatabase(context, sqlite),
    keyring: (log) => openKeyring({ certsDir, keyAccess: { command } }, log),
  })
  const { person, browser } = await connected(house)

  const good = await openHuawei(house, browser, person)
  await signerProgram(certsDir, 'house', 'process.exit(1)')
  const bad = await openHuawei(house, browser, person)

  assert.equal(verdictOf(good), 'accepted')
  assert.deepEqual([bad.status, codeOf(bad)], [503, 'SIGNER_FAILED'])
})

test('a certificate that ends soon is in readiness, metrics and, once a day, the log', async (context) => {
  const { house } = await houseWithKeys(context, sqlite)
  const reminders = () => {
    return house
      .log()
      .filter(({ event, whose }) => event === 'certificate.ends' && whose === 'ours')
  }
  const before = await (await fetch(`${house.opsUrl}/health/ready`)).json()
  const [active = ''] = await metadataOf(house)
  const endsAt = new X509Certificate(Buffer.from(active, 'base64')).validToDate

  house.clock.advance((endsAt.getTime() - house.clock.now().getTime()) / 60_000 - 29 * 24 * 60)
  await house.app.tidy()
  await house.app.tidy()
  const ready = await fetch(`${house.opsUrl}/health/ready`)
  const { warnings } = (await ready.json()) as { warnings: Record<string, unknown>[] }
  const metrics = await (await fetch(`${house.opsUrl}/metrics`)).text()

  assert.deepEqual(before, { status: 'ready' })
  assert.equal(ready.status, 200)
  assert.ok(warnings.some(({ whose, level }) => whose === 'ours' && level === 'within-30-days'))
  assert.match(metrics, /^certificate_days_left\{whose="ours",use="active"\} 2[89]$/m)
  assert.equal(reminders().length, 1)
})
