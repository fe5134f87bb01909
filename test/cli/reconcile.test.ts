// `reconcile` and `bindings`: what they print, and how they end.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOW } from '../support/fixed.ts'
import { huawei } from './huawei.ts'
import { startShell } from './start.ts'

const CUSTOMER = {
  customer_id: 'd-1',
  account_name: 'renamed',
  xaccount_id: 'c-1',
  association_type: '3',
}

/** What a terminal is told to forget the line that the cursor is on. */
const CLEAR_LINE = '\u001b[2K'

async function arrange(t: Parameters<typeof startShell>[0]) {
  const shell = await startShell(t)
  await shell.run('users add ann --account-id c-1')
  const store = await shell.open()
  const claim = { accountId: 'c-1', domainId: 'd-1', domainName: 'ann-cloud' }
  await store.bindings.bind({ ...claim, source: 'created', isConfirmed: true, now: NOW })
  return { shell, store }
}

test('without a difference reconcile ends with 0, and the name is put right', async (t) => {
  const { shell, store } = await arrange(t)
  const remote = huawei([{ count: 1, customer_infos: [CUSTOMER] }])

  const ran = await shell.run('reconcile --json', remote)

  assert.deepEqual([ran.exitCode, ran.stderr], [0, ''])
  const { counts, open, differences } = JSON.parse(ran.stdout)
  assert.deepEqual([counts['name-changed'], open, differences], [1, 0, []])
  assert.equal((await store.bindings.find('c-1')).domainName, 'renamed')
})

test('open differences are listed, and reconcile ends with 1', async (t) => {
  const { shell } = await arrange(t)
  const lost = { ...CUSTOMER, customer_id: 'd-2', xaccount_id: 'c-lost' }
  const remote = huawei([{ count: 2, customer_infos: [CUSTOMER, lost] }])

  const ran = await shell.run('reconcile', remote)

  assert.equal(ran.exitCode, 1)
  assert.match(ran.stdout, /customers +2/)
  assert.match(ran.stdout, /unknown-here +c-lost +d-2/)
  assert.match(ran.stderr, /1 to be decided at \/console\/reconcile/)
})

test('whoever looks sees how far it is, and the bar is gone when the differences are listed', async (t) => {
  const { shell } = await arrange(t)
  const lost = { ...CUSTOMER, customer_id: 'd-2', xaccount_id: 'c-lost' }
  const remote = huawei([{ count: 2, customer_infos: [CUSTOMER, lost] }])

  const ran = await shell.run('reconcile', { ...remote, isTTY: true })

  const lastBar = ran.stderr.lastIndexOf('2 of 2')
  assert.ok(lastBar >= 0, ran.stderr)
  assert.ok(ran.stderr.indexOf(CLEAR_LINE, lastBar) > lastBar, 'the line is cleared')
  assert.ok(ran.stderr.endsWith('1 to be decided at /console/reconcile\n'))
  assert.doesNotMatch(ran.stdout, /2 of 2/)
})

test('where nobody looks, nothing of a bar is written', async (t) => {
  const { shell } = await arrange(t)
  const remote = huawei([{ count: 1, customer_infos: [CUSTOMER] }])

  const ran = await shell.run('reconcile', remote)

  assert.equal(ran.stderr, '')
})

test('a dry run leaves no finding and no fix', async (t) => {
  const { shell, store } = await arrange(t)
  const lost = { ...CUSTOMER, customer_id: 'd-2', xaccount_id: 'c-lost' }
  const remote = huawei([{ count: 2, customer_infos: [CUSTOMER, lost] }])

  const ran = await shell.run('reconcile --dry-run --json', remote)

  assert.equal(ran.exitCode, 1)
  assert.equal(JSON.parse(ran.stdout).open, 1)
  assert.equal(await store.reconciles.countOpen(), 0)
  assert.equal((await store.bindings.find('c-1')).domainName, 'ann-cloud')
})

const REFUSED = [
  { words: 'reconcile --resume', exitCode: 1, says: /RECONCILE_NOT_BEGUN/ },
  { words: 'reconcile --resume --dry-run', exitCode: 2, says: /cannot be resumed/ },
  { words: 'bindings release c-9 --reason gone', exitCode: 1, says: /ACCOUNT_NOT_FOUND/ },
  { words: 'bindings release c-1', exitCode: 2, says: /--reason/ },
] as const

for (const { words, exitCode, says } of REFUSED) {
  test(`${words} ends with ${exitCode}`, async (t) => {
    const { shell } = await arrange(t)

    const ran = await shell.run(words, huawei([{}]))

    assert.equal(ran.exitCode, exitCode)
    assert.match(ran.stderr, says)
  })
}

test('a released connection is gone, its history is not', async (t) => {
  const { shell, store } = await arrange(t)

  const released = await shell.run(['bindings', 'release', 'c-1', '--reason', 'left us'])
  const again = await shell.run('bindings release c-1 --reason again')
  const history = await shell.run('bindings history c-1 --json')

  assert.equal(released.exitCode, 0)
  assert.match(again.stderr, /BINDING_NOT_CONNECTED/)
  assert.equal((await store.bindings.find('c-1')).state, 'released')
  assert.equal(await store.bindings.findByDomain('d-1'), undefined)
  const moves = JSON.parse(history.stdout) as { to: string; note: string | null }[]
  assert.deepEqual(
    moves.map(({ to, note }) => [to, note]),
    [
      ['bound', null],
      ['released', 'left us'],
    ],
  )
})
