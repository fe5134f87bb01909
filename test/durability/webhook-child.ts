// A process in which a connection is made, and which dies of SIGKILL before anybody is told of it.
//
//   webhook-child.ts DATABASE_URL ACCOUNT_ID NOW_MS

import { openStore } from '../../src/store/open.ts'

const [databaseUrl = '', accountId = '', nowMs = ''] = process.argv.slice(2)

const store = await openStore(databaseUrl)
await store.bindings.bind({
  accountId,
  domainId: 'd-1',
  domainName: 'cloud',
  source: 'created',
  isConfirmed: true,
  now: new Date(Number(nowMs)),
})
process.kill(process.pid, 'SIGKILL')
