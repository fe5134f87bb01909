// Every check of a bind notification has an example that fails it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readParameters } from '../../src/base/parameters.ts'
import { explainNotice } from '../../src/explain/notice.ts'
import { createVerifyNotice } from '../../src/saml/notice-signature.ts'
import { openStore } from '../../src/store/open.ts'
import { addAccount } from '../store/records.ts'
import { trustedParties } from '../support/build.ts'
import { type KeyName, keyPair, NOW } from '../support/fixed.ts'
import { encodeNotice, noticeForm, RSA_SHA256 } from '../support/notice.ts'

const verify = createVerifyNotice(await trustedParties())

type Row = {
  readonly title: string
  readonly json?: string
  readonly key?: KeyName
  readonly spoil?: (body: string) => string
  readonly verdict: string
  readonly fails?: string
  readonly says?: RegExp
}

const GOOD = '{"xUserId":"asked","domainId":"d-new","bindAction":1}'

const ROWS: readonly Row[] = [
  { title: 'a first connection', verdict: 'accepted', says: /passes every check/ },
  {
    title: 'a connection that is there already',
    json: '{"xUserId":"bound","domainId":"d-old","bindAction":1}',
    verdict: 'accepted',
    says: /is a repeat/,
  },
  {
    title: 'an action that nobody documents',
    json: '{"xUserId":"bound","domainId":"d-new","bindAction":2}',
    verdict: 'accepted',
    says: /bindAction is 2/,
  },
  {
    title: 'a form without a signature',
    spoil: (body) => body.replace(/&Signature=.*/, ''),
    verdict: 'BIND_BAD_MESSAGE',
    fails: 'form',
  },
  {
    title: 'a bindRequest that is no Base64',
    spoil: (body) => body.replace('bindRequest=', 'bindRequest=*'),
    verdict: 'BIND_BAD_MESSAGE',
    fails: 'base64',
  },
  { title: 'a foreign key', key: 'house', verdict: 'BIND_BAD_SIGNATURE', fails: 'signature' },
  { title: 'a notice about nobody', json: '{}', verdict: 'BIND_BAD_MESSAGE', fails: 'content' },
  {
    title: 'somebody whom we do not know',
    json: '{"xUserId":"stranger","domainId":"d-new","bindAction":1}',
    verdict: 'BIND_UNKNOWN_ACCOUNT',
    fails: 'account',
  },
  {
    title: 'a customer who was never sent to Huawei Cloud',
    json: '{"xUserId":"idle","domainId":"d-new","bindAction":1}',
    verdict: 'BIND_NOT_STARTED',
    fails: 'started',
  },
  {
    title: 'a Huawei Cloud account that another customer has',
    json: '{"xUserId":"asked","domainId":"d-old","bindAction":1}',
    verdict: 'BIND_CONFLICT',
    fails: 'first-connection',
  },
]

async function startHouse(test: { after: (end: () => Promise<void>) => void }) {
  const store = await openStore('sqlite::memory:')
  test.after(() => store.close())
  for (const accountId of ['asked', 'bound', 'idle']) await addAccount(store, accountId)
  await store.bindings.ask('asked', NOW)
  const domain = { domainId: 'd-old', domainName: undefined }
  const claim = { ...domain, accountId: 'bound', source: 'created', isConfirmed: true } as const
  await store.bindings.bind({ ...claim, now: NOW })
  return { store, verify, signedBytes: 'base64', bindHours: 12, now: NOW } as const
}

for (const { title, json = GOOD, key = 'site', spoil, verdict, fails, says } of ROWS) {
  test(`${title}: ${verdict}`, async (t) => {
    const house = await startHouse(t)
    const signing = { key: keyPair(key).privateKey, publicKey: '', sigAlg: RSA_SHA256 } as const
    const form = noticeForm(encodeNotice(json), { ...signing, hash: 'sha256', over: 'base64' })
    const body = new URLSearchParams(form).toString()

    const explanation = await explainNotice(() => readParameters(spoil?.(body) ?? body), house)

    assert.equal(explanation.verdict, verdict)
    const failed = explanation.checks.find((check) => check.verdict === 'failed')
    assert.equal(failed?.id, fails)
    assert.match(explanation.say, says ?? /./)
  })
}
