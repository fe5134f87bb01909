// What one row of the options table is, and the few kinds of value an option can have.

import { z } from 'zod'

/** One option. `schema` reads the text of the environment; `must` finishes "NAME: must …". */
export type Option<T> = {
  readonly name: string
  readonly schema: z.ZodType<T, string>
  readonly must: string
  readonly fallback: string | undefined
  readonly doc: string
  readonly isSecret: boolean
}

type Row = {
  readonly name: string
  readonly fallback?: string
  readonly doc: string
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Any non-empty text, optionally of a form that `must` describes. */
export function text(row: Row & { readonly pattern?: RegExp; readonly must?: string }) {
  const schema = row.pattern === undefined ? z.string().min(1) : z.string().regex(row.pattern)
  return option(row, schema, row.must ?? 'be a text')
}

/** A text that is never printed. */
export function secret(row: Row): Option<string> {
  return { ...option(row, z.string().min(1), 'be a text'), isSecret: true }
}

/** The http(s) address of a host, which may hold a user and a password, and is never printed. */
export function secretUrl(row: Row): Option<string> {
  const schema = z.string().refine((value) => {
    const url = URL.parse(value)
    return url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/'
  })
  return { ...option(row, schema, 'be an http(s) URL of a host, without a path'), isSecret: true }
}

/** A whole number within bounds. */
export function integer(row: Row & { readonly min: number; readonly max: number }) {
  const { min, max } = row
  const schema = z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().int().min(min).max(max))
  return option(row, schema, `be a whole number from ${min} to ${max}`)
}

/** One word of a fixed list. */
export function choice<const C extends readonly [string, ...string[]]>(
  row: Row & { readonly of: C },
): Option<C[number]> {
  return option(row, z.enum(row.of), `be one of ${row.of.join(', ')}`)
}

/**
 * The address of a service, without a trailing slash: https, or http on this machine only. Where
 * tokens and sign-ins travel, an address in clear text is a mistake, not a preference.
 */
export function serviceUrl(row: Row & { readonly path?: boolean }): Option<string> {
  const mayHavePath = row.path === true
  const schema = z.string().transform((value, context) => {
    const url = URL.parse(value)
    const ok =
      url !== null &&
      url.username === '' &&
      url.password === '' &&
      url.hash === '' &&
      (url.protocol === 'https:' || url.protocol === 'http:') &&
      (mayHavePath || ((url.pathname === '/' || url.pathname === '') && url.search === ''))
    if (!ok) {
      context.addIssue({ code: 'custom' })
      return z.NEVER
    }
    return value.replace(/\/+$/, '')
  })
  const shape = mayHavePath ? 'an http(s) URL' : 'an http(s) origin such as https://sso.example.com'
  return option(row, schema, `be ${shape}`)
}

/** Whether traffic to this URL stays on this machine. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.has(URL.parse(url)?.hostname ?? '')
}

/** Whether the URL is encrypted in transit, or never leaves this machine. */
export function isSafeTransport(url: string): boolean {
  return url.startsWith('https://') || isLoopback(url)
}

export function option<T>(row: Row, schema: z.ZodType<T, string>, must: string): Option<T> {
  const { name, doc, fallback } = row
  return { name, schema, must, fallback, doc, isSecret: false }
}
