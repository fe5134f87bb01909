// Kinds of field that several rows share: Huawei's rules for what is sent, and leniency for what
// comes back.

import { z } from 'zod'

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

/** A point of time in UTC, to the second, such as 2019-05-06T08:05:01Z. */
export function instant() {
  return z.iso.datetime({ precision: 0, error: 'must be a time such as 2019-05-06T08:05:01Z' })
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
