// Checks of the database: where it is, whether its tables are of this version, who can read it, and whether
// there is room.

import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isLoopback } from '../../config/option.ts'
import { inspectStore } from '../../store/open.ts'
import { type Check, type Examination, error, type Finding, note, ok, warning } from './check.ts'

const SQLITE = 'sqlite:'
const MIB = 1024 * 1024
const LITTLE_MIB = 1024
const TOO_LITTLE_MIB = 100

export const DATABASE_CHECKS: readonly Check[] = [
  {
    id: 'database.address',
    group: 'Database',
    title: 'Address',
    expected: 'SQLite, or PostgreSQL over TLS with its password in a file',
    needs: ['DATABASE_URL'],
    run: judgeAddress,
  },
  {
    id: 'database.tables',
    group: 'Database',
    title: 'Tables',
    expected: 'every migration of this version has run',
    needs: ['DATABASE_URL'],
    run: async ({ config }) => [await judgeTables(config.databaseUrl)],
  },
  {
    id: 'database.file',
    group: 'Database',
    title: 'File',
    expected: 'only its owner can read the file of SQLite',
    needs: ['DATABASE_URL'],
    run: async ({ config }) => judgeFile(config.databaseUrl),
  },
  {
    id: 'database.space',
    group: 'Database',
    title: 'Free space',
    expected: `at least ${LITTLE_MIB} MiB where the file of SQLite is`,
    needs: ['DATABASE_URL'],
    run: async ({ config }) => judgeSpace(config.databaseUrl),
  },
]

function judgeAddress({ config, isInEnvironment }: Examination): readonly Finding[] {
  const { databaseUrl } = config
  if (databaseUrl.startsWith(SQLITE)) return [ok(databaseUrl, 'One process at a time writes it.')]
  const url = URL.parse(databaseUrl)
  if (url === null) {
    const meaning = 'No connection can be made. The address is not shown: it may hold a password.'
    return [error({ found: 'a URL that cannot be read', meaning }, 'Correct DATABASE_URL.')]
  }
  const findings: Finding[] = []
  if (url.password !== '' && isInEnvironment('DATABASE_URL')) {
    const meaning = 'Whoever can list the variables of the process can read the password.'
    const found = 'a password in DATABASE_URL'
    findings.push(warning({ found, meaning }, 'Give it by DATABASE_URL_FILE.'))
  }
  const isLocal = url.hostname === '' || isLoopback(`http://${url.host}`)
  if (
    !isLocal &&
    !/^(require|verify-ca|verify-full)$/.test(url.searchParams.get('sslmode') ?? '')
  ) {
    const meaning = 'Records of customers and the password may cross the network in clear text.'
    const found = `PostgreSQL at ${url.hostname} without sslmode`
    findings.push(warning({ found, meaning }, 'Add sslmode=verify-full to DATABASE_URL.'))
  }
  return findings.length > 0 ? findings : [ok(`PostgreSQL at ${url.hostname}`, 'As it should be.')]
}

async function judgeTables(databaseUrl: string): Promise<Finding> {
  const inspected = await inspectStore(databaseUrl)
  const meaning = 'The service makes what is missing when it starts.'
  const next = 'Run partner-idp init, or start the service.'
  if (inspected.state === 'absent') return note({ found: 'not made yet', meaning }, next)
  const { missingMigrations: missing } = inspected
  if (missing.length === 0) return ok('current', 'They are of this version.')
  return note({ found: `missing: ${missing.join(', ')}`, meaning }, next)
}

async function judgeFile(databaseUrl: string): Promise<readonly Finding[]> {
  const path = fileOf(databaseUrl)
  const mode = path === undefined ? undefined : await readMode(path)
  if (mode === undefined) return []
  const found = `${path}, mode 0${mode.toString(8)}`
  if ((mode & 0o077) === 0 || process.platform === 'win32') {
    return [ok(found, 'Nobody else on this machine can read it.')]
  }
  const meaning = 'Others on this machine can read customers and sessions.'
  return [warning({ found, meaning }, `chmod 600 ${path}`)]
}

async function judgeSpace(databaseUrl: string): Promise<readonly Finding[]> {
  const path = fileOf(databaseUrl)
  const disk = path === undefined ? undefined : await statfs(dirname(path)).catch(() => undefined)
  if (disk === undefined) return []
  return [judgeFree(Math.floor((disk.bavail * disk.bsize) / MIB))]
}

/** What so much free space means, in MiB. */
export function judgeFree(freeMib: number): Finding {
  const found = `${freeMib} MiB free`
  const next = 'Make room, or move the database (docs/operations.md, "What grows").'
  if (freeMib < TOO_LITTLE_MIB) {
    const meaning = 'On a full disk nobody signs in: nothing is answered that is not on record.'
    return error({ found, meaning }, next)
  }
  if (freeMib < LITTLE_MIB) return note({ found, meaning: 'The database and its log grow.' }, next)
  return ok(found, 'There is room.')
}

function fileOf(databaseUrl: string): string | undefined {
  const path = databaseUrl.startsWith(SQLITE) ? databaseUrl.slice(SQLITE.length) : ':memory:'
  return path === ':memory:' ? undefined : path
}

async function readMode(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  )
}
