// Opening an account, step by step: where each answer of Huawei's leaves it, and that Huawei is asked to
// create once only. Huawei is a function here; with HTTP and a sandbox it is in test/journeys/.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWithCode, requestCode } from '../../src/accounts/activation.ts'
import { advance } from '../../src/accounts/journey/resume.ts'
import type { ErrorCode } from '../../src/base/error-codes.ts'
import { Refusal } from '../../src/base/errors.ts'
import type { ActivationStep } from '../../src/store/activation-records.ts'
import { forEachEngine } from '../support/engines.ts'
import { NOW } from '../support/fixed.ts'
import {
  ADA,
  ADA_HERSELF,
  depsOf,
  leave,
  type Partner,
  refusalOf,
  stepOf,
  storeWithAda,
  WISH,
} from './activation-kit.ts'

/** Where each no of Huawei's to "create" leaves the customer. */
const AFTER: readonly { code: ErrorCode; status?: number; step: ActivationStep }[] = [
  { code: 'PARTNER_WRONG_CODE', status: 400, step: 'code-sent' },
  { code: 'PARTNER_CODE_SPENT', status: 400, step: 'code-sent' },
  { code: 'PARTNER_THROTTLED', status: 429, step: 'code-sent' },
  { code: 'PARTNER_UNAUTHORIZED', status: 401, step: 'code-sent' },
  { code: 'PARTNER_FORBIDDEN', status: 403, step: 'code-sent' },
  { code: 'PARTNER_INVALID_INPUT', step: 'code-sent' },
  { code: 'PARTNER_NOT_CONFIGURED', step: 'code-sent' },
  { code: 'PARTNER_NAME_TAKEN', status: 400, step: 'refused' },
  { code: 'PARTNER_BAD_NAME', status: 400, step: 'refused' },
  { code: 'PARTNER_EMAIL_TAKEN', status: 400, step: 'refused' },
  { code: 'PARTNER_BAD_EMAIL', status: 400, step: 'refused' },
  { code: 'PARTNER_REFUSED', status: 400, step: 'refused' },
  { code: 'PARTNER_REFUSED', status: 500, step: 'unknown' },
  { code: 'PARTNER_NAME_TAKEN', status: 500, step: 'unknown' },
  { code: 'PARTNER_UNREACHABLE', step: 'unknown' },
  { code: 'PARTNER_BAD_ANSWER', status: 200, step: 'unknown' },
  { code: 'PARTNER_ACCOUNT_EXISTS', status: 400, step: 'unknown' },
]

forEachEngine((engine) => {
  for (const { code, status, step } of AFTER) {
    test(`${code}${status === undefined ? '' : ` with HTTP ${status}`} leaves the step "${step}"`, async (t) => {
      const store = await storeWithAda(t, engine)
      const createCustomer = async () => {
        throw new Refusal(code, status === undefined ? {} : { status })
      }
      const { deps } = depsOf(store, { createCustomer })
      await requestCode(ADA, WISH, deps)

      const refusal = await refusalOf(createWithCode(ADA, '123456', deps))

      assert.equal(refusal, code)
      assert.equal(await stepOf(store), step)
      assert.equal((await store.bindings.find('c-100')).domainId, undefined)
    })
  }

  test('a fault in the middle leaves it open what Huawei did', async (t) => {
    const store = await storeWithAda(t, engine)
    const createCustomer = async () => {
      throw new TypeError('a mistake of ours')
    }
    const { deps } = depsOf(store, { createCustomer })
    await requestCode(ADA, WISH, deps)

    await assert.rejects(createWithCode(ADA, '123456', deps), TypeError)

    assert.equal(await stepOf(store), 'unknown')
  })

  test('ten who come with the code at once: Huawei is asked once', async (t) => {
    const store = await storeWithAda(t, engine)
    const { deps, asked } = depsOf(store)
    await requestCode(ADA, WISH, deps)

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => refusalOf(createWithCode(ADA, '123456', deps))),
    )

    assert.equal(asked.filter((call) => call === 'create').length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === 'done').length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === 'ACTIVATION_OUT_OF_ORDER').length, 9)
    assert.equal((await store.bindings.find('c-100')).domainId, 'd-1')
  })

  for (const step of ['create-asked', 'unknown', 'created', 'associated', 'bound'] as const) {
    test(`while the step is "${step}", no code is sent and nothing is created`, async (t) => {
      const store = await storeWithAda(t, engine)
      await leave(store, { step, domainId: 'd-1' })
      const { deps, asked } = depsOf(store)

      const outcomes = [
        await refusalOf(requestCode(ADA, WISH, deps)),
        await refusalOf(createWithCode(ADA, '123456', deps)),
      ]

      assert.deepEqual(outcomes, ['ACTIVATION_OUT_OF_ORDER', 'ACTIVATION_OUT_OF_ORDER'])
      assert.deepEqual(asked, [])
    })
  }

  const FOUND = [
    {
      title: 'the account that was asked for',
      xaccount_id: 'c-100',
      xaccount_type: 'example_IDP',
      is: 'bound',
    },
    { title: 'one without a platform', xaccount_id: 'c-100', xaccount_type: '', is: 'bound' },
    {
      title: 'one of another customer',
      xaccount_id: 'c-200',
      xaccount_type: 'example_IDP',
      is: 'unknown',
    },
    {
      title: 'one of another platform',
      xaccount_id: 'c-100',
      xaccount_type: 'other_IDP',
      is: 'unknown',
    },
  ] as const

  for (const { title, is, ...customer } of FOUND) {
    test(`when Huawei then lists ${title}, the outcome is ${is}`, async (t) => {
      const store = await storeWithAda(t, engine)
      await leave(store, { step: 'unknown', changedAt: NOW })
      const found = { ...customer, customer_id: 'd-1', account_name: 'example-domain' }
      const queryCustomers = async () => ({ count: 1, customer_infos: [found] })
      const { deps } = depsOf(store, {
        queryCustomers: queryCustomers as unknown as Partner['queryCustomers'],
      })

      const record = await advance('c-100', { ...deps, actor: ADA_HERSELF })

      assert.equal(record?.step, is)
      const { domainId } = await store.bindings.find('c-100')
      assert.equal(domainId, is === 'bound' ? 'd-1' : undefined)
    })
  }

  const WAITS = [
    { minutes: 9, step: 'unknown' },
    { minutes: 10, step: 'refused' },
  ] as const

  for (const { minutes, step } of WAITS) {
    test(`after ${minutes} minutes without the account the step is "${step}"`, async (t) => {
      const store = await storeWithAda(t, engine)
      await leave(store, { step: 'unknown', changedAt: NOW })
      const { deps } = depsOf(store, {}, minutes)

      const record = await advance('c-100', { ...deps, actor: ADA_HERSELF })

      assert.equal(record?.step, step)
      assert.equal(await stepOf(store), step)
    })
  }

  test('while Huawei does not answer, nothing is given up, however long it takes', async (t) => {
    const store = await storeWithAda(t, engine)
    await leave(store, { step: 'unknown', changedAt: NOW })
    const refuse = async () => {
      throw new Refusal('PARTNER_UNREACHABLE')
    }
    const queryCustomers = Object.assign(refuse, { all: () => assert.fail('not walked') })
    const { deps } = depsOf(store, { queryCustomers }, 600)

    const record = await advance('c-100', { ...deps, actor: ADA_HERSELF })

    assert.equal(record?.step, 'unknown')
    assert.deepEqual(record, { ...(await store.activations.find('c-100')), resumeAt: undefined })
  })

  test('an account that Huawei gives to two customers is flagged, and the first keeps it', async (t) => {
    const store = await storeWithAda(t, engine)
    const claim = { domainId: 'd-1', domainName: undefined, source: 'created', now: NOW } as const
    await store.bindings.bind({ ...claim, accountId: 'c-200', isConfirmed: true })
    const { deps } = depsOf(store)
    await requestCode(ADA, WISH, deps)

    const refusal = await refusalOf(createWithCode(ADA, '123456', deps))

    assert.equal(refusal, 'BIND_CONFLICT')
    assert.equal(await stepOf(store), 'associated')
    assert.equal((await store.bindings.find('c-100')).state, 'conflict')
    assert.equal((await store.bindings.findByDomain('d-1'))?.accountId, 'c-200')
  })
})
