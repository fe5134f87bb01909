// The create-and-bind page and the notice it leads to.

import assert from 'node:assert/strict'
import { verify, X509Certificate } from 'node:crypto'
import { afterEach, before, beforeEach, describe, test } from 'node:test'
import { makeKey, type TestKey } from './good-answer.ts'
import { field, signIn, startTestSandbox, type TestSandbox, verdictOf } from './start.ts'

describe('binding an account in the sandbox', () => {
  let key: TestKey
  let sandbox: TestSandbox
  before(async () => {
    key = await makeKey()
  })
  // Each test has accounts of its own.
  beforeEach(async () => {
    sandbox = await startTestSandbox(key)
  })
  afterEach(() => sandbox.stop())

  const submit = async (
    form: 'create-and-bind' | 'bind-account',
    fields: Record<string, string>,
  ) => {
    const page = await signIn(sandbox, key)
    const ticket = field(page.text, 'ticket')
    return sandbox.browser.post(`/authui/saml/${form}`, { ticket, ...fields })
  }
  const noticeIn = (page: string) => ({
    bindRequest: field(page, 'bindRequest'),
    SigAlg: field(page, 'SigAlg'),
    Signature: field(page, 'Signature'),
  })
  const isGenuine = async (notice: ReturnType<typeof noticeIn>) => {
    const { text } = await sandbox.browser.get('/authui/saml/metadata.xml')
    const certificate = /X509Certificate>([^<]+)</.exec(text)?.[1] ?? ''
    const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
    const signature = Buffer.from(notice.Signature, 'base64')
    return verify('sha256', Buffer.from(notice.bindRequest), publicKey, signature)
  }
  const boundAccounts = () =>
    sandbox.readState().accounts.filter(({ xAccountId }) => xAccountId === 'customer-1')

  test('the notice is signed over its Base64 text and names customer and account', async () => {
    const page = await submit('create-and-bind', { domainName: 'ada-cloud' })

    const notice = noticeIn(page.text)
    const [account] = boundAccounts()
    assert.equal(notice.SigAlg, 'HTTP://WWW.W3.ORG/2001/04/XMLDSIG-MORE#RSA-SHA256')
    assert.equal(await isGenuine(notice), true)
    assert.deepEqual(JSON.parse(Buffer.from(notice.bindRequest, 'base64').toString('utf8')), {
      domainName: 'ada-cloud',
      domainId: account?.domainId,
      xUserId: 'customer-1',
      bindAction: 1,
    })
  })

  test('an existing account is bound with its password', async () => {
    const fields = { domainName: 'northwind', password: 'bind-me-please' }

    const page = await submit('bind-account', fields)

    assert.match(page.text, /action="http:\/\/localhost:3000\/bind"/)
    assert.deepEqual(
      boundAccounts().map(({ domainName }) => domainName),
      ['northwind'],
    )
  })

  const REFUSED = [
    {
      title: 'a name that starts with a digit',
      form: 'create-and-bind',
      fields: { domainName: '1abcd' },
      says: /letters, digits/,
    },
    {
      title: 'a name that is too short',
      form: 'create-and-bind',
      fields: { domainName: 'abcd' },
      says: /5 to 32 characters/,
    },
    {
      title: 'a name that is taken, in other capitals',
      form: 'create-and-bind',
      fields: { domainName: 'NorthWind' },
      says: /exists already/,
    },
    {
      title: 'a wrong password',
      form: 'bind-account',
      fields: { domainName: 'northwind', password: 'guess' },
      says: /password is not right/,
    },
    {
      title: 'an account in arrears',
      form: 'bind-account',
      fields: { domainName: 'in-arrears', password: 'bind-me-please' },
      says: /in arrears/,
    },
  ] as const
  for (const { title, form, fields, says } of REFUSED) {
    test(`the page comes again for ${title}`, async () => {
      const page = await submit(form, fields)

      assert.equal(page.status, 400)
      assert.equal(verdictOf(page.text), 'create-and-bind')
      assert.match(page.text, says)
      assert.deepEqual(boundAccounts(), [])
    })
  }

  test('a form that was sent before, or made up, is refused', async () => {
    const page = await signIn(sandbox, key)
    const fields = { ticket: field(page.text, 'ticket'), domainName: 'ada-cloud' }
    await sandbox.browser.post('/authui/saml/create-and-bind', fields)

    const again = await sandbox.browser.post('/authui/saml/create-and-bind', fields)

    assert.equal(again.status, 410)
    assert.equal(boundAccounts().length, 1)
  })

  test('an account of another customer cannot be bound', async () => {
    const fields = { domainName: 'northwind', password: 'bind-me-please' }
    await submit('bind-account', fields)
    const other = await signIn(sandbox, key, { xAccountId: 'customer-2' })

    const page = await sandbox.browser.post('/authui/saml/bind-account', {
      ticket: field(other.text, 'ticket'),
      ...fields,
    })

    assert.equal(page.status, 400)
    assert.match(page.text, /another partner/)
  })

  test('the scenario replayed-bind sends the same notice ahead of the browser', async () => {
    sandbox.setScenario('replayed-bind')

    const page = await submit('create-and-bind', { domainName: 'ada-cloud' })

    const sent = sandbox.calls.find(({ url }) => url === 'http://idp.internal:3000/bind')
    assert.equal(sent?.method, 'POST')
    assert.deepEqual(Object.fromEntries(new URLSearchParams(sent?.body)), noticeIn(page.text))
  })

  test('the scenario forged-bind signs with a foreign key and binds nothing', async () => {
    sandbox.setScenario('forged-bind')

    const page = await submit('create-and-bind', { domainName: 'ada-cloud' })

    assert.equal(await isGenuine(noticeIn(page.text)), false)
    assert.deepEqual(boundAccounts(), [])
  })
})
