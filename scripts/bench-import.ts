// One import in a process of its own, so that its memory can be told: an archive and a database URL in;
// seconds and the peak of memory out, as JSON.

import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { systemClock } from '../src/base/clock.ts'
import { readMonthFile } from '../src/files/file-name.ts'
import { importArchive } from '../src/files/import.ts'
import { openStore } from '../src/store/open.ts'

const [path = '', databaseUrl = ''] = process.argv.slice(2)
const store = await openStore(databaseUrl)
const archive = {
  ...readMonthFile('customerUsage', basename(path)),
  sizeBytes: statSync(path).size,
  open: () => createReadStream(path),
}
const start = performance.now()
await importArchive(archive, { imports: store.imports, clock: systemClock })
const seconds = (performance.now() - start) / 1000
await store.close()
// maxRSS is in KiB, of the whole life of the process.
const peakBytes = process.resourceUsage().maxRSS * 1024
process.stdout.write(JSON.stringify({ seconds, peakBytes }))
