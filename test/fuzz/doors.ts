// The four doors through which strangers' bytes come in, each with its good messages and with what may
// come of a broken one: a refusal, or what the good message meant.

import assert from 'node:assert/strict'
import { createSign } from 'node:crypto'
import { decodeNotice, readNotice, readNoticeForm } from '../../src/accounts/notice.ts'
import { Refusal } from '../../src/base/errors.ts'
import { readParameters } from '../../src/base/parameters.ts'
import type { AcceptedRequest } from '../../src/saml/accept.ts'
import { readMetadata } from '../../src/saml/metadata-read.ts'
import { createVerifyNotice } from '../../src/saml/notice-signature.ts'
import {
  authnRequest,
  OPEN_SITE,
  OTHER_SITE,
  siteMetadata,
  smallMetadata,
  trustedParties,
} from '../support/build.ts'
import { keyPair } from '../support/fixed.ts'
import { arriveByPost, arriveByRedirect } from '../support/front-door.ts'
import {
  deflate,
  formBody,
  HUAWEI_SIGNING,
  redirectQuery,
  signEnveloped,
  unsignedQuery,
} from '../support/send.ts'
import { type Dice, mutate, mutateParameters, mutateTree, noise } from './mutate.ts'

/** A door. */
export type Door = {
  readonly title: string
  /** Its part of all inputs. */
  readonly share: number
  /** Good messages, which must come in. */
  readonly good: readonly string[]
  /** An input: a good message that was broken, or none at all. */
  readonly draw: (dice: Dice) => string
  /** Throws `Refusal`; asserts that what comes in means nothing new. */
  readonly enter: (input: string) => void
}

const parties = await trustedParties()
const SIGNED_QUERY = redirectQuery('SAMLRequest', deflate(authnRequest()), HUAWEI_SIGNING)
const SIGNED_BODY = formBody(signEnveloped(authnRequest(), 'site'), HUAWEI_SIGNING.relayState)
const OPEN_QUERY = unsignedQuery(authnRequest(OPEN_SITE))
const OPEN_BODY = formBody(authnRequest(OPEN_SITE), undefined)

/** What a signature proves stays as it is; who need not sign gets answers at their own address only. */
function checkRequest(request: AcceptedRequest, genuine: AcceptedRequest): void {
  if (request.facts.isSigned) {
    assert.deepEqual({ ...request.facts, relayState: '' }, { ...genuine.facts, relayState: '' })
  } else {
    assert.equal(request.party.entityId, OPEN_SITE.entityId)
    assert.equal(request.returnTo, OPEN_SITE.acsUrl)
  }
}

function pick(kinds: readonly (() => string)[], dice: Dice): string {
  return kinds[dice(kinds.length)]?.() ?? ''
}

const byRedirect = arriveByRedirect(SIGNED_QUERY, parties)

const REDIRECT: Door = {
  title: 'the query of HTTP-Redirect',
  share: 0.35,
  good: [SIGNED_QUERY, OPEN_QUERY],
  draw: (dice) => {
    const kinds = [
      () => mutate(SIGNED_QUERY, dice),
      () => mutateParameters(SIGNED_QUERY, dice),
      () => mutate(OPEN_QUERY, dice),
      () => unsignedQuery(mutate(authnRequest(OPEN_SITE), dice)),
      () => unsignedQuery(mutateTree(authnRequest(OPEN_SITE), dice)),
      () => `SAMLRequest=${encodeURIComponent(noise(dice))}`,
      () => noise(dice),
    ]
    return pick(kinds, dice)
  },
  enter: (query) => {
    const request = arriveByRedirect(query, parties)
    // This signature covers the relay state as well.
    if (request.facts.isSigned) assert.deepEqual(request.facts, byRedirect.facts)
    else checkRequest(request, byRedirect)
  },
}

const signedXml = signEnveloped(authnRequest(), 'site')
const byPost = arriveByPost(SIGNED_BODY, parties)

const POST: Door = {
  title: 'the body of HTTP-POST',
  share: 0.15,
  good: [SIGNED_BODY, OPEN_BODY],
  draw: (dice) => {
    const kinds = [
      () => mutate(SIGNED_BODY, dice),
      () => mutateParameters(SIGNED_BODY, dice),
      () => formBody(mutate(signedXml, dice), undefined),
      () => formBody(mutateTree(signedXml, dice), undefined),
      () => formBody(mutate(authnRequest(OPEN_SITE), dice), undefined),
      () => formBody(noise(dice), noise(dice)),
    ]
    return pick(kinds, dice)
  },
  enter: (body) => checkRequest(arriveByPost(body, parties), byPost),
}

const SMALL = await smallMetadata(OTHER_SITE, 'other', true)
const LARGE = await siteMetadata()

const METADATA: Door = {
  title: 'metadata',
  share: 0.15,
  good: [SMALL, LARGE],
  draw: (dice) => {
    const file = dice(4) === 0 ? LARGE : SMALL
    return pick([() => mutate(file, dice), () => mutateTree(file, dice), () => noise(dice)], dice)
  },
  // Nobody signs it: what is read must be named as a problem, or be safe to answer to.
  enter: (xml) => {
    const read = readMetadata({ source: 'site.xml', xml })
    assert.ok(read.problems.every(({ problem, remedy }) => problem !== '' && remedy !== ''))
    if (read.parties.length === 0) throw new Refusal('METADATA_UNUSABLE')
    for (const { entityId, consumers, signingKeys } of read.parties) {
      assert.ok(entityId !== '' && consumers.length > 0 && signingKeys.length > 0)
      assert.ok(consumers.every(({ url }) => URL.parse(url)?.protocol === 'https:'))
      assert.ok(signingKeys.every(({ key }) => key.type === 'public'))
    }
  },
}

const NOTICE = { xUserId: 'C-10001', domainId: 'd-1', domainName: 'northwind', bindAction: '1' }
const SIG_ALG = HUAWEI_SIGNING.algorithm

function noticeBody(json: string): string {
  const bindRequest = Buffer.from(json, 'utf8').toString('base64')
  const { privateKey } = keyPair('site')
  const Signature = createSign('sha256').update(bindRequest).sign(privateKey, 'base64')
  return new URLSearchParams({ bindRequest, SigAlg: SIG_ALG, Signature }).toString()
}

const GOOD_NOTICE = noticeBody(JSON.stringify(NOTICE))
const verify = createVerifyNotice(parties)

const BIND: Door = {
  title: 'bind notifications',
  share: 0.35,
  good: [GOOD_NOTICE],
  draw: (dice) => {
    const json = JSON.stringify(NOTICE)
    const kinds = [
      () => mutate(GOOD_NOTICE, dice),
      () => mutateParameters(GOOD_NOTICE, dice),
      () => `bindRequest=${encodeURIComponent(noise(dice))}&SigAlg=${SIG_ALG}&Signature=AAAA`,
      () => noise(dice),
      // Signing costs: one in four of these reaches the reader behind the signature.
      () => (dice(4) === 0 ? noticeBody(mutate(json, dice)) : mutate(GOOD_NOTICE, dice)),
    ]
    return pick(kinds, dice)
  },
  enter: (body) => {
    const form = readNoticeForm(readParameters(body))
    const json = decodeNotice(form.bindRequest)
    const octets = Buffer.from(form.bindRequest, 'latin1')
    verify({ octets, algorithm: form.sigAlg, signature: form.signature })
    const facts = readNotice(json)
    assert.deepEqual(Object.keys(facts), ['xUserId', 'domainId', 'domainName', 'bindAction'])
    assert.ok(Object.values(facts).every((value) => !/[\r\n\0]/.test(value ?? '')))
  },
}

/** All of them; the shares are by what an input costs, and add up to 1. */
export const DOORS: readonly Door[] = [REDIRECT, POST, METADATA, BIND]
