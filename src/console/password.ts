// /console/password: operators change their own password, viewers too.

import type { Request } from 'express'
import { Refusal } from '../base/errors.ts'
import {
  type ChangePasswordDeps,
  changePassword,
  type PasswordHolder,
} from '../signin/change-password.ts'
import { changeForm, statusOf } from '../signin/password-pages.ts'
import { PASSWORD_TEXTS } from '../signin/texts/password.ts'
import type { Store } from '../store/store.ts'
import { html } from '../web/html.ts'
import type { CallPage } from './call.ts'
import type { Asker } from './screen.ts'

export type OperatorPasswordDeps = ChangePasswordDeps & {
  readonly store: Pick<Store, 'operators'>
}

const PATH = '/console/password'

/** The form, with what went wrong the last time. */
export function showPasswordForm(
  { login, csrf }: Pick<Asker, 'login' | 'csrf'>,
  refusal?: Refusal,
): CallPage {
  const { changeTitle: title } = PASSWORD_TEXTS.en
  const body = changeForm({ action: PATH, hidden: csrf, login, refusal }, 'en')
  return { title, body, status: statusOf(refusal), ...(refusal === undefined ? {} : { refusal }) }
}

/** Changes it; the form comes back with what a person can put right. */
export async function changeOperatorPassword(
  request: Request,
  asker: Pick<Asker, 'login' | 'csrf'>,
  deps: OperatorPasswordDeps,
): Promise<CallPage> {
  const { login } = asker
  const operator = await deps.store.operators.find(login)
  const holder: PasswordHolder = {
    owner: { role: 'operator', id: operator?.login ?? login },
    passwordHash: operator?.passwordHash,
    context: { login },
  }
  try {
    await changePassword(request, holder, deps)
  } catch (error) {
    if (!(error instanceof Refusal) || !/^(PASSWORD|SIGN_IN)_/.test(error.code)) throw error
    return showPasswordForm(asker, error)
  }
  const { changedTitle: title, changedLead } = PASSWORD_TEXTS.en
  return { title, body: html`<div class="note good"><p>${changedLead}</p></div>` }
}
