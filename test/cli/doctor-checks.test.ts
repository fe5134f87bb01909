// Every check of the doctor: silent about an installation as it should be, and clear about one that is not.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Level } from '../../src/cli/doctor/check.ts'
import { CHECKS } from '../../src/cli/doctor/checks.ts'
import { judgeFree } from '../../src/cli/doctor/database.ts'
import { judgeOwnMetadata } from '../../src/cli/doctor/own-metadata.ts'
import { siteMetadata } from '../support/build.ts'
import { OUR_ROWS } from './doctor-rows-ours.ts'
import { PORTAL_API_ROWS } from './doctor-rows-portal-api.ts'
import { SIGN_IN_ROWS } from './doctor-rows-sign-in.ts'
import { secondPortal, THEIR_ROWS } from './doctor-rows-theirs.ts'
import { makeWorld, runCheck, URLS } from './doctor-world.ts'

const ROWS = [...OUR_ROWS, ...THEIR_ROWS, ...SIGN_IN_ROWS, ...PORTAL_API_ROWS]

// Nobody can fill a disk in a test: judgeFree is asked below.
const ELSEWHERE = ['database.space']

test('every check has a row of what is wrong', () => {
  const ids = CHECKS.map(({ id }) => id).filter((id) => !ELSEWHERE.includes(id))

  assert.deepEqual([...new Set(ROWS.map(({ id }) => id))].sort(), ids.toSorted())
  assert.equal(new Set(ids).size, ids.length)
})

test('an installation that is as it should be passes every check', async (t) => {
  const world = await makeWorld(t)
  for (const { id } of CHECKS) {
    const { findings } = await runCheck(world, id)

    const wrong = findings.filter(({ level }) => level === 'warning' || level === 'error')
    assert.deepEqual(wrong, [])
    assert.ok(findings.length > 0, id)
  }
})

describe('the doctor finds', () => {
  for (const { id, title, spoil, level, says } of ROWS) {
    test(`${title} (${id})`, async (t) => {
      const world = await makeWorld(t)
      await spoil(world)

      const { findings } = await runCheck(world, id)

      const found = findings.find((each) => says.test(each.found))
      assert.equal(found?.level, level, JSON.stringify(findings))
      assert.notEqual(found.meaning, '')
      if (level === 'warning' || level === 'error') assert.notEqual(found.nextStep, null)
    })
  }
})

test('what is wrong with another portal is said to be mended where that portal is named', async (t) => {
  const world = await makeWorld(t)
  secondPortal(world)

  const { findings } = await runCheck(world, 'portal.sign-in')

  assert.deepEqual(
    findings.map(({ level }) => level),
    ['ok', 'warning'],
  )
  assert.match(String(findings[1]?.nextStep), /signInUrl of east in PORTALS_FILE/)
})

const FREE: readonly (readonly [mib: number, level: Level])[] = [
  [4096, 'ok'],
  [500, 'note'],
  [50, 'error'],
]

for (const [mib, level] of FREE) {
  test(`${mib} MiB of free space are: ${level}`, () => {
    const finding = judgeFree(mib)

    assert.equal(finding.level, level)
  })
}

test('our metadata in another order, above 2 MB or of another role is found', async (t) => {
  const world = await makeWorld(t)
  const xml = await (world.pages.get(URLS.metadata)?.() ?? new Response()).text()
  const nameId = /<md:NameIDFormat>.*?<\/md:NameIDFormat>/s.exec(xml)?.[0] ?? ''
  const moved = xml
    .replace(nameId, '')
    .replace('</md:IDPSSODescriptor>', `${nameId}</md:IDPSSODescriptor>`)

  const levels = [
    xml,
    moved,
    `${xml}<!--${'x'.repeat(2 * 1024 * 1024)}-->`,
    await siteMetadata(),
    xml.replace('HTTP-Redirect', 'HTTP-POST'),
  ].map((each) => judgeOwnMetadata(each, false).map(({ level }) => level))

  assert.notEqual(nameId, '')
  assert.deepEqual(levels, [['ok'], ['error'], ['error'], ['error'], ['error']])
})
