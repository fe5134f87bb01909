// The answers that left this house: records in, rows of `answer` out, and back. They are what single
// logout and the console look up; ledger.ts is what proves them, and knows which of two is newer.

import type { Database } from './engine.ts'
import type { AnswerRecord, Requests } from './request-records.ts'
import type { AnswerTable } from './tables.ts'

/** Keeps answers; the caller's transaction makes each one with the request it answers. */
export async function keepAnswers(db: Database, answers: readonly AnswerRecord[]): Promise<void> {
  await db.insertInto('answer').values(answers.map(toRow)).execute()
}

/** A LogoutRequest may leave out the SessionIndex (SAML Core §3.7.1); then the newest is meant. */
export async function findAnswer(
  db: Database,
  named: Parameters<Requests['findAnswer']>[0],
): Promise<AnswerRecord | undefined> {
  const { sessionIndex } = named
  const row = await db
    .selectFrom('answer')
    .innerJoin('ledger', 'ledger.assertion_id', 'answer.assertion_id')
    .selectAll('answer')
    .where('answer.issuer', '=', named.issuer)
    .where('answer.name_id', '=', named.nameId)
    .$if(sessionIndex !== undefined, (query) =>
      query.where('answer.session_index', '=', sessionIndex ?? ''),
    )
    .orderBy('answer.answered_at_ms', 'desc')
    .orderBy('ledger.sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : toRecord(row)
}

/** One for each site: a site may have been answered again in the same sign-in. */
export async function listSignIn(
  db: Database,
  sessionIndex: string,
): Promise<readonly AnswerRecord[]> {
  const rows = await db
    .selectFrom('answer')
    .innerJoin('ledger', 'ledger.assertion_id', 'answer.assertion_id')
    .selectAll('answer')
    .where('answer.session_index', '=', sessionIndex)
    .orderBy('answer.answered_at_ms')
    .orderBy('ledger.sequence')
    .execute()
  return [...new Map(rows.map((row) => [row.issuer, toRecord(row)])).values()]
}

/** Newest first. */
export async function listAnswers(
  db: Database,
  accountId: string,
  limit: number,
): Promise<readonly AnswerRecord[]> {
  const rows = await db
    .selectFrom('answer')
    .innerJoin('ledger', 'ledger.assertion_id', 'answer.assertion_id')
    .selectAll('answer')
    .where('answer.account_id', '=', accountId)
    .orderBy('answer.answered_at_ms', 'desc')
    .orderBy('ledger.sequence', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toRecord)
}

/** Single logout looks a session up by the name it has now. */
export async function follow(db: Database, from: string, to: string): Promise<void> {
  await db
    .updateTable('answer')
    .set({ session_hash: to })
    .where('session_hash', '=', from)
    .execute()
}

function toRow(answer: AnswerRecord): AnswerTable {
  return {
    assertion_id: answer.assertionId,
    issuer: answer.issuer,
    request_id: answer.requestId,
    account_id: answer.accountId,
    name_id: answer.nameId,
    session_index: answer.sessionIndex,
    session_hash: answer.sessionHash,
    answered_at_ms: answer.answeredAt.getTime(),
  }
}

function toRecord(row: AnswerTable): AnswerRecord {
  return {
    assertionId: row.assertion_id,
    issuer: row.issuer,
    requestId: row.request_id,
    accountId: row.account_id,
    nameId: row.name_id,
    sessionIndex: row.session_index,
    sessionHash: row.session_hash,
    answeredAt: new Date(row.answered_at_ms),
  }
}
