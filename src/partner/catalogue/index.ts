// THE table of partner operations. One row is one operation; its key here is its name everywhere.

import { customers } from './customers.ts'

export const CATALOGUE = { ...customers } as const

export type Catalogue = typeof CATALOGUE

export type OperationName = keyof Catalogue
