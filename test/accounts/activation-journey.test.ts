// The journey of opening an account: what its journal and the record hold, and what an operator can do
// without an account being lost.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWithCode, requestCode } from '../../src/accounts/activation.ts'
import { abandonActivation, retryActivation } from '../../src/accounts/journey/operate.ts'
import { advance } from '../../src/accounts/journey/resume.ts'
import { STEPS } from '../../src/accounts/journey/steps.ts'
import { Refusal } from '../../src/base/errors.ts'
import type { ActivationRecord, ActivationStep } from '../../src/store/activation-records.ts'
import { forEachEngine } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'
import {
  ADA,
  ADA_HERSELF,
  ADAS,
  depsOf,
  journeyOf,
  leave,
  OPERATOR,
  type Partner,
  refusalOf,
  stepOf,
  storeWithAda,
  WISH,
} from './activation-kit.ts'

const OUT = 'ACTIVATION_OUT_OF_ORDER'
const FRESH = {
  changes: {},
  isThere: false,
  outcome: 'done',
  begun: 'done',
  ends: 'code-sent',
} as const
const OPEN = {
  changes: { createAskedAt: NOW },
  isThere: true,
  outcome: 'done',
  begun: OUT,
  ends: 'bound',
} as const
const MADE = { ...OPEN, changes: { domainId: 'd-1' } }

/** What comes of giving up and beginning again, by where it stood and what is there at Huawei. */
const GIVEN_UP: readonly {
  step: ActivationStep
  changes: Partial<ActivationRecord>
  isThere: boolean
  outcome: string
  begun: string
  ends: ActivationStep
}[] = [
  { step: 'checked', ...FRESH },
  { step: 'code-sent', ...FRESH },
  { step: 'refused', ...FRESH },
  { step: 'abandoned', ...FRESH, outcome: OUT },
  { step: 'create-asked', ...OPEN },
  { step: 'unknown', ...OPEN },
  { step: 'created', ...MADE },
  { step: 'associated', ...MADE },
  { step: 'bound', ...MADE, outcome: OUT },
]

forEachEngine((engine) => {
  test('every step is in the journal, and on record with who took it', async (t) => {
    const store = await storeWithAda(t, engine)
    const { deps, asked, events } = depsOf(store)

    await requestCode(ADA, WISH, deps)
    await createWithCode(ADA, '123456', deps)

    assert.deepEqual(asked, ['check', 'check', 'code', 'create', 'query'])
    assert.deepEqual(await journeyOf(store), [
      'checked done',
      'code-sent done',
      'create-asked asking',
      'created done',
      'associated done',
      'bound done',
    ])
    const taken = events.filter(({ action }) => action === 'activation.moved')
    assert.deepEqual(
      taken.map(({ action, actor, after }) => [action, actor, after?.['step']]),
      ['checked', 'code-sent', 'create-asked', 'created', 'associated', 'bound'].map((step) => [
        'activation.moved',
        ADA_HERSELF,
        step,
      ]),
    )
    assert.equal(events.filter(({ action }) => action === 'binding.moved').length, 1)
    assert.ok(!JSON.stringify(events).includes('123456'), 'the code is on no record')
  })

  test('each step is in the journal under Huawei’s name for the request that led to it', async (t) => {
    const store = await storeWithAda(t, engine)
    const { deps } = depsOf(store)

    await requestCode(ADA, WISH, deps)
    await createWithCode(ADA, '123456', deps)

    const journal = await store.activations.listJournal('c-100', 50)
    assert.deepEqual(
      journal.map(({ step, requestId }) => [step, requestId]),
      [
        ['checked', 'request-2'],
        ['code-sent', 'request-3'],
        // Written before Huawei is asked.
        ['create-asked', undefined],
        ['created', 'request-4'],
        ['associated', 'request-5'],
        ['bound', undefined],
      ],
    )
  })

  test('what the service finds out by itself has the request of the search', async (t) => {
    const store = await storeWithAda(t, engine)
    await leave(store, { step: 'unknown', ...WISH, createAskedAt: NOW })
    const { deps } = depsOf(store, {}, 10)

    await advance('c-100', { ...deps, actor: OPERATOR })

    const [last] = await store.activations.listJournal('c-100', 1)
    assert.deepEqual([last?.step, last?.requestId], ['refused', 'request-1'])
  })

  test('a request that Huawei refused is in the journal under Huawei’s name for it', async (t) => {
    const store = await storeWithAda(t, engine)
    const createCustomer = async () => {
      throw new Refusal('PARTNER_NAME_TAKEN', { status: 400, requestId: 'request-7' })
    }
    const { deps } = depsOf(store, { createCustomer })
    await requestCode(ADA, WISH, deps)

    await refusalOf(createWithCode(ADA, '123456', deps))

    const last = (await store.activations.listJournal('c-100', 1))[0]
    const { step, problem, requestId } = last ?? {}
    assert.deepEqual(
      { step, problem, requestId },
      { step: 'refused', problem: 'PARTNER_NAME_TAKEN', requestId: 'request-7' },
    )
  })

  test('an account that Huawei does not list yet is not connected, and looked at later', async (t) => {
    const store = await storeWithAda(t, engine)
    const queryCustomers = async () => ({ count: 0, customer_infos: [] })
    const { deps } = depsOf(store, {
      queryCustomers: queryCustomers as unknown as Partner['queryCustomers'],
    })
    await requestCode(ADA, WISH, deps)

    const record = await createWithCode(ADA, '123456', deps)

    assert.equal(record?.step, 'created')
    assert.equal((await store.bindings.find('c-100')).domainId, undefined)
    const [due] = await store.activations.listDue(new Date(NOW.getTime() + 60_000), 10)
    assert.equal(due?.accountId, 'c-100')
  })

  test('an account that Huawei lists as somebody else’s waits for an operator', async (t) => {
    const store = await storeWithAda(t, engine)
    const other = { ...ADAS, xaccount_id: 'c-200' }
    const queryCustomers = async () => ({ count: 1, customer_infos: [other] })
    const { deps } = depsOf(store, {
      queryCustomers: queryCustomers as unknown as Partner['queryCustomers'],
    })
    await requestCode(ADA, WISH, deps)

    const refusal = await refusalOf(createWithCode(ADA, '123456', deps))
    const { deps: later } = depsOf(store, {
      queryCustomers: (async () => ({
        count: 1,
        customer_infos: [ADAS],
      })) as unknown as Partner['queryCustomers'],
    })
    const untouched = await advance('c-100', { ...later, actor: ADA_HERSELF })
    const retried = await retryActivation('c-100', { ...later, actor: OPERATOR })

    assert.equal(refusal, 'BIND_CONFLICT')
    assert.deepEqual([untouched?.step, untouched?.problem], ['created', 'BIND_CONFLICT'])
    assert.equal(retried?.step, 'bound')
  })

  test('another code for the same form is no new attempt, another form is one', async (t) => {
    const store = await storeWithAda(t, engine)
    const { deps } = depsOf(store)

    await requestCode(ADA, WISH, deps)
    await requestCode(ADA, WISH, deps)
    await requestCode(ADA, { ...WISH, domainName: 'ada-cloud-2' }, deps)

    const journal = await store.activations.listJournal('c-100', 50)
    assert.deepEqual(
      journal.map(({ attempt }) => attempt),
      [1, 1, 1, 1, 2, 2],
    )
  })

  test('when another code cannot be sent, the one that was sent is good still', async (t) => {
    const store = await storeWithAda(t, engine)
    const { deps } = depsOf(store)
    await requestCode(ADA, WISH, deps)
    const sendVerificationCode = async () => {
      throw new Refusal('PARTNER_CODE_LIMIT', { status: 400 })
    }
    const { deps: limited } = depsOf(store, { sendVerificationCode })

    const refusal = await refusalOf(requestCode(ADA, WISH, limited))
    const elsewhere = { ...WISH, email: 'other@customer.example' }
    const step = await stepOf(store)
    await refusalOf(requestCode(ADA, elsewhere, limited))

    assert.equal(refusal, 'PARTNER_CODE_LIMIT')
    assert.equal(step, 'code-sent')
    assert.equal(await stepOf(store), 'checked')
  })

  for (const { step, changes, isThere, outcome, begun, ends } of GIVEN_UP) {
    test(`an operator who gives up what stands at "${step}" loses no account`, async (t) => {
      const store = await storeWithAda(t, engine)
      await leave(store, { step, ...WISH, ...changes })
      const queryCustomers = async () => ({ customer_infos: isThere ? [ADAS] : [] })
      const { deps, asked } = depsOf(store, {
        queryCustomers: queryCustomers as unknown as Partner['queryCustomers'],
      })

      const said = [
        await refusalOf(abandonActivation('c-100', { ...deps, actor: OPERATOR })),
        await refusalOf(requestCode(ADA, WISH, deps)),
      ]

      assert.deepEqual(said, [outcome, begun])
      assert.equal(await stepOf(store), ends)
      assert.equal(asked.includes('create'), false)
    })
  }

  test('giving up is looked at for every step there is', () => {
    assert.deepEqual(GIVEN_UP.map(({ step }) => step).toSorted(), Object.keys(STEPS).toSorted())
  })

  test('while Huawei cannot say what became of it, nothing new is begun after giving up', async (t) => {
    const store = await storeWithAda(t, engine)
    await leave(store, { step: 'unknown', ...WISH, createAskedAt: NOW })
    const { deps, asked, events } = depsOf(store)
    await abandonActivation('c-100', { ...deps, actor: OPERATOR })

    const early = await refusalOf(requestCode(ADA, WISH, deps))
    const { deps: later } = depsOf(store, {}, 10)
    const late = await refusalOf(requestCode(ADA, WISH, later))

    assert.equal(early, 'PARTNER_UNREACHABLE')
    assert.deepEqual(asked, ['query'])
    assert.equal(late, 'done')
    assert.deepEqual(
      events.map(({ action, actor }) => [action, actor]),
      [['activation.abandoned', OPERATOR]],
    )
  })

  test('an operator can have looked again at what was refused too early', async (t) => {
    const store = await storeWithAda(t, engine)
    await leave(store, { step: 'refused', ...WISH, problem: 'PARTNER_UNREACHABLE' })
    const queryCustomers = async () => ({ count: 1, customer_infos: [ADAS] })
    const { deps } = depsOf(store, {
      queryCustomers: queryCustomers as unknown as Partner['queryCustomers'],
    })

    const record = await retryActivation('c-100', { ...deps, actor: OPERATOR })

    assert.equal(record?.step, 'bound')
    assert.deepEqual(await journeyOf(store), [
      'refused done',
      'refused retried',
      'created done',
      'associated done',
      'bound done',
    ])
  })
})
