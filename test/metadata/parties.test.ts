// Whom we trust while the service runs: fetched again when it is time, never worse for a failure, changed
// only with the operator's word where that is asked for, and never with a restart.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMinutes } from '../../src/base/clock.ts'
import type { Parties } from '../../src/saml/relying-party.ts'
import { OTHER_SITE, SITE, siteMetadata, smallMetadata } from '../support/build.ts'
import { forEachEngine, twoStores } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'
import { isTrusted, start, URL } from './sites.ts'

const EVIL_ACS = 'https://evil.example/acs'

const acsOf = (parties: Parties) =>
  parties.all().flatMap(({ consumers }) => consumers[0]?.url ?? [])

const DAY = 1440

forEachEngine((engine) => {
  test('a site with a URL is trusted as soon as it answers, and its document is kept word for word', async (t) => {
    const served = await siteMetadata()

    const { parties, store } = await start(t, { engine, served })

    assert.equal(parties.get(SITE.entityId, NOW).source, URL)
    assert.equal(parties.get(SITE.entityId, NOW).name, 'site')
    const copy = await store.metadata.find('site')
    assert.equal(copy?.xml, served)
    assert.deepEqual([copy?.takenAt, copy?.checkedAt, copy?.problem], [NOW, NOW, undefined])
    assert.deepEqual(copy?.nextAt, addMinutes(NOW, DAY))
  })

  test('after a restart without network the last good copy counts', async (t) => {
    const first = await start(t, { engine, served: await siteMetadata() })

    const again = await start(t, { store: first.store })

    assert.ok(isTrusted(again.parties, SITE.entityId))
    assert.deepEqual(again.network.hops, [])
  })

  const FAILURES = [
    {
      title: 'leads to one that is down',
      page: { status: 302, headers: { location: '/gone' } },
      problem: /METADATA_UNREACHABLE: ECONNREFUSED/,
    },
    { title: 'has an error', page: { status: 503 }, problem: /status 503/ },
    {
      title: 'shows a page for people',
      page: { body: '<!DOCTYPE html><html><body>Sorry</body></html>' },
      problem: /METADATA_UNUSABLE: it is no XML that is accepted here: a DTD/,
    },
    { title: 'shows nothing', page: { body: '' }, problem: /METADATA_UNUSABLE/ },
    { title: 'floods', page: { body: 'a'.repeat(3_000_000) }, problem: /more than 2097152 bytes/ },
    {
      title: 'leads elsewhere by http',
      page: { status: 302, headers: { location: 'http://127.0.0.1/' } },
      problem: /no https address/,
    },
  ]
  for (const { title, page, problem } of FAILURES) {
    test(`when the site ${title}, the last good copy goes on counting and the operator is told`, async (t) => {
      const { parties, network, store, events } = await start(t, {
        engine,
        served: await siteMetadata(),
      })
      const later = addMinutes(NOW, DAY)
      network.serve(URL, page)

      await parties.refresh(later)

      assert.ok(isTrusted(parties, SITE.entityId, later))
      const copy = await store.metadata.find('site')
      assert.match(copy?.problem ?? '', problem)
      assert.deepEqual([copy?.takenAt, copy?.checkedAt], [NOW, NOW])
      assert.deepEqual(copy?.nextAt, addMinutes(later, 15), 'it is tried again before long')
      assert.ok(events().some(({ event }) => event === 'metadata.refresh-failed'))
    })
  }

  test('a changed document counts from the next refresh on, and the change is in the log [S15]', async (t) => {
    const { parties, network, events } = await start(t, { engine, served: await siteMetadata() })
    network.serve(URL, { body: await siteMetadata(['site-next', 'site']) })

    await parties.refresh(addMinutes(NOW, DAY - 1))
    const early = parties.get(SITE.entityId, NOW).signingKeys.length
    await parties.refresh(addMinutes(NOW, DAY))

    assert.equal(early, 1, 'nobody is asked before it is time')
    assert.equal(parties.get(SITE.entityId, NOW).signingKeys.length, 2)
    const change = events().find(({ event }) => event === 'metadata.change')
    assert.equal(change?.['waits'], false)
    assert.match(String(change?.['changes']), /signing key [0-9a-f]{64} is new/)
  })

  const CHANGES = [
    {
      title: 'a new key',
      change: async () => siteMetadata(['site-next']),
      says: /signing key [0-9a-f]{64} is new/,
    },
    {
      title: 'a new address for answers',
      change: async (xml: string) => xml.replaceAll(SITE.acsUrl, EVIL_ACS),
      says: /AssertionConsumerService https:\/\/evil\.example\/acs \(index 0, default\) is new/,
    },
    {
      title: 'another entity id',
      change: async (xml: string) => xml.replaceAll(SITE.entityId, 'https://evil.example/'),
      says: /entity ID https:\/\/evil\.example\/ is new/,
    },
    {
      title: 'no promise to sign any more',
      change: async (xml: string) => xml.replace('RequestsSigned="true"', 'RequestsSigned="false"'),
      says: /its requests were signed and are unsigned/,
    },
  ]
  for (const { title, change, says } of CHANGES) {
    test(`where changes are confirmed, ${title} waits for the operator's word`, async (t) => {
      const served = await siteMetadata()
      const options = { confirmsChanges: true }
      const { parties, network, store, events } = await start(t, { engine, served, options })
      const before = JSON.stringify(acsOf(parties))
      const changed = await change(served)
      network.serve(URL, { body: changed })
      const [first, second] = [addMinutes(NOW, DAY), addMinutes(NOW, 2 * DAY)]

      await parties.refresh(first)
      await parties.refresh(second)
      const waiting = await store.metadata.find('site')
      const stillTrusted = isTrusted(parties, SITE.entityId)
      const unchanged = JSON.stringify(acsOf(parties))
      const isAccepted = await store.metadata.accept('site', first, second)
      await parties.refresh(addMinutes(second, 1))

      assert.deepEqual([stillTrusted, unchanged], [true, before])
      assert.match(waiting?.pending?.changes.join('\n') ?? '', says)
      assert.deepEqual(waiting?.pending?.at, first, 'it waits since it was seen first')
      assert.equal(events().filter(({ event }) => event === 'metadata.change').length, 1)
      assert.equal(isAccepted, true)
      const after = await store.metadata.find('site')
      assert.deepEqual([after?.xml, after?.pending, after?.takenAt], [changed, undefined, second])
      assert.notEqual(parties.all()[0], undefined)
      assert.equal(isTrusted(parties, SITE.entityId), !changed.includes('entityID="https://evil'))
    })
  }

  test('a change that the site takes back waits no more', async (t) => {
    const served = await siteMetadata()
    const options = { confirmsChanges: true }
    const { parties, network, store } = await start(t, { engine, served, options })
    network.serve(URL, { body: await siteMetadata(['site-next']) })
    await parties.refresh(addMinutes(NOW, DAY))
    network.serve(URL, { body: served })

    await parties.refresh(addMinutes(NOW, 2 * DAY))

    assert.equal((await store.metadata.find('site'))?.pending, undefined)
    assert.equal(await store.metadata.accept('site', addMinutes(NOW, DAY), NOW), false)
  })

  test('a new comment or space changes nothing that waits', async (t) => {
    const served = await siteMetadata()
    const options = { confirmsChanges: true }
    const { parties, network, store } = await start(t, { engine, served, options })
    const spaced = served.replace('<md:SPSSO', '<!-- hello -->\n<md:SPSSO')
    network.serve(URL, { body: spaced })

    await parties.refresh(addMinutes(NOW, DAY))

    const copy = await store.metadata.find('site')
    assert.deepEqual([copy?.pending, copy?.xml], [undefined, spaced])
  })

  test('of two processes one asks the site', async (t) => {
    const [store, other] = await twoStores(t, engine)
    const named = { name: 'site', url: URL }
    const asked = { now: NOW, until: addMinutes(NOW, 15), isForced: false }

    const claims = await Promise.all(
      [store, other].map((each) => each.metadata.claim(named, asked)),
    )
    const again = await store.metadata.claim(named, { ...asked, now: addMinutes(NOW, 15) })
    const forced = await other.metadata.claim(named, { ...asked, isForced: true })

    assert.deepEqual(claims.toSorted(), [false, true])
    assert.deepEqual([again, forced], [true, true])
  })

  test('a site that moves to another URL is not held to what the old one said', async (t) => {
    const { parties, network, folder, store } = await start(t, {
      engine,
      served: await siteMetadata(),
    })
    const url = 'https://new.cloud.example/metadata.xml'
    network.serve(url, { body: await smallMetadata(OTHER_SITE, 'other', true) })
    await folder.write('site.json', { url })

    await parties.refresh(addMinutes(NOW, 1))

    assert.deepEqual(
      [isTrusted(parties, SITE.entityId), isTrusted(parties, OTHER_SITE.entityId)],
      [false, true],
    )
    assert.equal((await store.metadata.find('site'))?.url, url)
  })
})
