// Whatever answers in Huawei's name: no answer is trusted further than its documented shape. Answers that
// Huawei does give are in test/partner/send.test.ts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { CUSTOMER, fakeHuawei, type Received } from '../partner/fake-huawei.ts'
import { applyTamperings, type Changes, type Tampering } from '../support/tamper.ts'
import { expectedRefusal, readAttacks } from './rows.ts'

type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const CREATED: Answer = {
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: '{"domain_id":"d-0001","domain_name":"acme_cloud"}',
}

const ANSWER_CHANGES: Changes<Answer> = {
  status: (answer, status: string) => ({ ...answer, status: Number(status) }),
  header: (answer, name: string, value: string) => {
    return { ...answer, headers: { ...answer.headers, [name]: value } }
  },
  text: (answer, body: string) => ({ ...answer, body }),
  set: (answer, name: string, value: string) => {
    const others = answer.body.replace(new RegExp(`"${name}":"[^"]*",?`), '')
    return { ...answer, body: others.replace('{', `{"${name}":${value},`) }
  },
  pad: (answer, count: string) => ({ ...answer, body: answer.body + ' '.repeat(Number(count)) }),
  nest: (answer, count: string) => {
    const times = Number(count)
    return { ...answer, body: `{"a":${'['.repeat(times)}${']'.repeat(times)}}` }
  },
}

/** What a creation ends with when Huawei answers so. */
async function createWith(tamperings: readonly Tampering[]) {
  const answer = await applyTamperings(CREATED, 'answer', ANSWER_CHANGES, tamperings)
  const { status, headers, body } = answer
  const huawei = fakeHuawei(() => new Response(body, { status, headers }))
  const outcome = await huawei.client.createCustomer(CUSTOMER).then(
    ({ domain_id: domainId }) => ({ code: 'accepted', problem: domainId }),
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      return { code: error.code, problem: error.facts['problem'] }
    },
  )
  return { ...outcome, asked: huawei.received satisfies readonly Received[] }
}

for (const row of readAttacks('partner-answers.json')) {
  test(`${row.id} ${row.title}`, async () => {
    const twin = await createWith([])
    const { code, problem, asked } = await createWith(row.tamper)

    assert.deepEqual([twin.code, twin.problem], ['accepted', 'd-0001'], 'the twin must pass')
    const outcome = row.problem === undefined ? { code } : { code, problem }
    assert.deepEqual(outcome, expectedRefusal(row))
    assert.equal(asked.length, 1, 'nothing is asked a second time')
    assert.equal(asked[0]?.redirect, 'manual')
  })
}
