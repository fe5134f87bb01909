// A bind notification → its checks: the product's own steps, then what is known of the account. What the
// partner API would say of it is not asked here.

import { checkSignature, wasStartedLately } from '../accounts/bind.ts'
import {
  decodeNotice,
  type NoticeFacts,
  type NoticeForm,
  readNotice,
  readNoticeForm,
} from '../accounts/notice.ts'
import type { Check } from '../base/check.ts'
import { Refusal } from '../base/errors.ts'
import type { Parameters } from '../base/parameters.ts'
import type { BindingRecord } from '../store/binding-records.ts'
import type { AccountRecord } from '../store/store.ts'
import type { NoticeHouse } from './house.ts'
import { type ArrivedExplanation, conclude, createTrail, type Step, type Trail } from './trail.ts'

const PAGE = 'Huawei: Basic Configuration'

const FORM: Step = {
  id: 'form',
  title: 'It has the three fields',
  section: PAGE,
  expected: 'bindRequest, SigAlg and Signature, once each',
}
const BASE64: Step = {
  id: 'base64',
  title: 'Its bindRequest can be decoded',
  section: PAGE,
  expected: 'Base64',
}
const SIGNATURE: Step = {
  id: 'signature',
  title: 'It is from Huawei Cloud',
  section: PAGE,
  expected: 'a signature by a certificate of any trusted SP metadata',
}
const CONTENT: Step = {
  id: 'content',
  title: 'It says whom it is about',
  section: 'Partner Center API §11.2',
  expected: 'flat JSON with xUserId, domainId and bindAction',
}

type Subject = {
  readonly facts: NoticeFacts
  readonly account: AccountRecord | undefined
  readonly binding: BindingRecord
  /** The account of ours that has the domain, if one has. */
  readonly heldBy: string | undefined
  readonly house: NoticeHouse
}

/** What must be known of the account, in the order in which the product asks. */
export const ACCOUNT_CHECKS: readonly Check<Subject>[] = [
  {
    id: 'account',
    title: 'It is about an account of ours',
    section: 'Partner Center API §11.2',
    expected: () => 'an account id that users list shows',
    found: ({ facts }) => facts.xUserId,
    run: ({ facts, account }) => {
      if (account === undefined) {
        throw new Refusal('BIND_UNKNOWN_ACCOUNT', { account: facts.xUserId })
      }
    },
  },
  {
    id: 'started',
    title: 'Its customer was sent to Huawei Cloud lately',
    section: 'docs/life-of-a-sign-in.md',
    expected: ({ house }) => `within ${house.bindHours} hours (BIND_HOURS), or connected already`,
    found: ({ facts, binding }) =>
      isRepeat(facts, binding) ? 'connected already' : (binding.askedAt?.toISOString() ?? 'never'),
    run: ({ facts, binding, house }) => {
      if (!changesSomething(facts, binding)) return
      if (!wasStartedLately(binding, house.now, house.bindHours)) {
        throw new Refusal('BIND_NOT_STARTED', { account: facts.xUserId })
      }
    },
  },
  {
    id: 'first-connection',
    title: 'It contradicts no connection that is there',
    section: 'docs/life-of-a-sign-in.md',
    expected: ({ facts, binding }) => `${facts.xUserId} with ${binding.domainId ?? facts.domainId}`,
    found: ({ facts, heldBy }) => `${heldBy ?? facts.xUserId} with ${facts.domainId}`,
    run: ({ facts, binding, heldBy }) => {
      if (!changesSomething(facts, binding)) return
      const isTaken = heldBy !== undefined && heldBy !== facts.xUserId
      // The store decides this for the product, in one transaction.
      if (isTaken || binding.domainId !== undefined || binding.state === 'conflict') {
        throw new Refusal('BIND_CONFLICT', { account: facts.xUserId, domainId: facts.domainId })
      }
    },
  },
]

function isRepeat(facts: NoticeFacts, binding: BindingRecord): boolean {
  return binding.domainId === facts.domainId
}

function changesSomething(facts: NoticeFacts, binding: BindingRecord): boolean {
  return facts.bindAction === '1' && !isRepeat(facts, binding)
}

/** The checks of a notification. `read` gives the form; it may throw. */
export async function explainNotice(
  read: () => Parameters,
  house: NoticeHouse,
): Promise<ArrivedExplanation> {
  const trail = createTrail()
  const form = trail.step(
    FORM,
    () => readNoticeForm(read()),
    () => 'all three',
  )
  const { facts, isProven } = verify(trail, form, house)
  let accepted = 'This notification passes every check.'
  if (facts === undefined) {
    trail.skip(ACCOUNT_CHECKS)
  } else {
    const binding = await house.store.bindings.find(facts.xUserId)
    const account = await house.store.accounts.find(facts.xUserId)
    const heldBy = (await house.store.bindings.findByDomain(facts.domainId))?.accountId
    trail.judge(ACCOUNT_CHECKS, { facts, account, binding, heldBy, house })
    if (isRepeat(facts, binding)) {
      accepted = 'This notification is a repeat: the customer has this connection already.'
    } else if (facts.bindAction !== '1') {
      accepted = `This notification changes nothing: bindAction is ${facts.bindAction}, not 1.`
    }
  }
  const nothing = { issuer: undefined, requestId: undefined, relayStateBytes: undefined }
  return conclude(trail, { kind: 'notice', accepted, isProven, ...nothing })
}

function verify(trail: Trail, form: NoticeForm | undefined, house: NoticeHouse) {
  const json =
    form &&
    trail.step(
      BASE64,
      () => decodeNotice(form.bindRequest),
      () => 'Base64',
    )
  if (form === undefined || json === undefined) {
    trail.skip(form === undefined ? [BASE64, SIGNATURE, CONTENT] : [SIGNATURE, CONTENT])
    return { facts: undefined, isProven: false }
  }
  const check = () => {
    checkSignature(form, json, house)
    return true
  }
  const isProven = trail.step(SIGNATURE, check, () => form.sigAlg) ?? false
  const facts = trail.step(
    CONTENT,
    () => readNotice(json),
    ({ domainId }) => domainId,
  )
  return { facts, isProven }
}
