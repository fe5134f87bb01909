// What explanations compare with in tests: the fixed house, over an empty store.

import type { ExplainHouse } from '../../src/explain/explain.ts'
import { createVerifyNotice } from '../../src/saml/notice-signature.ts'
import { openStore } from '../../src/store/open.ts'
import { HOUSE, trustedParties } from '../support/build.ts'
import { certificateOf } from '../support/fixed.ts'
import { RULES } from '../support/front-door.ts'

/** The house, with the partner id of `PERSON`. */
export async function startExplainHouse(): Promise<ExplainHouse> {
  const parties = await trustedParties()
  return {
    ...RULES,
    ...HOUSE,
    parties,
    store: await openStore('sqlite::memory:'),
    partnerId: 'partner0001',
    verify: createVerifyNotice(parties),
    signedBytes: 'base64',
    bindHours: 12,
    ownKeys: async () => [(await certificateOf('house')).publicKey],
  }
}
