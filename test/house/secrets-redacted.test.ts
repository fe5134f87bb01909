// No secret is ever in the log: not under its name, and not in any line that real journeys write.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog, REDACTED_PATHS } from '../../src/base/log.ts'
import { SANDBOX } from '../../src/base/sandbox-names.ts'
import { requestUrl } from '../support/authn-request.ts'
import { Browser, formsOf } from '../support/browser.ts'
import { forEachEngine } from '../support/engines.ts'
import { sharedHouse } from '../support/shared-house.ts'
import {
  answerXml,
  connected,
  enterCode,
  leavingForm,
  mailedCode,
  newCustomer,
  orderCode,
  play,
  signInHere,
} from '../support/steps.ts'

const NAMES = REDACTED_PATHS.filter((path) => !path.includes('*'))

for (const name of NAMES) {
  test(`what is called ${name} is blanked out in every line`, () => {
    const written: string[] = []
    const log = createLog('info', { write: (line: string) => written.push(line) })

    log.info({ event: 'test', [name]: 'the-secret' })
    log.info({ event: 'test', facts: { [name]: 'the-secret' } })
    log.info({ event: 'test', facts: { cause: { [name]: 'the-secret' } } })

    assert.equal(written.length, 3)
    assert.ok(!written.join('').includes('the-secret'))
    assert.equal(written.join('').split('(redacted)').length, 4)
  })
}

forEachEngine((engine) => {
  const house = sharedHouse(engine)

  test('no line of a whole day’s journeys holds a secret', async () => {
    const person = await newCustomer(house())
    const browser = new Browser()
    const form = await browser.go(`${house().url}/sign-in`)
    const csrf = formsOf(form)[0]?.fields['csrf'] ?? ''
    await signInHere(house(), new Browser(), { ...person, password: 'a-wrong-password-1' })
    await signInHere(house(), browser, person)
    const cookie = decodeURIComponent(browser.cookies('localhost').get('idp') ?? '')

    await orderCode(house(), browser, person)
    const code = mailedCode(house(), person.email)
    await enterCode(house(), browser, person, '000000')
    play(house(), 'throttled')
    await enterCode(house(), browser, person, code)
    play(house(), 'normal')
    await enterCode(house(), browser, person, code)

    const request = requestUrl(house())
    const answer = await browser.go(request)
    const denied = await browser.go(request)
    await browser.go(`${request}&SAMLRequest=twice`)
    const other = await connected(house())
    await other.browser.go(`${house().url}/sign-in/handoff?token=a.token.of-the-tests`)

    const { passwordHash = '' } = (await house().store.accounts.find(person.accountId)) ?? {}
    const query = new URL(request).searchParams
    const secrets = {
      password: person.password,
      'wrong password': 'a-wrong-password-1',
      'password hash': passwordHash,
      code: `"${code}"`,
      'session id': /^s:([^.]+)\./.exec(cookie)?.[1] ?? '',
      csrf,
      'SAML request': query.get('SAMLRequest') ?? '',
      'relay state': query.get('RelayState') ?? '',
      'SAML answer': leavingForm(answer).fields['SAMLResponse'] ?? '',
      'SAML refusal': leavingForm(denied).fields['SAMLResponse'] ?? '',
      'name id': /<saml2:NameID[^>]*>([^<]+)/.exec(answerXml(answer))?.[1] ?? '',
      'hand-off token': 'a.token.of-the-tests',
      'secret key': SANDBOX.secretKey,
      'e-mail': person.email,
    }
    const text = house()
      .log()
      .map((line) => JSON.stringify(line))
      .join('\n')
    assert.ok(text.includes('"event":"sso.answered"'), 'the log is the one of these journeys')
    for (const [name, secret] of Object.entries(secrets)) {
      assert.ok(secret.length > 5, `${name} was found`)
      assert.ok(!text.includes(secret), `${name} is in the log`)
    }
  })

  test('what a stranger sends cannot write a line of the log', async () => {
    const line = '{"event":"sso.answered","account":"C-1"}'
    const evil = `x\r\n${line}\u001b[2J`

    await new Browser().go(`${house().url}/${encodeURIComponent(evil)}`)
    await new Browser().go(`${house().url}/launch?service=${encodeURIComponent(evil)}`)
    await signInHere(house(), new Browser(), { login: evil, password: evil })

    const lines = house().log()
    const forged = lines.filter(
      (each) => each['event'] === 'sso.answered' && each['account'] === 'C-1',
    )
    assert.deepEqual(forged, [])
    assert.ok(lines.some((each) => each['code'] === 'LAUNCH_BAD_SERVICE'))
  })
})
