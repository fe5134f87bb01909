// Amounts of money between their text and the whole numbers they are kept as. No float is involved, so a
// bill adds up to the cent.

import { Big } from 'big.js'
import type { Units } from '../store/file-records.ts'

const DECIMALS = 10
// What SQLite and PostgreSQL hold in a whole number: 922 million in one amount or sum.
const MOST: Units = 2n ** 63n - 1n

const PLAIN = /^-?\d{1,9}(\.\d{1,10})?$/

/**
 * The amount of a decimal text, also one like `1E-7`, which Java writes. `undefined` when it is none, or
 * has more than ten decimals or 922 million: an amount is never rounded.
 */
export function readAmount(text: string): Units | undefined {
  if (PLAIN.test(text)) {
    const [whole = '', fraction = ''] = text.split('.')
    return within(BigInt(whole + fraction.padEnd(DECIMALS, '0')))
  }
  if (text.length > 40 || !isDecimal(text)) return undefined
  const units = new Big(text).times(new Big(10).pow(DECIMALS))
  return units.eq(units.round(0)) ? within(BigInt(units.toFixed(0))) : undefined
}

/** Whether the text is a decimal number. */
export function isDecimal(text: string): boolean {
  return /^-?\d{1,30}(\.\d{1,30})?([eE][-+]?\d{1,2})?$/.test(text)
}

/** The decimal text of an amount, without zeros at its end. */
export function writeAmount(units: Units): string {
  return new Big(units.toString()).div(new Big(10).pow(DECIMALS)).toFixed()
}

function within(units: Units): Units | undefined {
  return units <= MOST && units >= -MOST ? units : undefined
}
