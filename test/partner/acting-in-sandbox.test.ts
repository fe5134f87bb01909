// The client against the sandbox's IAM: each way to prove who calls, from asking for a token to the
// answer of an operation that only customers may call.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import type { ActingFor } from '../../src/partner/acting.ts'
import { createPartnerClient } from '../../src/partner/client.ts'
import type { PartnerKey } from '../../src/partner/credentials.ts'
import { customerKey } from '../../src/sandbox/api/keys.ts'
import { IAM_USER } from '../../src/sandbox/iam-api.ts'
import { makeKey } from '../sandbox/good-answer.ts'
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts'

const PARTNERS: readonly { readonly title: string; readonly key: PartnerKey }[] = [
  { title: 'with an access key', key: { kind: 'access-key', ...SANDBOX } },
  { title: 'with a password', key: { kind: 'password', ...IAM_USER } },
]

describe('a partner', () => {
  let sandbox: TestSandbox
  before(async () => {
    sandbox = await startTestSandbox(await makeKey())
  })
  after(() => sandbox.stop())

  const clientOf = (key: PartnerKey) =>
    createPartnerClient({
      bssUrl: sandbox.url,
      iamUrl: sandbox.url,
      platformId: SANDBOX.platformId,
      key,
      timeoutSeconds: 15,
      patience: 'none',
      clock: { now: () => sandbox.time.now },
      // A connection of its own for each call, so that stopping the sandbox need not wait.
      fetch: (url, init) => {
        const headers = new Headers(init?.headers)
        headers.set('Connection', 'close')
        return fetch(url, { ...init, headers })
      },
    })
  const northwind = () => {
    const account = sandbox.readState().accounts.find((one) => one.domainName === 'northwind')
    assert.ok(account)
    return account
  }
  // Whoever is taken for the customer is told that there is no such resource.
  const isTaken = { code: 'PARTNER_REFUSED' }

  for (const { title, key } of PARTNERS) {
    test(`${title} calls for itself`, async () => {
      const { count } = await clientOf(key).queryCustomers({})

      assert.equal(count, 0, 'nobody has been associated yet')
    })

    const ways: readonly { readonly way: string; readonly as: () => ActingFor }[] = [
      { way: 'a token', as: () => ({ kind: 'agency', domainId: northwind().domainId }) },
      { way: 'a token by name', as: () => ({ kind: 'agency', domainName: 'northwind' }) },
      {
        way: 'a temporary key',
        as: () => ({ kind: 'agency', domainId: northwind().domainId, by: 'key' }),
      },
      {
        way: 'the key of the customer',
        as: () => ({ kind: 'key', ...customerKey(northwind().domainId) }),
      },
    ]
    for (const { way, as } of ways) {
      test(`${title} is taken for the customer by ${way}`, async () => {
        const call = clientOf(key).disableAutoRenewal({ resource_id: 'no-such' }, { as: as() })

        await assert.rejects(call, isTaken)
      })
    }

    test(`${title} is told that a customer has no agency of that name`, async () => {
      const as = { kind: 'agency', domainName: 'northwind', agency: 'another' } as const

      const call = clientOf(key).disableAutoRenewal({ resource_id: 'no-such' }, { as })

      await assert.rejects(call, { code: 'PARTNER_NO_AGENCY' })
    })

    test(`${title} goes on acting for a customer after a day, when every token has ended`, async () => {
      const client = clientOf(key)
      const as = { kind: 'agency', domainName: 'northwind' } as const
      const ask = () => client.disableAutoRenewal({ resource_id: 'no-such' }, { as })
      await assert.rejects(ask(), isTaken)

      sandbox.time.now = new Date(sandbox.time.now.getTime() + 25 * 3_600_000)

      await assert.rejects(ask(), isTaken)
    })
  }
})
