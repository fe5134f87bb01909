// The functions of all operations as types: what each is given and must answer follows from its row.

import type { Call, Reply } from './context.ts'
import type { InputOf, ResultOf } from './operation.ts'
import type { OPERATIONS, OperationName } from './operations.ts'

export type Handlers = {
  readonly [Name in OperationName]: (
    input: InputOf<(typeof OPERATIONS)[Name]>,
    call: Call,
  ) => Promise<Reply<ResultOf<(typeof OPERATIONS)[Name]>>>
}
