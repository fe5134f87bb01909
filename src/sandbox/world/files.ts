// Which subscribed files there are at a point of time, and what is in them. A file is made when it is
// asked for; the same moment in the world gives the same bytes.

import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { addDays } from '../../base/clock.ts'
import type { ApiCall } from '../api/behaviour.ts'
import { visible, visibleCustomers, worldOf } from './answers.ts'
import { writeBillArchive, writeUsageArchive } from './archive.ts'
import { type Entry, entriesUntil } from './book.ts'
import type { FileLanguage } from './file-columns.ts'
import { billRow, usageRow } from './file-rows.ts'
import { addHours, addMonths, beijingDate, nextMonth, startOfBeijingDay } from './time.ts'

/** A file in the bucket, by its key. */
export type SubscribedFile = {
  readonly key: string
  /** The month of Beijing that it covers. */
  readonly month: string
  /** When Huawei delivered it. */
  readonly madeAt: Date
  readonly kind: 'usage' | 'bill'
}

// Huawei keeps them all; each of usage replaces the one before, so a week of them shows everything.
const DAYS_KEPT = 7
const BILLS_KEPT = 12
const DELIVERY_HOUR = 12
const BILL_DAY = 5
/** Until that day of a month the month before is delivered again. */
const LATE_DAY = 4

/** The files that have been delivered by then, in the order of their keys. */
export function filesAt(now: Date): readonly SubscribedFile[] {
  return [...billFiles(now), ...usageFiles(now)].sort((a, b) => (a.key < b.key ? -1 : 1))
}

function usageFiles(now: Date): readonly SubscribedFile[] {
  return Array.from({ length: DAYS_KEPT }, (_, ago) => beijingDate(addDays(now, -ago)))
    .flatMap(usageFilesOf)
    .filter(({ madeAt }) => madeAt <= now)
}

// "On the second to fourth day both months, on the first day the past one, else the current one."
function usageFilesOf(day: string): readonly SubscribedFile[] {
  const dayOfMonth = Number(day.slice(8))
  const current = dayOfMonth > 1 ? [day.slice(0, 7)] : []
  const past = dayOfMonth <= LATE_DAY ? [monthBefore(day)] : []
  return [...past, ...current].map((month) => ({
    key: `customerUsage/customerUsageV2_${digits(month)}_${digits(day)}.tar.gz`,
    month,
    madeAt: addHours(startOfBeijingDay(day), DELIVERY_HOUR),
    kind: 'usage',
  }))
}

function billFiles(now: Date): readonly SubscribedFile[] {
  const today = startOfBeijingDay(beijingDate(now))
  return Array.from({ length: BILLS_KEPT }, (_, ago) =>
    monthBefore(beijingDate(addMonths(today, -ago))),
  )
    .map((month): SubscribedFile => {
      const day = `${nextMonth(month)}-0${BILL_DAY}`
      const madeAt = addHours(startOfBeijingDay(day), DELIVERY_HOUR)
      return {
        key: `customerBill/customerBill_${digits(month)}.tar.gz`,
        month,
        madeAt,
        kind: 'bill',
      }
    })
    .filter(({ madeAt }) => madeAt <= now)
}

/** The bytes of a file. `call` is the partner's, whose customers the file is about. */
export async function contentOf(
  file: SubscribedFile,
  language: FileLanguage,
  call: ApiCall,
): Promise<Buffer> {
  const entries = entriesOf(file, call)
  const stem = file.key.replace(/^.*\//, '').replace(/\.tar\.gz$/, '')
  const target = new PassThrough()
  const [content] = await Promise.all([buffer(target), write(entries, target)])
  return content

  function write(rows: readonly Entry[], to: PassThrough): Promise<void> {
    if (file.kind === 'usage') {
      return writeUsageArchive(
        rows.map((entry) => usageRow(entry, language)),
        to,
        { stem, language },
      )
    }
    const owners = new Map(visibleCustomers(call).map((one) => [one.domainId, one]))
    return writeBillArchive(
      rows.map((entry) => billRow(entry, { domainName: '', ...owners.get(entry.customerId) })),
      to,
      { stem, language },
    )
  }
}

/** What a file lists: of usage everything before the day on which it was made. */
export function entriesOf(file: SubscribedFile, call: ApiCall): readonly Entry[] {
  const end = startOfBeijingDay(beijingDate(file.madeAt))
  return visible(entriesUntil(worldOf(call), call.now), call).filter(
    (entry) => entry.month === file.month && (file.kind === 'bill' || entry.at <= end),
  )
}

function monthBefore(day: string): string {
  return beijingDate(addDays(startOfBeijingDay(`${day.slice(0, 7)}-01`), -1)).slice(0, 7)
}

function digits(date: string): string {
  return date.replaceAll('-', '')
}
