// Chromium for tests: one process for each file, one context for each visitor. Whatever the browser
// complains about fails the test, unless the test says that it expects it.

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { after, type TestContext } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const FOLDERS = [
  ...(process.env['PATH'] ?? '').split(delimiter),
  '/Applications/Chromium.app/Contents/MacOS',
  '/Applications/Google Chrome.app/Contents/MacOS',
]
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'Chromium', 'Google Chrome']

const EXECUTABLE = FOLDERS.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(
  (path) => existsSync(path),
)

/** For a test's `skip`: Chromium is not installed. In CI it must be, so the test fails instead. */
export const WITHOUT_CHROMIUM: string | false =
  EXECUTABLE === undefined && !process.env['CI'] ? 'Chromium is not installed' : false

/** What a visitor's browser is like, and what it may complain about. */
export type VisitorOptions = {
  readonly javaScriptEnabled?: boolean
  /** Pages that post themselves wait for a click on "Continue" instead. */
  readonly isPatient?: boolean
  /** Statuses of 400 and above that pages may have. */
  readonly expects?: readonly number[]
}

/** One person's browser, empty at first. */
export type Visitor = {
  readonly page: Page
  readonly context: BrowserContext
  /** The `SAMLResponse` of each form that this browser posted, decoded. */
  readonly answers: readonly string[]
}

/** Opens a browser for one more person; it closes when the test ends. */
export type OpenVisitor = (test: TestContext, options?: VisitorOptions) => Promise<Visitor>

/** One Chromium for all tests of a file, started with the first visitor. */
export function oneChromium(): OpenVisitor {
  let started: Promise<Browser> | undefined
  after(async () => {
    await (await started)?.close()
  })
  return async (test, options = {}) => {
    started ??= launch()
    const browser = await started
    const { expects = [], isPatient = false, ...settings } = options
    const context = await browser.newContext(settings)
    if (isPatient) await context.addInitScript({ content: PATIENCE })
    const answers: string[] = []
    const complaints = collectComplaints(context, expects)
    collectAnswers(context, answers)
    test.after(async () => {
      await context.close()
      assert.deepEqual(complaints, [], 'the browser complained')
    })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    return { page, context, answers }
  }
}

// axe needs script, so a page that is to be looked at cannot be stopped by switching script off.
const PATIENCE = 'HTMLFormElement.prototype.submit = () => {}'

function launch(): Promise<Browser> {
  assert.ok(EXECUTABLE !== undefined, `Chromium is in none of ${FOLDERS.join(', ')}`)
  // Chromium cannot put itself into a sandbox as root.
  const isRoot = process.getuid?.() === 0
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-dev-shm-usage'],
  })
}

// Violations of the Content-Security-Policy are errors of the console.
function collectComplaints(context: BrowserContext, expects: readonly number[]): readonly string[] {
  const complaints: string[] = []
  context.on('console', (message) => {
    const text = message.text()
    // Its status is looked at below, where it is known which answer it was.
    const isStatus = text.startsWith('Failed to load resource: the server responded with a status')
    const isWorth = message.type() === 'error' || message.type() === 'warning'
    if (isWorth && !isStatus) complaints.push(`${message.type()}: ${text}`)
  })
  context.on('weberror', (error) => complaints.push(`page: ${error.error().message}`))
  context.on('response', (response) => {
    const isExpected =
      response.request().isNavigationRequest() && expects.includes(response.status())
    if (response.status() >= 400 && !isExpected) {
      complaints.push(`${response.status()}: ${response.url()}`)
    }
  })
  context.on('requestfailed', (request) => {
    // A page that posts itself may be gone before its pictures have come.
    const reason = request.failure()?.errorText ?? ''
    if (reason !== 'net::ERR_ABORTED') complaints.push(`${reason}: ${request.url()}`)
  })
  return complaints
}

function collectAnswers(context: BrowserContext, answers: string[]): void {
  context.on('request', (request) => {
    if (request.method() !== 'POST') return
    const message = new URLSearchParams(request.postData() ?? '').get('SAMLResponse')
    if (message !== null) answers.push(Buffer.from(message, 'base64').toString('utf8'))
  })
}

export type Look = { readonly width: number; readonly colorScheme: 'light' | 'dark' }

/**
 * How every page is looked at. Each width and each colour comes once: what fits depends on the one, what
 * can be read on the other.
 */
export const LOOKS: readonly Look[] = [
  { width: 360, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
]

/** Lets the page be seen so. */
export async function look(page: Page, { width, colorScheme }: Look): Promise<void> {
  await page.setViewportSize({ width, height: 800 })
  await page.emulateMedia({ colorScheme })
}

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// Run by the debugger's door, past the Content-Security-Policy, and as text: these tests have no types
// of a document.
const FACTS = `({
  title: document.title,
  lang: document.documentElement.lang,
  headings: document.querySelectorAll('h1').length,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})`

const RUN_AXE = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
  .flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html + ' ' + node.failureSummary)))`

type Facts = {
  readonly title: string
  readonly lang: string
  readonly headings: number
  readonly overflow: number
}

/**
 * Fails unless the page is one that everybody can use: no serious or critical violation found by axe,
 * one heading of the first level, a title, the language it is in (`lang`), and nothing wider than the
 * window.
 */
export async function checkPage(page: Page, expectedLang = 'en'): Promise<void> {
  const { title, lang, headings, overflow } = await page.evaluate<Facts>(FACTS)
  await page.evaluate(AXE)
  const violations = await page.evaluate<string[]>(RUN_AXE)

  const where = `on ${new URL(page.url()).pathname}, “${title}”`
  assert.deepEqual(violations, [], `axe has something to say ${where}`)
  assert.equal(headings, 1, `headings of the first level ${where}`)
  assert.equal(lang, expectedLang, `the language ${where}`)
  assert.notEqual(title, '', `the title at ${page.url()}`)
  assert.ok(overflow <= 0, `${overflow} pixels stick out ${where}`)
}
