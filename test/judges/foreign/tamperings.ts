// What may happen to an answer on its way: changed by somebody, or made by somebody. Every foreign service
// provider must refuse each row.

import assert from 'node:assert/strict'
import { addMinutes } from '../../../src/base/clock.ts'
import { buildAnswer } from '../../../src/saml/response.ts'
import { answerDeps, PERSON } from '../../support/answers.ts'
import { type KeyName, signingKey } from '../../support/fixed.ts'
import type { House } from '../../support/house.ts'

type Tampering = {
  readonly title: string
  readonly tamper: (xml: string, house: House) => string | Promise<string>
}

function change(pattern: RegExp, replacement: string): Tampering['tamper'] {
  return (xml) => {
    const changed = xml.replace(pattern, replacement)
    assert.notEqual(changed, xml, `${pattern} is in the answer`)
    return changed
  }
}

type Changes = {
  readonly audience?: string
  readonly acsUrl?: string
  readonly key?: KeyName
  readonly minutesAgo?: number
}

/** Another answer to the same request, well signed; right in everything but the changes. */
function remake(changes: Changes): Tampering['tamper'] {
  return async (xml, house) => {
    const to = {
      issuer: changes.audience ?? read(xml, />([^<]+)<\/saml2:Audience>/),
      requestId: read(xml, / InResponseTo="([^"]+)"/),
      acsUrl: changes.acsUrl ?? read(xml, / Destination="([^"]+)"/),
    }
    const now = addMinutes(house.clock.now(), -(changes.minutesAgo ?? 0))
    const deps = { ...(await answerDeps(now)), entityId: house.config.entityId }
    // As the house did for this site.
    const locality = xml.includes('SubjectLocality') ? to.issuer : undefined
    const person = { ...PERSON, locality, authnInstant: now }
    const key = await signingKey(changes.key)
    const { response } = await buildAnswer(to, person, { ...deps, key })
    return response
  }
}

/** Right in everything: what `remake` changes is the only reason to refuse. */
export const REMADE = remake({})

function read(xml: string, pattern: RegExp): string {
  const found = pattern.exec(xml)?.[1]
  assert.ok(found !== undefined, `${pattern} is in the answer`)
  return found
}

export const TAMPERINGS: readonly Tampering[] = [
  {
    title: 'whose account id was changed',
    tamper: change(/(Name="xUserId".*?<saml2:AttributeValue[^>]*>)./su, '$1X'),
  },
  {
    title: 'whose audience was changed',
    tamper: change(/(<saml2:Audience>)[^<]+/, '$1https://other.example/metadata'),
  },
  {
    title: 'whose signature was changed',
    // Reversed it is still Base64 of the same length, and no signature of this answer.
    tamper: (xml) =>
      xml.replace(/(<ds:SignatureValue>)([^<=]+)/, (_all, start: string, value: string) => {
        return `${start}${[...value].reverse().join('')}`
      }),
  },
  {
    title: 'whose signature was taken away',
    tamper: change(/<ds:Signature .*<\/ds:Signature>/s, ''),
  },
  { title: 'that a stranger signed', tamper: remake({ key: 'stranger' }) },
  {
    title: 'that was made for another site',
    tamper: remake({ audience: 'https://other.example/metadata' }),
  },
  {
    title: 'that was made for another address',
    tamper: remake({ acsUrl: 'https://other.example/acs' }),
  },
  { title: 'that has run out', tamper: remake({ minutesAgo: 60 }) },
]
