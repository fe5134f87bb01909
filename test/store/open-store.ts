// A second process for the tests: opens the store of the URL it is given, does what it is told with
// it and says so on standard output. Told to write, it then waits to be killed.

import { openStore } from '../../src/store/open.ts'

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
