// The Huawei login link, exactly as Huawei's pages print it, and where a service may lead.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../src/base/errors.ts'
import { buildLoginLink, checkService } from '../../src/sso/launch.ts'

const HUAWEI = { huaweiAuthUrl: 'https://auth.eu.huaweicloud.com', platformId: 'example_IDP' }
const CONSOLE = 'https://console.eu.huaweicloud.com'

test('the link of a first login has the parts and the encoding that Huawei documents', () => {
  const service = `${CONSOLE}/ecm/?region=eu-west-101&locale=en-us#/ecs/list`

  const link = buildLoginLink({ service, isFirstLogin: true }, HUAWEI)

  assert.equal(
    link,
    'https://auth.eu.huaweicloud.com/authui/saml/login?xAccountType=example_IDP&isFirstLogin=true' +
      '&service=https%3A%2F%2Fconsole.eu.huaweicloud.com%2Fecm%2F%3Fregion%3Deu-west-101%26locale%3Den-us%23%2Fecs%2Flist',
  )
})

test('the link of a connected customer says that it is no first login', () => {
  const link = buildLoginLink({ service: `${CONSOLE}/iam/`, isFirstLogin: false }, HUAWEI)

  assert.equal(new URL(link).searchParams.get('isFirstLogin'), 'false')
})

const ALLOWED = ['', '/', '/iam/', '/ecm/?region=eu&locale=en-us#/ecs/list', '?a=b', '#/x', ':443/']

for (const rest of ALLOWED) {
  test(`the console may be opened at "${rest}"`, () => {
    checkService(`${CONSOLE}${rest}`, CONSOLE)
  })
}

// Attacks over HTTP are in test/attacks/launch.json; these need a console by https.
const REFUSED = [
  'http://console.eu.huaweicloud.com/',
  'https://console.eu.huaweicloud.com:8443/',
  'https://console.eu.huaweicloud.com.attacker.example/',
  'https://console.eu.huaweicloud.com@attacker.example/',
  'https://CONSOLE.eu.huaweicloud.com\\@attacker.example/',
  'https://console.eu.huaweicloud.com%2eattacker.example/',
  'https://auth.eu.huaweicloud.com/',
  'https://console.eu.huaweicloud.com/\\attacker',
  'https://cönsole.eu.huaweicloud.com/',
  '//console.eu.huaweicloud.com/',
]

for (const service of REFUSED) {
  test(`no link leads to ${service}`, () => {
    assert.throws(
      () => checkService(service, CONSOLE),
      (error: unknown) => error instanceof Refusal && error.code === 'LAUNCH_BAD_SERVICE',
    )
  })
}
