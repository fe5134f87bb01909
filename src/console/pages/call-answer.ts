// What came of a call from the console: terms and tables, or the refusal with what to do about it.

import { describe, type Refusal } from '../../base/errors.ts'
import type { NamedRow } from '../../partner/catalogue/groups.ts'
import { type ResultTable, readItems, viewResult } from '../../partner/result-view.ts'
import { type Html, html } from '../../web/html.ts'
import { badge, facts, table } from '../table.ts'
import { controlOf, formPath, type TypedTexts } from './call-form.ts'

/** An answer of Huawei Cloud. */
export function answerBody({ row }: NamedRow, result: unknown): Html {
  const view = viewResult(row, result)
  return html`<section role="status"><h2>Answer</h2>
${view.facts.length > 0 && facts(view.facts)}
${view.tables.map(listTable)}
</section>
`
}

function listTable({ name, heads, rows, hidden }: ResultTable): Html {
  const [first, ...others] = heads
  return html`${table({
    caption: name,
    heads: first === undefined ? [] : [first, ...others],
    rows: rows.map(([cell, ...cells]) => [cell, ...cells] as const),
    none: `${name}: none`,
  })}
${hidden.length > 0 && html`<p class="soft">Not shown: ${hidden.join(', ')}. <code>partner-idp call</code> has everything as JSON.</p>`}
`
}

/** The way to the next page of a list; nothing after the last, and for what is no list. */
export function nextPage(
  { name, row }: NamedRow,
  result: unknown,
  { texts, csrf }: { readonly texts: TypedTexts; readonly csrf: Html },
): Html | undefined {
  const { paging } = row
  if (paging === undefined || typeof result !== 'object' || result === null) return undefined
  // The cast holds because the row of a list has a result with fields.
  const fields = result as Readonly<Record<string, unknown>>
  const offset = controlOf({ name: 'offset' })
  const next = Number(texts.get(offset)) + readItems(fields[paging.list]).length
  if (next >= Number(fields[paging.total] ?? 0) || next === Number(texts.get(offset))) {
    return undefined
  }
  const again = [...texts, [offset, String(next)] as const]
  return html`<form method="post" action="${formPath(name)}">
${csrf}
${[...new Map(again)].map(
  ([control, text]) => html`<input type="hidden" name="${control}" value="${text}">
`,
)}<button class="quiet" type="submit">Next page</button>
</form>
`
}

/** A refusal, with what Huawei's code means, what to do, and the id that Huawei's support asks for. */
export function refusalBody({ code, facts: known }: Refusal): Html {
  const { say, toCaller = say, hint, remedy = hint } = describe(code)
  const { problems } = known
  const given = [
    ['Meaning', known['meaning']],
    // Fields that are named need no more than to be put right.
    ['What to do', problems === undefined ? (known['remedy'] ?? remedy) : hint],
    ["Huawei's code", known['remoteCode']],
    ['HTTP status', known['status']],
    ['Request id, for Huawei’s support', known['requestId']],
  ] as const
  return html`<div class="note bad" role="alert"><p>${badge(code, 'bad')} ${toCaller}</p>
${problemList(problems)}
${facts(given.flatMap(([term, value]) => (value === undefined ? [] : [[term, String(value)]])))}
</div>
`
}

function problemList(problems: unknown): Html | false {
  if (!Array.isArray(problems) || problems.length === 0) return false
  return html`<ul>${problems.map((problem) => html`<li>${problemText(problem)}</li>`)}</ul>`
}

function problemText(problem: unknown): string {
  if (typeof problem !== 'object' || problem === null) return String(problem)
  return Object.values(problem)
    .filter((part) => part !== '')
    .join(': ')
}
