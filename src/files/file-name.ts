// What the name of a subscribed file says: subscription, month and, of usage, the day it was made.

import { Refusal } from '../base/errors.ts'
import type { MonthFile, Subscription } from '../store/file-records.ts'

const NAMES: Readonly<Record<Subscription, RegExp>> = {
  customerUsage: /^customerUsageV2_(\d{4})(0[1-9]|1[0-2])_(\d{8})\.tar\.gz$/,
  customerBill: /^customerBill_(\d{4})(0[1-9]|1[0-2])()\.tar\.gz$/,
}

/** What an archive of that name holds; `undefined` when it is none of the subscription. */
export function findMonthFile(subscription: Subscription, name: string): MonthFile | undefined {
  const [, year, month, madeOn] = NAMES[subscription].exec(name) ?? []
  if (year === undefined || month === undefined || madeOn === undefined) return undefined
  return { subscription, month: `${year}-${month}`, file: name, madeOn }
}

/** The same, for a file that somebody named. Throws `FILES_WRONG_NAME`. */
export function readMonthFile(subscription: Subscription, name: string): MonthFile {
  const found = findMonthFile(subscription, name)
  if (found === undefined) throw new Refusal('FILES_WRONG_NAME', { file: name, subscription })
  return found
}

/** Whether an entry of an archive is one of its parts, such as customerBill_202610_0001.csv. */
export function isPartOf(archive: string, entry: string): boolean {
  const stem = archive.slice(0, -'.tar.gz'.length)
  const name = entry.slice(entry.lastIndexOf('/') + 1)
  return name.startsWith(`${stem}_`) && /^_\d{1,12}\.csv$/.test(name.slice(stem.length))
}
