// A browser of few words: keeps cookies as SameSite=Lax asks, follows redirects, submits forms. For flows
// that need no script and no picture; Chromium does the rest.

import assert from 'node:assert/strict'

/** What the address bar and the page show at the end. */
export type Seen = {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** Every address on the way here. */
  readonly way: readonly string[]
}

export type Form = {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

/** Fields, or a body that is sent as it is. */
type Filled = Readonly<Record<string, string>> | string

type Load = { readonly url: string; readonly form?: Filled }

const MOST_REDIRECTS = 15

/** One person's browser. */
export class Browser {
  readonly #jar = new Map<string, Map<string, string>>()

  /** Types an address. */
  go(url: string): Promise<Seen> {
    return this.#load({ url }, new URL(url).hostname)
  }

  /** Posts to an address from a page of `from`. */
  post(url: string, form: Filled, from: string): Promise<Seen> {
    return this.#load({ url, form }, new URL(from).hostname)
  }

  /** Sends the page's form whose action ends with `action`, filled in. */
  submit(seen: Seen, action: string, fill: Readonly<Record<string, string>> = {}): Promise<Seen> {
    const form = formsOf(seen).find((each) => new URL(each.action).pathname.endsWith(action))
    assert.ok(form !== undefined, `no form leads to ${action} on ${seen.url}: ${seen.body}`)
    return this.post(form.action, { ...form.fields, ...fill }, seen.url)
  }

  /** Lets pages that post themselves, or go on by themselves, do so, until one waits for a person. */
  async settle(start: Seen): Promise<Seen> {
    let seen = start
    for (let turn = 0; turn < 8; turn += 1) {
      const refresh = /^0; url=(.*)$/.exec(seen.headers.get('refresh') ?? '')?.[1]
      const [form] = seen.body.includes('id="leave"') ? formsOf(seen) : []
      if (refresh !== undefined) seen = await this.go(refresh)
      else if (form !== undefined) seen = await this.post(form.action, form.fields, seen.url)
      else break
    }
    return seen
  }

  /** The cookies a host has set. */
  cookies(host: string): ReadonlyMap<string, string> {
    return this.#jar.get(host) ?? new Map()
  }

  /** Puts a cookie in, as somebody with another program could. */
  plant(host: string, name: string, value: string): void {
    this.#jar.set(host, new Map([...this.cookies(host), [name, value]]))
  }

  async #load(start: Load, from: string): Promise<Seen> {
    let load = start
    const way: string[] = []
    for (let turn = 0; turn < MOST_REDIRECTS; turn += 1) {
      way.push(load.url)
      const answer = await this.#request(load, from)
      const to = answer.headers.get('location')
      if (answer.status < 300 || answer.status >= 400 || to === null) {
        const { status, headers } = answer
        return { url: load.url, status, headers, body: await answer.text(), way }
      }
      await answer.body?.cancel()
      load = { url: new URL(to, load.url).href }
    }
    throw new Error(`too many redirects: ${way.join(' → ')}`)
  }

  async #request({ url, form }: Load, from: string): Promise<Response> {
    const { hostname } = new URL(url)
    // SameSite=Lax: a post from another site carries no cookie; 127.0.0.1 and localhost are two sites.
    const sendsCookies = form === undefined || hostname === from
    const cookie = [...this.cookies(hostname)].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      accept: 'text/html',
      ...(sendsCookies && cookie !== '' ? { cookie } : {}),
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    }
    const body = typeof form === 'object' ? new URLSearchParams(form).toString() : form
    const answer = await fetch(url, {
      redirect: 'manual',
      headers,
      ...(body === undefined ? {} : { method: 'POST', body }),
    })
    for (const line of answer.headers.getSetCookie()) this.#keep(hostname, line)
    return answer
  }

  #keep(host: string, line: string): void {
    const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
    this.plant(host, name, value)
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (found) => ENTITIES[found] ?? found)
}

/** The forms of a page with what their fields hold already. */
export function formsOf(seen: Pick<Seen, 'body' | 'url'>): readonly Form[] {
  return [...seen.body.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(
    ([, head = '', inner = '']) => {
      const inputs = [...inner.matchAll(/<input([^>]*)>/g)].map(([, attributes = '']) => attributes)
      const fields = inputs.map((input) => [read(input, 'name'), read(input, 'value')] as const)
      return {
        action: new URL(read(head, 'action'), seen.url).href,
        fields: Object.fromEntries(fields.filter(([name]) => name !== '')),
      }
    },
  )
}

function read(attributes: string, name: string): string {
  return unescapeHtml(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '')
}
