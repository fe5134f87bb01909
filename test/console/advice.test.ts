// What the console tells an operator to do next, for each state that needs somebody.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adviceFor, type Circumstances } from '../../src/console/advice.ts'
import { html, markupOf } from '../../src/web/html.ts'
import { account, activation, NOW } from '../store/records.ts'

const NOTHING: Circumstances = {
  account: account({ login: 'ann' }),
  binding: {
    accountId: 'c-100',
    state: 'none',
    domainId: undefined,
    domainName: undefined,
    askedAt: undefined,
    boundAt: undefined,
    source: undefined,
    confirmedAt: undefined,
    conflictDomainId: undefined,
    conflictDomainName: undefined,
  },
  activation: undefined,
  heldBy: undefined,
}

const BOUND = { ...NOTHING.binding, state: 'bound', domainId: 'd-1' } as const
const CONFLICT = { ...BOUND, state: 'conflict', conflictDomainId: 'd-2' } as const

const ROWS: readonly {
  readonly title: string
  readonly given: Partial<Circumstances>
  readonly says: readonly string[]
}[] = [
  {
    title: 'who is disabled: how to let them in',
    given: { account: account({ login: 'ann', isEnabled: false }) },
    says: ['Disabled.', 'partner-idp users enable ann'],
  },
  {
    title: 'whose account Huawei Cloud contradicts: both account ids, and how to ask',
    given: { binding: CONFLICT },
    says: [
      'named the account d-2, and d-1 is kept',
      'partner-idp call queryCustomers --customer-id d-2',
    ],
  },
  {
    title: 'whose claimed account another customer has: who that is',
    given: { binding: CONFLICT, heldBy: 'c-200' },
    says: ['The Huawei Cloud account d-2 belongs to the customer c-200 already.'],
  },
  {
    title: 'who is bound but unconfirmed: to wait, and how to ask',
    given: { binding: BOUND },
    says: ['Not confirmed.', 'partner-idp call queryCustomers --customer-id d-1'],
  },
  {
    title: 'who went to Huawei Cloud and was not reported: where to look',
    given: { binding: { ...NOTHING.binding, state: 'asked' } },
    says: ['Not connected yet.', '/console/notices'],
  },
  {
    title: 'whose account may or may not exist: not to create a second one',
    given: { activation: activation({ step: 'unknown', domainName: 'acme-1' }) },
    says: ['Do not create one by hand', 'partner-idp call queryCustomers --account-name acme-1'],
  },
  {
    title: 'whose account was being asked for in a crash: the same',
    given: { activation: activation({ step: 'create-asked' }) },
    says: ['Do not create one by hand'],
  },
  {
    title: 'whose account Huawei Cloud refused: why',
    given: { activation: activation({ step: 'refused', problem: 'PARTNER_NAME_TAKEN' }) },
    says: ['Refused.', 'This account name is in use already.'],
  },
  {
    title: 'with a name that a shell would run: a command that is safe to paste',
    given: { activation: activation({ step: 'unknown', domainName: "a'; reboot" }) },
    says: ["--account-name 'a'\\''; reboot'"],
  },
]

for (const { title, given, says } of ROWS) {
  test(`a customer ${title}`, () => {
    const advice = adviceFor({ ...NOTHING, ...given })

    const text = markupOf(html`${advice}`).replaceAll('&#39;', "'")
    assert.equal(advice.length, 1)
    for (const sentence of says) assert.ok(text.includes(sentence), `${sentence}\n${text}`)
  })
}

const WELL: readonly { readonly title: string; readonly given: Partial<Circumstances> }[] = [
  { title: 'who has not been to Huawei Cloud', given: {} },
  { title: 'whose connection is confirmed', given: { binding: { ...BOUND, confirmedAt: NOW } } },
  { title: 'who waits for a code', given: { activation: activation({ step: 'code-sent' }) } },
]

for (const { title, given } of WELL) {
  test(`a customer ${title} needs nobody`, () => {
    assert.deepEqual(adviceFor({ ...NOTHING, ...given }), [])
  })
}
