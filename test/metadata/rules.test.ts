// What a site's options and its document decide: pins, ends, how soon it is asked again; and files that
// change while the service runs.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMinutes } from '../../src/base/clock.ts'
import { OTHER_SITE, SITE, siteMetadata, smallMetadata } from '../support/build.ts'
import { forEachEngine } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'
import { pinOf, signMetadata } from '../support/sign-metadata.ts'
import { isTrusted, start, URL } from './sites.ts'

const DAY = 1440
const PIN = await pinOf('site')

async function document(attributes = ''): Promise<string> {
  return (await siteMetadata()).replace(' ID="M349b"', ` ID="M349b"${attributes}`)
}

const until = (minutes: number) => ` validUntil="${addMinutes(NOW, minutes).toISOString()}"`

const SCHEDULES = [
  { title: 'says nothing, once a day', attributes: '', options: {}, minutes: DAY },
  {
    title: 'says nothing, as its options ask',
    attributes: '',
    options: { refreshMinutes: 60 },
    minutes: 60,
  },
  {
    title: 'may be kept for an hour, after an hour',
    attributes: ' cacheDuration="PT1H"',
    options: {},
    minutes: 60,
  },
  {
    title: 'may be kept for a week, once a day',
    attributes: ' cacheDuration="P7D"',
    options: {},
    minutes: DAY,
  },
  {
    title: 'may be kept for a second, after five minutes',
    attributes: ' cacheDuration="PT1S"',
    options: {},
    minutes: 5,
  },
  {
    title: 'has a cacheDuration that is none, once a day',
    attributes: ' cacheDuration="soon"',
    options: {},
    minutes: DAY,
  },
  { title: 'ends in four hours, after two', attributes: until(240), options: {}, minutes: 120 },
  { title: 'ends in a minute, after five', attributes: until(1), options: {}, minutes: 5 },
]

const ROLLBACKS = [
  { title: 'that ends sooner', now: until(2 * DAY), code: 'METADATA_ROLLBACK' },
  { title: 'that never ends', now: '', code: 'METADATA_ROLLBACK' },
  { title: 'that has ended', now: until(-1), code: 'METADATA_UNUSABLE' },
]

forEachEngine((engine) => {
  for (const { title, attributes, options, minutes } of SCHEDULES) {
    test(`a document is asked for again that ${title}`, async (t) => {
      const { store } = await start(t, { engine, served: await document(attributes), options })

      const copy = await store.metadata.find('site')

      assert.deepEqual(copy?.nextAt, addMinutes(NOW, minutes))
    })
  }

  test('a copy that has run out is refused, however often it is asked for', async (t) => {
    const { parties } = await start(t, { engine, served: await document(until(240)) })

    await parties.refresh(addMinutes(NOW, 10))

    assert.ok(isTrusted(parties, SITE.entityId, addMinutes(NOW, 239)))
    assert.throws(() => parties.get(SITE.entityId, addMinutes(NOW, 240)), {
      code: 'SAML_PARTY_EXPIRED',
    })
  })

  for (const { title, now, code } of ROLLBACKS) {
    test(`an older document ${title} is refused, though it is signed`, async (t) => {
      const sign = (xml: string) => signMetadata(xml, { key: 'site' })
      const served = await sign(await document(until(3 * DAY)))
      const options = { pin: PIN }
      const { parties, network, store } = await start(t, { engine, served, options })
      network.serve(URL, { body: await sign(await document(now)) })

      await parties.refresh(addMinutes(NOW, DAY))

      const copy = await store.metadata.find('site')
      assert.equal(copy?.xml, served)
      assert.ok(copy.problem?.startsWith(code), copy.problem)
      assert.ok(isTrusted(parties, SITE.entityId))
    })
  }

  const UNPROVEN = [
    { title: 'without a signature', make: () => document() },
    {
      title: 'signed by a stranger',
      make: async () => signMetadata(await document(), { key: 'stranger' }),
    },
    {
      title: 'with a digest by SHA-1 that is not allowed',
      make: async () => signMetadata(await document(), { key: 'site' }, { digest: 'sha1' }),
    },
  ]
  for (const { title, make } of UNPROVEN) {
    test(`with a pin, a document ${title} never takes effect`, async (t) => {
      const served = await signMetadata(await document(), { key: 'site' })
      const options = { pin: PIN }
      const { parties, network, store } = await start(t, { engine, served, options })
      const evil = (await make()).replaceAll('\n<md:NameIDFormat', '\n\n<md:NameIDFormat')
      network.serve(URL, { body: evil })

      await parties.refresh(addMinutes(NOW, DAY))

      const copy = await store.metadata.find('site')
      assert.equal(copy?.xml, served)
      assert.match(copy.problem ?? '', /^METADATA_UNUSABLE: its signature does not prove it/)
      assert.ok(isTrusted(parties, SITE.entityId))
    })
  }

  test("Huawei's own shape, digested with SHA-1 and never ending, is taken with pin and permission", async (t) => {
    const served = await signMetadata(await document(), { key: 'site' }, { digest: 'sha1' })
    const options = { pin: PIN, allowsSha1Digest: true }

    const { parties } = await start(t, { engine, served, options })

    assert.ok(isTrusted(parties, SITE.entityId))
  })

  test('a copy that a new pin does not prove counts no more, at once and after a restart', async (t) => {
    const served = await signMetadata(await document(), { key: 'site' })
    const { store, parties, folder } = await start(t, { engine, served })
    await folder.write('site.json', { url: URL, pin: await pinOf('stranger') })

    await parties.refresh(addMinutes(NOW, 1))
    const again = await start(t, { store, options: { pin: await pinOf('stranger') } })

    assert.equal(isTrusted(parties, SITE.entityId), false)
    assert.equal(isTrusted(again.parties, SITE.entityId), false)
    assert.ok(again.events().some(({ event }) => event === 'metadata.problem'))
  })

  test('files are taken up while the service runs, and a spoilt one changes nothing', async (t) => {
    const { parties, folder, events } = await start(t, { engine, served: await document() })
    const minute = (count: number) => addMinutes(NOW, count)

    await folder.write('other.xml', await smallMetadata(OTHER_SITE, 'other', true))
    await parties.refresh(minute(1))
    const isAdded = isTrusted(parties, OTHER_SITE.entityId)
    await folder.write('other.xml', '<md:EntityDesc')
    await folder.write('site.json', '{"url": ')
    await parties.refresh(minute(2))
    await parties.refresh(minute(3))
    const isKept = [OTHER_SITE, SITE].every(({ entityId }) => isTrusted(parties, entityId))
    await folder.remove('other.xml')
    await parties.refresh(minute(4))

    assert.deepEqual([isAdded, isKept], [true, true])
    assert.deepEqual(
      [OTHER_SITE, SITE].map(({ entityId }) => isTrusted(parties, entityId)),
      [false, true],
    )
    const problems = events().filter(({ event }) => event === 'metadata.problem')
    assert.ok(problems.some(({ source }) => String(source).endsWith('other.xml')))
    assert.ok(problems.some(({ source }) => String(source).endsWith('site.json')))
  })

  test('a database that cannot be asked for a while changes nothing', async (t) => {
    const { parties, store, events } = await start(t, { engine, served: await document() })

    await store.close()
    await parties.refresh(addMinutes(NOW, 1))

    assert.ok(isTrusted(parties, SITE.entityId))
    assert.ok(events().some(({ event }) => event === 'metadata.not-refreshed'))
  })

  test('a fetched document cannot take the name of a site whose file is here', async (t) => {
    const evil = await smallMetadata(
      { ...OTHER_SITE, acsUrl: 'https://evil.example/' },
      'stranger',
      true,
    )
    const { parties, folder } = await start(t, { engine, served: evil })
    await folder.write('zebra.xml', await smallMetadata(OTHER_SITE, 'other', true))

    await parties.refresh(addMinutes(NOW, 1))

    const { consumers } = parties.get(OTHER_SITE.entityId, NOW)
    assert.deepEqual(
      consumers.map(({ url }) => url),
      [OTHER_SITE.acsUrl],
    )
  })
})
