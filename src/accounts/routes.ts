// URLs of the customer's account: /, /activate, /connect, /bind, and /portal on the way back.

import { type Request, type Response, Router } from 'express'
import type { ErrorCode } from '../base/error-codes.ts'
import { asRefusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import type { KnownPortals } from '../signin/known-portal.ts'
import { type Departure, handle } from '../web/departure.ts'
import { readForm } from '../web/form.ts'
import { html } from '../web/html.ts'
import type { Page } from '../web/page.ts'
import { referenceOf } from '../web/request-log.ts'
import { onlyMethods } from '../web/server.ts'
import {
  type ActivateDeps,
  resendCode,
  showActivation,
  submitActivation,
  submitCode,
} from './activate.ts'
import { type BindDeps, type BindReply, receiveNotice } from './bind.ts'
import { showConnect } from './connect.ts'
import { type HomeDeps, showHome } from './home.ts'
import { CONNECT_TEXTS, type ConnectTexts } from './texts/connect.ts'

export type AccountsDeps = Omit<HomeDeps, 'offersActivation'> &
  ActivateDeps &
  BindDeps & {
    readonly knownPortals: Pick<KnownPortals, 'homeOf'>
    /** Keeps what became of a notification; handed in, because explaining is another room's. */
    readonly traceNotice: (notice: {
      readonly reference: string
      readonly read: () => Parameters
      readonly code: ErrorCode | undefined
    }) => Promise<void>
  }

// Leads to the portal that the browser belongs to. A page that answers another site's post cannot know
// which that is, because the post brings no cookie; the click on its link does.
const PORTAL_PATH = '/portal'

/** The router of this room. */
export function accountRoutes(deps: AccountsDeps): Router {
  const router = Router()
  const home = { ...deps, offersActivation: deps.agreements !== undefined }
  router.get(
    '/',
    handle((request) => showHome(request, home)),
  )
  onlyMethods(router, '/', ['GET'])
  router.get(
    '/connect',
    handle((request) => showConnect(request, home)),
  )
  onlyMethods(router, '/connect', ['GET'])
  router.get(
    PORTAL_PATH,
    handle((request) => ({ kind: 'redirect', to: deps.knownPortals.homeOf(request) })),
  )
  onlyMethods(router, PORTAL_PATH, ['GET'])
  router.get(
    '/activate',
    handle((request) => showActivation(request, deps)),
  )
  router.post(
    '/activate',
    handle((request, response) => submitActivation(request, response, deps)),
  )
  onlyMethods(router, '/activate', ['GET', 'POST'])
  router.post(
    '/activate/again',
    handle((request, response) => resendCode(request, response, deps)),
  )
  router.post(
    '/activate/code',
    handle((request, response) => submitCode(request, response, deps)),
  )
  // After a post that a page answered, a reload of the address must find something.
  router.get(['/activate/again', '/activate/code'], (_request, response) => {
    response.redirect(303, '/activate')
  })
  router.post(
    '/bind',
    handle((request, response) => bind(request, response, deps)),
  )
  onlyMethods(router, '/bind', ['POST'])
  return router
}

// The browser brings no cookie of ours here, so the page must be right for anybody.
async function bind(request: Request, response: Response, deps: AccountsDeps): Promise<Departure> {
  const read = () => readForm(request)
  const reference = referenceOf(response)
  try {
    const reply = await receiveNotice(read(), deps)
    await deps.traceNotice({ reference, read, code: undefined })
    return {
      kind: 'page',
      page: (language) => replyPage(reply, CONNECT_TEXTS[language]),
    }
  } catch (error) {
    await deps.traceNotice({ reference, read, code: asRefusal(error).code })
    throw error
  }
}

function replyPage({ outcome, facts }: BindReply, texts: ConnectTexts): Page {
  const onward = html`<a class="button" href="${PORTAL_PATH}">${texts.backToPortal}</a>`
  if (outcome === 'unknown-action') {
    return { title: texts.receivedTitle, body: html`<p>${texts.received}</p>\n${onward}` }
  }
  if (outcome === 'held') {
    const said = html`<div class="note warn"><p>${texts.confirming}</p></div>`
    return { title: texts.confirmingTitle, body: html`${said}\n${onward}` }
  }
  const { domainName } = facts
  const said = domainName === undefined ? texts.connected : texts.connectedTo(domainName)
  const body = html`<div class="note good"><p>${said}</p></div>
${onward}
<p class="help"><a href="/launch">${texts.openNow}</a></p>`
  return { title: texts.connectedTitle, body }
}
