// What comes onto the record: everything that happened, and no secret, however it is handed in.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRecordAudit } from '../../src/audit/record.ts'
import type { AuditEvent } from '../../src/base/audit.ts'
import { fixedClock, NOW } from '../support/fixed.ts'

async function recorded(event: Partial<AuditEvent>): Promise<AuditEvent> {
  const kept: { readonly event: AuditEvent; readonly at: Date }[] = []
  const audit = {
    append: async (given: AuditEvent, at: Date) => void kept.push({ event: given, at }),
  }
  const record = createRecordAudit({ audit, clock: fixedClock })
  await record({
    action: 'user.changed',
    actor: { kind: 'operator', id: 'olivia' },
    subject: 'c-100',
    ...event,
  })
  const [first] = kept
  assert.deepEqual(first?.at, NOW)
  return first.event
}

for (const name of [
  'password',
  'passwordHash',
  'PASSWORD',
  'token',
  'secret',
  'secretKey',
  'cookie',
  'csrf',
  'privateKey',
  'verificationCode',
]) {
  test(`a fact that is called ${name} is on record without its value`, async () => {
    const { before, after } = await recorded({
      before: { [name]: 'open sesame' },
      after: { [name]: 1 },
    })

    assert.deepEqual([before, after], [{ [name]: '(redacted)' }, { [name]: '(redacted)' }])
  })
}

test('what is too long is cut, and what no database keeps is left out', async () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`fact${at}`, at]))
  const { subject, after, actor } = await recorded({
    subject: `c-\0${'x'.repeat(600)}`,
    actor: { kind: 'portal', id: 'p'.repeat(600) },
    after: { text: `a\0b${'y'.repeat(600)}`, ...many },
  })

  assert.deepEqual([subject?.length, actor.id.length], [499, 500])
  assert.equal(after?.['text'], `ab${'y'.repeat(497)}`)
  assert.equal(Object.keys(after ?? {}).length, 40)
})
