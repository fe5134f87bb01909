// An operation that is about to be called, and the one way to the client that every call takes.

import type { Config } from '../../config/load.ts'
import type { CallOptions, Wait, WalkOptions } from '../../partner/acting.ts'
import type { NamedRow } from '../../partner/catalogue/groups.ts'
import { createPartnerClient } from '../../partner/client.ts'
import { openStore } from '../../store/open.ts'
import type { Cli } from '../context.ts'
import type { Input } from './input.ts'
import type { Form } from './print.ts'

/** A call with everything that is needed to make it. */
export type PreparedCall = {
  readonly named: NamedRow
  readonly input: Input
  readonly callOptions: CallOptions
  readonly form: Form
  readonly config: Config
}

/** An operation whose types are not known here. */
type AnyMethod = {
  (input: Input, options: CallOptions): Promise<unknown>
  /** Only those of a list have it. */
  readonly all?: (input: Input, options: WalkOptions) => AsyncIterable<unknown>
}

/** The method of the operation for as long as `use` takes, with the credentials of the configuration. */
export async function withMethod(
  call: PreparedCall,
  cli: Cli,
  use: (method: AnyMethod) => Promise<void>,
): Promise<void> {
  const { databaseUrl, huawei } = call.config
  // Whoever shares the database shares Huawei's limits as well.
  const store = databaseUrl.startsWith('sqlite:') ? undefined : await openStore(databaseUrl)
  const client = createPartnerClient({
    ...huawei,
    key: huawei.partnerKey,
    fetch: cli.partnerFetch,
    ...(store === undefined ? {} : { turns: store.apiTurns }),
    clock: cli.clock,
    sleep: cli.sleep,
    // Without a log: a refusal says all that its line would.
  })
  try {
    // The cast holds because the client checks every input against the row's own schema.
    await use(client[call.named.name] as AnyMethod)
  } finally {
    await client.close()
    await store?.close()
  }
}

/** Nobody waits behind the command line as at a page: it may wait for Huawei, and says that it does. */
export function withPatience(options: CallOptions, cli: Cli): CallOptions {
  const onWait = ({ code, waitMs, attempt, attempts }: Wait) => {
    const seconds = Math.ceil(waitMs / 1000)
    cli.stderr.write(
      `${code}: trying again in ${seconds} s (attempt ${attempt} of ${attempts}); Ctrl+C gives up\n`,
    )
  }
  return { ...options, patience: 'minutes', onWait }
}
