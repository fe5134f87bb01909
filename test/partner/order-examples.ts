// Huawei's own examples of orders and what comes of them, as they are in test/partner/examples.

import { readFileSync } from 'node:fs'

type Example = { readonly request: Readonly<Record<string, unknown>>; readonly response: unknown }

const GROUPS = ['coupons', 'orders', 'resources', 'packages', 'usage', 'bills'] as const

/** The examples of the groups around orders, by operation. */
export const EXAMPLES = new Map<string, Example>(
  GROUPS.flatMap((group) => {
    const file = new URL(`./examples/${group}.json`, import.meta.url)
    return Object.entries<Example>(JSON.parse(readFileSync(file, 'utf8')))
  }),
)
