// A first or a further factor: what the form brought in; out come recovery codes, when there are none yet.

import type { Request } from 'express'
import { actorOf, whence } from '../session/history.ts'
import type { FactorOwner } from '../store/factor-records.ts'
import { readForm } from '../web/form.ts'
import type { FactorDeps } from './factor-deps.ts'
import { addPasskey } from './passkey.ts'
import { makeRecoveryCodes } from './recovery.ts'
import { addTotp } from './totp.ts'

/** What can be added, as forms name it. */
export type Addition = 'add-totp' | 'add-passkey'

/** Whether a form asks for something to be added. */
export function isAddition(kind: string): kind is Addition {
  return kind === 'add-totp' || kind === 'add-passkey'
}

/**
 * Adds it and answers new recovery codes to be shown, or none when the person has some. Throws what
 * `addTotp` and `addPasskey` throw.
 */
export async function addFactor(
  request: Request,
  { owner, kind }: { readonly owner: FactorOwner; readonly kind: Addition },
  deps: FactorDeps,
): Promise<readonly string[]> {
  const form = readForm(request)
  if (kind === 'add-totp') {
    const { sealed = '', code = '' } = { sealed: form.text('sealed'), code: form.text('code') }
    await addTotp(owner, { sealed, code }, deps)
  } else {
    const { credential = '', name = '' } = {
      credential: form.text('credential'),
      name: form.text('name'),
    }
    const browserHash = deps.sessions.browserHash(request)
    await addPasskey({ owner, browserHash }, { credential, name }, deps)
  }
  const factor = kind === 'add-totp' ? 'totp' : 'passkey'
  await recordFactor(request, { owner, action: 'factor.added', factor }, deps)
  const { recoveryCodes } = await deps.store.factors.find(owner)
  return recoveryCodes > 0 ? [] : renewCodes(request, owner, deps)
}

/** New recovery codes in the place of the old ones, on record. */
export async function renewCodes(
  request: Request,
  owner: FactorOwner,
  deps: FactorDeps,
): Promise<readonly string[]> {
  const codes = await makeRecoveryCodes(owner, deps)
  await recordFactor(request, { owner, action: 'factor.recovery-codes-made' }, deps)
  return codes
}

type Recorded = {
  readonly owner: FactorOwner
  readonly action: 'factor.added' | 'factor.removed' | 'factor.recovery-codes-made'
  readonly factor?: 'totp' | 'passkey'
}

/** Puts on record what somebody did to their own factors. */
export async function recordFactor(
  request: Request,
  { owner, action, factor }: Recorded,
  { record }: Pick<FactorDeps, 'record'>,
): Promise<void> {
  const { role, id } = owner
  const where = whence(request)
  const after = { role, ...(factor === undefined ? {} : { factor }) }
  await record({ action, actor: actorOf(role, id), subject: id, ...where, after })
}
