// A second process for the tests: opens the store of the URL it is given, does what it is told with
// it and says so on standard output. Told to write, it then waits to be killed.

import { openStore } from '../../src/store/open.ts'
import { issue } from './ledger.ts'

const [url = '', task, name = '', value = ''] = process.argv.slice(2)
const store = await openStore(url)

if (task === 'check') {
  await store.check()
  await store.close()
  process.stdout.write('current\n')
}

if (task === 'count') {
  const times = Array.from({ length: Number(value) })
  await Promise.all(times.map(() => store.counters.add(name, 1, 1000, new Date(0))))
  await store.close()
  process.stdout.write('counted\n')
}

if (task === 'keep') {
  await store.settings.keepFirst(name, value)
  process.stdout.write('told\n')
  // Something must keep the process alive: SQLite alone does not.
  setInterval(() => undefined, 1000)
}

if (task === 'issue') {
  // Told one by one, and several at work at any time: the death comes in the middle of it.
  const lanes = Array.from({ length: 4 }, async (_, lane) => {
    for (let turn = lane * 1000 + 1; ; turn += 1) {
      await issue(store, turn, turn - 1)
      process.stdout.write(`_assertion-${turn}\n`)
    }
  })
  await Promise.all(lanes)
}
