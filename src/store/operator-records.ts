// What operators may do: part of store.ts.

/** An editor changes what the console can change; a viewer looks. */
export const OPERATOR_ROLES = ['viewer', 'editor'] as const

export type OperatorRole = (typeof OPERATOR_ROLES)[number]
