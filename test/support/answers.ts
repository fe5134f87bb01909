// Our own messages under the fixed clock and randomness, as the flow would have them made.

import type { Random } from '../../src/base/random.ts'
import type { Protection } from '../../src/saml/protection.ts'
import {
  type Addressee,
  type Answer,
  type AnswerDeps,
  buildAnswer,
  buildRefusal,
  type PersonFacts,
} from '../../src/saml/response.ts'
import { HOUSE, SITE } from './build.ts'
import { countingRandom, NOW, signingKey } from './fixed.ts'

/** Who asked. */
export const ADDRESSEE: Addressee = {
  issuer: SITE.entityId,
  requestId: SITE.requestId,
  acsUrl: SITE.acsUrl,
}

/** Who signed in: every attribute that Huawei Cloud documents. */
export const PERSON: PersonFacts = {
  name: undefined,
  contextClass: 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
  locality: SITE.entityId,
  sessionIndex: '_session1',
  authnInstant: new Date('2026-01-15T09:58:00.000Z'),
  attributes: [
    { name: 'xUserId', value: 'customer-0001' },
    { name: 'xAccountId', value: 'customer-0001' },
    { name: 'bpId', value: 'partner0001' },
    { name: 'email', value: 'ada@customer.example' },
    { name: 'name', value: 'ada_lovelace' },
    { name: 'mobile', value: '0049-1701234567' },
  ],
}

/** As Huawei's contract has it. */
const PLAIN: Protection = { sign: 'assertion', encryption: undefined }

/** What answers need of the house. */
export async function answerDeps(
  now: Date = NOW,
  protection: Protection = PLAIN,
): Promise<AnswerDeps & { readonly now: Date; readonly protection: Protection }> {
  const random: Random = countingRandom()
  const key = await signingKey()
  const lifetime = { assertionMinutes: 5, clockSkewSeconds: 180, now }
  return { entityId: HOUSE.entityId, key, random, protection, ...lifetime }
}

/** An answer for `PERSON`, or for one with other facts. */
export async function answer(
  person: Partial<PersonFacts> = {},
  now: Date = NOW,
  protection: Protection = PLAIN,
): Promise<Answer> {
  return buildAnswer(ADDRESSEE, { ...PERSON, ...person }, await answerDeps(now, protection))
}

/** A signed refusal: nobody may be asked to sign in. */
export async function refusal(): Promise<string> {
  const deps = { ...(await answerDeps()), say: 'You are not signed in.' }
  return buildRefusal(ADDRESSEE, { top: 'Responder', second: 'NoPassive' }, deps)
}
