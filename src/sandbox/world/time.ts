// The calendars of the world: points of time in UTC, days and months of Beijing (GMT+8), in which
// Huawei bills, and what a month later is.

import { addMinutes } from '../../base/clock.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
// Huawei bills by days of GMT+8, which has no summer time.
const BEIJING_MINUTES = 8 * 60

/** A point of time as Huawei writes it: UTC, to the second. */
export function toSecond(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** The day of Beijing in which a point of time lies, such as 2026-11-21. */
export function beijingDate(date: Date): string {
  return addMinutes(date, BEIJING_MINUTES).toISOString().slice(0, 10)
}

/** The month of Beijing in which a point of time lies, such as 2026-11. */
export function beijingMonth(date: Date): string {
  return beijingDate(date).slice(0, 7)
}

/** The first moment of a day of Beijing. */
export function startOfBeijingDay(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`)
}

/** The month after a month such as 2026-12. */
export function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7)
}

/** So many months later, at the last day of the month where it has no such day. */
export function addMonths(date: Date, months: number): Date {
  const moved = new Date(date)
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0))
  moved.setUTCDate(Math.min(date.getUTCDate(), lastDay.getUTCDate()))
  return moved
}

/** So many of Huawei's periods later: 2 is months, 3 is years. */
export function addPeriods(date: Date, periodType: number, periods: number): Date {
  return addMonths(date, periodType === 3 ? periods * 12 : periods)
}

/** Whole hours that begin at a full hour and end by `to`; the time before the first one is free. */
export function fullHours(from: Date, to: Date): { readonly first: Date; readonly count: number } {
  const first = Math.ceil(from.getTime() / HOUR_MS)
  const count = Math.max(0, Math.floor(to.getTime() / HOUR_MS) - first)
  return { first: new Date(first * HOUR_MS), count }
}

/** `date` and so many hours. */
export function addHours(date: Date, hours: number): Date {
  return addMinutes(date, hours * 60)
}

/** The days of 24 hours between two points of time, with their fraction. */
export function daysBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / DAY_MS
}

/** The later of two points of time. */
export function later(a: Date, b: Date): Date {
  return a > b ? a : b
}

/** The earlier of two points of time. */
export function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}
