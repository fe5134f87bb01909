import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { makeKey } from './test/sandbox/good-answer.ts'
import { startTestSandbox, signIn, field, ADA, openLoginLink, answerTo } from './test/sandbox/start.ts'
const key = await makeKey()
const s = await startTestSandbox(key)
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const ctx = await b.newContext({ viewport: { width: 1100, height: 900 }, bypassCSP: true })
const page = await ctx.newPage()
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
const look = async (name: string) => {
  await page.screenshot({ path: `/tmp/shot-${name}.png`, fullPage: true })
  await page.evaluate(axe)
  const r: any = await page.evaluate(() => (globalThis as any).axe.run())
  console.log(name, r.violations.map((v: any) => `${v.id}: ${v.nodes.map((n: any) => n.html.slice(0, 120)).join(' || ')}`))
}
await signIn(s, key)
await s.browser.post('/authui/saml/SAMLAssertionConsumer', { SAMLResponse: answerTo('_x', 'customer-1', { key, sandbox: s }), RelayState: 'a' })
await page.goto(s.url + '/sandbox'); await look('sandbox')
await page.goto(s.url + '/sandbox/mailbox'); await look('mailbox')
await page.goto(s.url + '/portal'); await look('portal')
await page.goto(s.url + '/portal/sign-in'); await look('signin')
await page.fill('#login', 'ada'); await page.fill('#password', 'x'); await page.click('button'); await look('signin-failed')
await page.fill('#login', 'ada'); await page.fill('#password', ADA.password); await page.click('main button'); await look('portal-in')
// a real form post from the idp
const { id, relayState } = await openLoginLink(s)
await page.setContent(`<form method=post action="${s.url}/authui/saml/SAMLAssertionConsumer"><input name=SAMLResponse value="${answerTo(id, 'customer-1', { key, sandbox: s })}"><input name=RelayState value="${relayState}"><button>go</button></form>`)
await page.click('button'); await look('create')
await page.fill('#new-name', '1bad5'); await page.click('text=Create And Bind'); await look('create-error')
await page.route('http://localhost:3000/**', (r) => r.fulfill({ status: 200, body: 'idp ' + r.request().postData() }))
await page.fill('#new-name', 'ada-cloud'); await page.click('text=Create And Bind'); await page.waitForURL('http://localhost:3000/bind'); console.log(page.url(), (await page.content()).slice(0, 120))
const two = await openLoginLink(s)
await page.goto(s.url + '/portal')
await page.setContent(`<form method=post action="${s.url}/authui/saml/SAMLAssertionConsumer"><input name=SAMLResponse value="${answerTo(two.id, 'customer-1', { key, sandbox: s })}"><input name=RelayState value="${two.relayState}"><button>go</button></form>`)
await page.click('button'); await look('console')
await page.click('text=Sign out of Huawei Cloud'); console.log(page.url().slice(0, 80))
await b.close(); await s.stop()
