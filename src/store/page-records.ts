// How long lists are asked for.

/** One page of a long list, in the order of `after`'s field. */
export type Page = { readonly after?: string; readonly limit: number; readonly matching?: string }
