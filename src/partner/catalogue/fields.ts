// Kinds of field that several rows share: Huawei's rules for what is sent, and leniency for what
// comes back. Amounts are decimals and times are UTC on our side, whatever Huawei writes.

import { Big } from 'big.js'
import { z } from 'zod'
import { beijingDay } from '../beijing-day.ts'

/** A text of 1 to `most` characters. Huawei reads "" as absent, or refuses it: leave it out instead. */
export function text(most: number) {
  return characters(1, most)
}

/** A text of `least` to `most` characters. */
export function characters(least: number, most: number) {
  const range = least === most ? `${least}` : `${least} to ${most}`
  const error = `must be a text of ${range} characters`
  return z.string({ error }).min(least, { error }).max(most, { error })
}

/**
 * The name of a Huawei Cloud account. The European reference prints a pattern that lost its hyphen
 * and underscore; this is the one of https://support.huaweicloud.com/api-bpconsole/mc_00016.html.
 */
export function accountName() {
  return characters(5, 32)
    .regex(/^[a-zA-Z_-][a-zA-Z0-9_-]*$/, 'must be letters, digits, - and _, no digit first')
    .refine((name) => !/^(op_|shadow_)/.test(name), 'must not start with op_ or shadow_')
}

/** An e-mail address. Huawei asks for a prefix, an @ and a domain, and decides about the rest. */
export function email() {
  return text(64).regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address')
}

/** A mobile number with its country code, such as 0049-15112345678. */
export function mobile() {
  return text(64).regex(/^00\d{2}-\d+$/, 'must be 00, a country code of two digits, - and digits')
}

/** A text that Huawei may send as a number, as null or not at all. */
export function looseText() {
  return z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) => (value === null || value === undefined ? undefined : String(value)))
}

/** A number that Huawei may send as digits in a text, as null or not at all. */
export function looseNumber() {
  return z
    .union([z.number(), z.string().regex(/^-?\d+$/)])
    .nullish()
    .transform((value) => (value === null || value === undefined ? undefined : Number(value)))
}

/** A list that Huawei leaves out, or sends as null, when it is empty. */
export function looseList<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((list) => list ?? [])
}

/** What each value of an enumeration means, by the value as it is written on the wire. */
export type Meanings = Readonly<Record<string, string>>

/** One of Huawei's texts, such as YES and NO. The meanings are part of the schema's metadata. */
export function oneOf<const Values extends Meanings>(meanings: Values) {
  // The casts name what Object.keys cannot know.
  const values = Object.keys(meanings) as (keyof Values & string)[]
  const error = `must be one of ${values.join(', ')}`
  return z
    .enum(values as [keyof Values & string, ...(keyof Values & string)[]], { error })
    .meta({ meanings })
}

/** One of Huawei's whole numbers, such as 1 for a month's purchase and 2 for a year's. */
export function oneOfNumbers<const Values extends Readonly<Record<number, string>>>(
  meanings: Values,
) {
  // The cast holds: these are the keys, which JavaScript keeps as texts.
  const values = Object.keys(meanings).map(Number) as (keyof Values & number)[]
  const error = `must be one of ${values.join(', ')}`
  return z.literal(values, { error }).meta({ meanings })
}

/** A number or text of an enumeration that comes back; a value Huawei adds later is kept. */
export function looseCode(meanings: Meanings) {
  return looseText().meta({ meanings })
}

const TRUE: readonly unknown[] = [true, 'true', 1, '1']

/** `true` or `false` that Huawei may send as a text, as 0 and 1, as null or not at all. */
export function looseBoolean() {
  return z
    .union([z.boolean(), z.literal(['true', 'false', 0, 1, '0', '1'])])
    .nullish()
    .transform((value) =>
      value === null || value === undefined ? undefined : TRUE.includes(value),
    )
}

// Bounded, because a decimal of a million digits would be computed with.
const DECIMAL = /^[+-]?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,3})?$/

/**
 * An amount that is sent: a Big, a text such as "0.000001", or a number. It goes out as a JSON number
 * with every digit, and may have `places` digits behind the point.
 */
export function amount(places = 10) {
  const error = `must be a number with at most ${places} decimal places`
  return z
    .union([z.instanceof(Big), z.string().regex(DECIMAL, { error }), z.number()], { error })
    .transform((value) => new Big(value))
    .refine((value) => value.round(places).eq(value), { error })
}

/** An amount that comes back, as a number or as text; the decimal has every digit that was sent. */
export function looseAmount() {
  return z
    .union([z.number(), z.string().regex(DECIMAL), z.literal('')])
    .nullish()
    .transform((value) =>
      value === null || value === undefined || value === '' ? undefined : new Big(value),
    )
}

/**
 * A point of time that is sent: a Date, or a text such as 2019-05-06T08:05:01Z. It goes out in UTC, to
 * the second.
 */
export function time() {
  const error = 'must be a time such as 2019-05-06T08:05:01Z'
  return z
    .union([z.date({ error }), z.iso.datetime({ precision: 0, error })], { error })
    .transform((value) => new Date(value).toISOString().replace(/\.\d+Z$/, 'Z'))
}

/** A point of time in UTC that comes back; `undefined` when absent or empty. */
export function looseTime() {
  return z
    .union([z.iso.datetime({ offset: true }), z.literal('')])
    .nullish()
    .transform((value) =>
      value === null || value === undefined || value === '' ? undefined : new Date(value),
    )
}

/** A day of Huawei's billing calendar, which is that of Beijing (GMT+8). */
export function looseBeijingDay() {
  return z
    .union([z.iso.date(), z.literal('')])
    .nullish()
    .transform((value) =>
      value === null || value === undefined || value === '' ? undefined : beijingDay(value),
    )
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`
  return z.int({ error }).min(least, { error }).max(most, { error })
}

/** Where a page of a list begins. */
export function offset(most = 2_147_483_647) {
  return whole(0, most).optional().describe('How many items to skip (0 if absent).')
}

/** How long a page of a list is. */
export function limit(most: number) {
  return whole(1, most).optional().describe('How many items to give at most (10 if absent).')
}

/**
 * A list of 1 to `most` different ids. Huawei reads an empty list as absent, which asks for everything:
 * leave it out instead.
 */
export function ids(most: number, longest = 64) {
  const error = `must be a list of 1 to ${most} different texts of 1 to ${longest} characters`
  return z
    .array(z.string({ error }).min(1, { error }).max(longest, { error }), { error })
    .min(1, { error })
    .max(most, { error })
    .refine((list) => new Set(list).size === list.length, { error })
}

/** A list of 1 to `most` items. Huawei refuses an empty one. */
export function list<Item extends z.ZodType>(item: Item, most: number) {
  const error = `must be a list of 1 to ${most} items`
  return z.array(item, { error }).min(1, { error }).max(most, { error })
}

/** A day that is sent, such as 2021-10-31: a day of Huawei's billing calendar (GMT+8). */
export function billingDay() {
  return z.iso.date({ error: 'must be a day such as 2021-10-31', abort: true })
}

/** A month that is sent, such as 2020-12: a month of Huawei's billing calendar (GMT+8). */
export function billingMonth() {
  return z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2020-12')
}
