// Checks of where records go and files come from: the syslog receiver and the bucket of File Subscription.

import { Refusal } from '../../base/errors.ts'
import { createBucket } from '../../files/bucket.ts'
import { type Check, type Examination, type Finding, note, ok } from './check.ts'
import { judgeConnection } from './connection.ts'

export const RECEIVER_CHECKS: readonly Check[] = [
  {
    id: 'audit.syslog',
    group: 'Record and files',
    title: 'Syslog receiver',
    expected: 'reached; with tls://, by a certificate that is trusted',
    needs: ['AUDIT_SYSLOG'],
    run: judgeSyslog,
  },
  {
    id: 'files.bucket',
    group: 'Record and files',
    title: 'Bucket',
    expected: 'it lets itself be listed',
    needs: ['OBS_ENDPOINT', 'OBS_BUCKET', 'OBS_ACCESS_KEY', 'OBS_SECRET_KEY'],
    run: async (examination) => judgeBucket(examination),
  },
]

async function judgeSyslog(examination: Examination): Promise<readonly Finding[]> {
  const { auditSyslog } = examination.config
  if (auditSyslog === undefined) {
    const meaning = 'The record of what people did is kept in the database alone.'
    return [note({ found: 'no receiver', meaning }, 'Set AUDIT_SYSLOG to have it elsewhere too.')]
  }
  const { protocol, host, port } = auditSyslog
  const url = `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`
  const loses = 'The record does not arrive there; it waits in the database.'
  const stake = { loses, option: 'AUDIT_SYSLOG', isOwn: true, mayBeOpen: true }
  const findings = await judgeConnection(url, stake, examination)
  if (protocol === 'tls') return findings
  const meaning = protocol === 'udp' ? 'What is lost on the way is lost.' : ''
  const open = {
    found: `${protocol} without TLS`,
    meaning: `It can be read on the way. ${meaning}`.trim(),
  }
  return [...findings, note(open, 'Use tls:// where the receiver can.')]
}

async function judgeBucket({ config, fetch, clock }: Examination): Promise<readonly Finding[]> {
  const { bucket, site, sandbox } = config
  if (bucket === undefined) {
    const meaning = 'files import has nothing to fetch; files can still be given by name.'
    return [note({ found: 'no bucket', meaning })]
  }
  try {
    const first = await firstOf(createBucket(bucket, { fetch, clock }).list(''))
    const found = `${bucket.bucket}: ${first === undefined ? 'empty' : `begins with ${first.key}`}`
    return [ok(found, 'The key may read it.')]
  } catch (thrown) {
    const isDown = thrown instanceof Refusal && thrown.code === 'FILES_BUCKET_UNREACHABLE'
    if (!isDown || site !== 'sandbox' || !sandbox.isOurs) throw thrown
    return [note({ found: 'the sandbox does not run', meaning: 'It starts with the service.' })]
  }
}

async function firstOf<Value>(values: AsyncIterable<Value>): Promise<Value | undefined> {
  for await (const value of values) return value
  return undefined
}
