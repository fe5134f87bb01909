// `--all`: the items of a list come in one by one and go out as they come, in bounded memory.

import { EXIT } from '../../base/exit-codes.ts'
import { resultFields } from '../../partner/field.ts'
import { toPlain } from '../../partner/field-text.ts'
import type { AnyOperation } from '../../partner/operation.ts'
import { readItems, viewTable } from '../../partner/result-view.ts'
import { type Cli, UsageError } from '../context.ts'
import { printJsonLine } from '../output.ts'
import { type PreparedCall, withMethod, withPatience } from './prepared.ts'
import { printList } from './print.ts'
import { createProgressBar, type ProgressBar } from './progress.ts'

/** How items are written: one after the other, and what is left at the end. */
type Writer = {
  readonly add: (item: unknown) => void
  /** Also after a failure: what was written until then is whole. */
  readonly end: () => void
}

// Wide enough that a table's columns settle, few enough to hold.
const BLOCK_ROWS = 1000

/** Writes every item of a list. Ctrl+C ends it after the last whole item, with an exit code of its own. */
export async function walkAll(call: PreparedCall, cli: Cli): Promise<void> {
  await withMethod(call, cli, async ({ all }) => {
    if (all === undefined) throw new UsageError(`${call.named.name} is no list`)
    const signal = cli.interruption()
    const bar = openBar(call, cli)
    const options = { ...withPatience(call.callOptions, cli), signal, onPage: bar.show }
    const writer = createWriter(call, cli, bar)
    try {
      for await (const item of all(call.input, options)) writer.add(item)
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      bar.hide()
      writer.end()
    }
    if (!signal.aborted) return
    cli.stderr.write('interrupted: the list goes on\n')
    cli.finish(EXIT.interrupted)
  })
}

// A bar under JSON that runs over the same terminal would tear it apart.
function openBar({ form }: PreparedCall, { stdout, stderr }: Cli): ProgressBar {
  const hasLine = form === 'table' || stdout.isTTY !== true
  return createProgressBar(hasLine ? stderr : { write: () => undefined })
}

function createWriter({ form, named }: PreparedCall, cli: Cli, bar: ProgressBar): Writer {
  if (form === 'table') return tables(named.row, cli, bar)
  return form === 'json' ? jsonList(cli) : jsonLines(cli)
}

function jsonLines({ stdout }: Cli): Writer {
  return { add: (item) => printJsonLine(stdout, toPlain(item)), end: () => undefined }
}

function jsonList({ stdout }: Cli): Writer {
  let before = '['
  return {
    add: (item) => {
      stdout.write(before)
      printJsonLine(stdout, toPlain(item))
      before = ','
    },
    end: () => stdout.write(before === '[' ? '[]\n' : ']\n'),
  }
}

// A table for each block: no width is known before its rows, and a bar cannot share their lines.
function tables(row: AnyOperation, cli: Cli, bar: ProgressBar): Writer {
  const { paging } = row
  const list = resultFields(row).find(({ name }) => name === paging?.list)
  let block: unknown[] = []
  let isFirst = true
  const flush = () => {
    if (list === undefined || (block.length === 0 && !isFirst)) return
    bar.hide()
    if (!isFirst) cli.stdout.write('\n')
    printList(viewTable(list, readItems(block), paging?.identity ?? []), cli)
    block = []
    isFirst = false
  }
  return {
    add: (item) => {
      block.push(item)
      if (block.length === BLOCK_ROWS) flush()
    },
    end: flush,
  }
}
