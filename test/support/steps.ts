// What people do with a browser, step by step, and how a test reads what they then see.

import assert from 'node:assert/strict'
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addAccount } from '../../src/accounts/account.ts'
import type { ScenarioName } from '../../src/sandbox/scenarios.ts'
import { hashPassword } from '../../src/signin/password.ts'
import { Browser, formsOf, type Seen } from './browser.ts'
import type { House } from './house.ts'

/** A customer of the partner, known here and at the portal. */
export type Person = {
  readonly login: string
  readonly password: string
  readonly accountId: string
  readonly name: string
  readonly email: string
}

const PASSWORD = 'a-password-of-the-tests'
let passwordHash: Promise<string> | undefined
let people = 0

/** Somebody whom no test has met yet, in a house that plays by the rules; what they lack, only we lack. */
export async function newCustomer(
  house: House,
  { hasPassword = true, hasEmail = true } = {},
): Promise<Person> {
  house.sandbox.setScenario('normal')
  people += 1
  const person: Person = {
    login: `person-${people}`,
    password: PASSWORD,
    accountId: `C-2${String(people).padStart(4, '0')}`,
    name: `person-${people}`,
    email: `person-${people}@customer.example`,
  }
  passwordHash ??= hashPassword(PASSWORD)
  const { accounts } = house.store
  const clock = house.clock
  const known = {
    ...person,
    email: hasEmail ? person.email : undefined,
    passwordHash: hasPassword ? await passwordHash : undefined,
  }
  await addAccount(known, { accounts, clock })
  const file = join(house.config.metadataDir, '../people.json')
  const { people: others } = JSON.parse(await readFile(file, 'utf8')) as { people: Person[] }
  await writeFile(file, JSON.stringify({ people: [...others, person] }))
  return person
}

/** Switches the sandbox over, until the next new customer comes. */
export function play(house: House, scenario: ScenarioName): void {
  house.sandbox.setScenario(scenario)
}

/** Signs in at the portal when its page is what the browser shows, and lets the browser move on. */
export async function signInAtPortal(
  browser: Browser,
  seen: Seen,
  person: Pick<Person, 'login' | 'password'>,
): Promise<Seen> {
  const { login, password } = person
  const next = await browser.settle(
    await browser.submit(seen, '/portal/sign-in', { login, password }),
  )
  return goToConnect(browser, next)
}

/** Goes on from the page that comes before a first connection, if that is what the browser shows. */
export async function goToConnect(browser: Browser, seen: Seen): Promise<Seen> {
  const onward = /href="(\/launch\?chosen=yes[^"]*)"/.exec(seen.body)?.[1]
  if (onward === undefined) return seen
  const url = new URL(onward.replaceAll('&amp;', '&'), seen.url)
  return browser.settle(await browser.go(url.href))
}

/** From the portal's link to wherever Huawei Cloud leads, with the password when it is asked for. */
export async function openHuawei(house: House, browser: Browser, person: Person): Promise<Seen> {
  const seen = await browser.settle(await browser.go(`${house.url}/launch`))
  if (seen.url.includes('/portal/sign-in')) return signInAtPortal(browser, seen, person)
  return goToConnect(browser, seen)
}

/** Signs in with the form of ours. */
export async function signInHere(
  house: House,
  browser: Browser,
  person: Pick<Person, 'login' | 'password'>,
  next = '/',
): Promise<Seen> {
  const form = await browser.go(`${house.url}/sign-in?next=${encodeURIComponent(next)}`)
  const { login, password } = person
  const seen = await browser.settle(await browser.submit(form, '/sign-in', { login, password }))
  return goToConnect(browser, seen)
}

/** A browser in which the person is signed in here. */
export async function signedIn(house: House, person: Person): Promise<Browser> {
  const browser = new Browser()
  await signInHere(house, browser, person)
  return browser
}

/** Chooses "Create And Bind" at Huawei Cloud, and lets the browser bring the notification. */
export async function createAndBind(browser: Browser, seen: Seen, name: string): Promise<Seen> {
  return browser.settle(await browser.submit(seen, '/create-and-bind', { domainName: name }))
}

/** Chooses "Bind Account" at Huawei Cloud. */
export async function bindExisting(browser: Browser, seen: Seen, name: string): Promise<Seen> {
  const filled = { domainName: name, password: 'bind-me-please' }
  return browser.settle(await browser.submit(seen, '/bind-account', filled))
}

/** A person who is signed in here and connected to a new Huawei Cloud account. */
export async function connected(house: House): Promise<{ person: Person; browser: Browser }> {
  const person = await newCustomer(house)
  const browser = new Browser()
  const asked = await openHuawei(house, browser, person)
  const reply = await createAndBind(browser, asked, `cloud-of-${person.name}`)
  assert.equal(titleOf(reply), 'Connected to Huawei Cloud')
  return { person, browser }
}

/** The heading of the page. */
export function titleOf(seen: Seen): string {
  return /<h1>(.*?)<\/h1>/s.exec(seen.body)?.[1] ?? ''
}

/** What Huawei Cloud says about the answer it got. */
export function verdictOf(seen: Seen): string | undefined {
  return /data-verdict="([^"]+)"/.exec(seen.body)?.[1]
}

/** The code of a refusal's page. */
export function codeOf(seen: Seen): string | undefined {
  return /Code <code>([A-Z_]+)<\/code>/.exec(seen.body)?.[1]
}

/** How the request that led to a page ended, by its log lines: the code of a refusal, and which check. */
export function outcomeOf(house: House, seen: Seen): { code: string; problem: unknown } {
  const reference = seen.headers.get('x-request-id')
  const line = house
    .log()
    .find(({ event, reference: of }) => event === 'refused' && of === reference)
  const facts = line?.['facts'] as Readonly<Record<string, unknown>> | undefined
  return { code: String(line?.['code'] ?? 'accepted'), problem: facts?.['problem'] }
}

/** The code with which the last request ended, as its log line has it. */
export function loggedCode(house: House): unknown {
  return house.log().findLast(({ event }) => event === 'request')?.['code']
}

/** The Huawei Cloud accounts that the sandbox has for a person. */
export function cloudAccounts(house: House, { accountId }: Pick<Person, 'accountId'>) {
  return house.sandbox.readState().accounts.filter((each) => each.xAccountId === accountId)
}

/** The fields and the target of a page that posts itself. */
export function leavingForm(seen: Seen) {
  assert.ok(seen.body.includes('id="leave"'), `the page does not leave: ${seen.body}`)
  const [form] = formsOf(seen)
  assert.ok(form !== undefined)
  return form
}

/** The XML of an answer that is on its way. */
export function answerXml(seen: Seen): string {
  return Buffer.from(leavingForm(seen).fields['SAMLResponse'] ?? '', 'base64').toString('utf8')
}

/** The statuses of an answer, from the outer to the inner, without their URN. */
export function statusesOf(xml: string): readonly string[] {
  return [...xml.matchAll(/StatusCode Value="urn:oasis:names:tc:SAML:2\.0:status:(\w+)"/g)].map(
    ([, status = '']) => status,
  )
}

/** The key with which the sandbox signs as Huawei Cloud. */
export function huaweiKey(house: House): KeyObject {
  return createPrivateKey(readFileSync(join(house.config.metadataDir, '../sp.key')))
}

/** Fills in the form that opens an account, as far as the page that asks for the code. */
export async function orderCode(
  house: House,
  browser: Browser,
  person: Person,
  changes: Readonly<Record<string, string>> = {},
): Promise<Seen> {
  const form = await browser.go(`${house.url}/activate?edit=1`)
  const wish = { name: `opened-${person.name}`, email: person.email, area: 'IE', agreed: 'yes' }
  return browser.submit(form, '/activate', { ...wish, ...changes })
}

/** The newest code in the mailbox of an address. */
export function mailedCode(house: House, email: string): string {
  return house.sandbox.readState().codes.find((each) => each.email === email)?.code ?? ''
}

/** Enters a code, the right one unless told otherwise, and goes where the browser is led. */
export async function enterCode(
  house: House,
  browser: Browser,
  person: Person,
  code = mailedCode(house, person.email),
): Promise<Seen> {
  const page = await browser.go(`${house.url}/activate`)
  return browser.settle(await browser.submit(page, '/activate/code', { code }))
}
