// What `call` leaves in the record: every call that changes something, and what came of it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Huawei, huawei } from './huawei.ts'
import { type Shell, startShell } from './start.ts'

const BUDGET = 'call setBudget --customer-id d-1 --budget-amount 10 --yes'
const FREEZE = 'call freezeCustomers --customer-ids d-1 --customer-ids d-2 --reason late --yes'
const PAY =
  'call payOrder --order-id CS1 --use-coupon NO --use-discount NO --customer acme --yes --output json'
const NOT_FROZEN = { error_details: [{ id: 'd-2', error_code: 'CBC.0100', error_msg: 'no' }] }
const REFUSED = { error_code: 'CBC.0151', error_msg: 'Access denied.' }

type Row = {
  readonly title: string
  readonly words: string
  readonly remote: Huawei
  readonly exitCode: number
  readonly subject: string
  readonly after: object
}

const ROWS: readonly Row[] = [
  {
    title: 'a budget that was set',
    words: BUDGET,
    remote: huawei([{}]),
    exitCode: 0,
    subject: 'd-1',
    after: { operation: 'setBudget', effect: 'money', outcome: 'done' },
  },
  {
    title: 'an order that was paid for a customer',
    words: PAY,
    remote: huawei([undefined]),
    exitCode: 0,
    subject: 'acme',
    after: { operation: 'payOrder', effect: 'money', outcome: 'done' },
  },
  {
    title: 'customers of whom one was not frozen',
    words: FREEZE,
    remote: huawei([NOT_FROZEN]),
    exitCode: 1,
    subject: 'd-1 d-2',
    after: { operation: 'freezeCustomers', effect: 'write', outcome: 'partly', notDone: 1 },
  },
  {
    title: 'a budget that Huawei refused to set',
    words: BUDGET,
    remote: huawei([REFUSED], 403),
    exitCode: 1,
    subject: 'd-1',
    after: {
      operation: 'setBudget',
      effect: 'money',
      outcome: 'PARTNER_FORBIDDEN',
      requestId: 'request-1',
    },
  },
]

for (const { title, words, remote, exitCode, subject, after } of ROWS) {
  test(`${title} is on record`, async (t) => {
    const shell = await startShell(t)

    const ran = await shell.run(words, remote)

    assert.equal(ran.exitCode, exitCode, ran.stderr)
    const [event, ...more] = await recordOf(shell)
    assert.deepEqual(more, [])
    assert.deepEqual(event?.actor, { kind: 'command', id: 'root-of-the-tests' })
    assert.equal(event.subject, subject)
    assert.deepEqual(event.after, { notDone: null, requestId: null, ...after })
  })
}

const UNRECORDED = [
  { title: 'a call that only reads', words: 'call queryCustomers' },
  { title: 'a call that is only shown', words: `${BUDGET} --dry-run` },
  { title: 'a call that breaks the rules', words: BUDGET.replace('10', 'ten') },
]

for (const { title, words } of UNRECORDED) {
  test(`${title} is not on record`, async (t) => {
    const shell = await startShell(t)

    await shell.run(words, huawei([{ count: 0 }]))

    assert.deepEqual(await recordOf(shell), [])
  })
}

test('what Huawei has done is told even when the record cannot be written', async (t) => {
  const shell = await startShell(t)
  const environment = { DATABASE_URL: `sqlite:${shell.folder}` }

  const ran = await shell.run(BUDGET, { ...huawei([undefined]), environment })

  assert.deepEqual([ran.exitCode, ran.stdout], [1, 'null\n'])
})

async function recordOf(shell: Shell) {
  const store = await shell.open()
  return store.audit.list({ action: 'operation.called', limit: 10 })
}
