// What a key of the portal API may be allowed to do.

/** Every scope and what it opens. Names never change: keys carry them. */
export const SCOPES = {
  'customers:read': 'Look at customers, their Huawei Cloud status and their activation.',
  'customers:write': 'Add, change, disable and enable customers; make links that set a password.',
  'bindings:read': 'List which customers are connected to which Huawei Cloud accounts.',
  launch: 'Make links that sign a customer in and open Huawei Cloud.',
  'activations:write': 'Open Huawei Cloud accounts for customers.',
  'webhooks:write': 'Set, look at and remove the addresses that webhooks go to.',
} as const satisfies Readonly<Record<string, string>>

export type Scope = keyof typeof SCOPES

/** Their names, in the order of the table. */
export const SCOPE_NAMES = Object.keys(SCOPES) as readonly Scope[] // The keys are SCOPES' own.
