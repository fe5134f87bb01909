// kill -9 directly after a reply: what the reply has told is true after the next start, on both engines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser } from '../support/browser.ts'
import { forEachEngine, freshDatabase } from '../support/engines.ts'
import {
  answerXml,
  createAndBind,
  signInAtPortal,
  statusesOf,
  titleOf,
  verdictOf,
} from '../support/steps.ts'
import { install, readCustomer, start } from './program.ts'

forEachEngine((engine) => {
  test('a connection, a sign-in and an answer survive the death of the process', async (t) => {
    const installation = await install(t, { DATABASE_URL: await freshDatabase(t, engine) })
    const { url } = installation
    const browser = new Browser()

    const first = await start(t, installation)
    const person = await readCustomer(installation)
    const asked = await signInAtPortal(browser, await browser.go(`${url}/launch`), person)
    const reply = await createAndBind(browser, asked, 'survivor')
    first.kill('SIGKILL')
    await first.ended

    assert.equal(verdictOf(asked), 'create-and-bind')
    assert.equal(titleOf(reply), 'Connected to Huawei Cloud')

    const second = await start(t, installation)
    const answer = await browser.go(`${url}/launch`)
    second.kill('SIGKILL')
    await second.ended

    const requestUrl = answer.way.find((each) => each.startsWith(`${url}/saml/sso?`)) ?? ''
    assert.ok(
      answer.way.some((each) => each.includes('isFirstLogin=false')),
      'the connection is there',
    )
    assert.deepEqual(statusesOf(answerXml(answer)), ['Success'], 'nobody had to sign in again')

    const third = await start(t, installation)
    const replayed = await browser.go(requestUrl)
    const end = await browser.settle(await browser.go(`${url}/launch`))
    third.kill('SIGTERM')

    assert.deepEqual(statusesOf(answerXml(replayed)), ['Requester', 'RequestDenied'])
    assert.equal(verdictOf(end), 'accepted')
    assert.equal(await third.ended, 0)
  })
})
