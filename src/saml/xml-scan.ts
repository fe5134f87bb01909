// The gate before any parser: text in, nothing or a refusal out. It admits the plain XML that SAML
// needs and nothing on which two parsers could disagree: no DTD, no processing instruction, no CDATA,
// no entity beyond the five, no undeclared prefix, no relative namespace, no repeated attribute.

import { Refusal } from '../base/errors.ts'
import { isXmlText } from '../base/xml-text.ts'

/** How large a document may be, and whether it is a file people write or a message machines send. */
export type XmlLimits = {
  readonly characters: number
  readonly depth: number
  readonly elements: number
  /** Comments, and line breaks inside attribute values: fine in a file, an attack in a message. */
  readonly allowsComments: boolean
}

/** A start tag, its namespaces resolved. */
export type StartTag = {
  readonly local: string
  readonly namespace: string
  readonly depth: number
  readonly attributes: ReadonlyMap<string, string>
}

/** What a reader of the scan may look at. Values are hints: nothing is verified yet. */
export type ScanVisitor = {
  readonly start?: (tag: StartTag) => void
  readonly text?: (text: string, depth: number) => void
}

const MOST_ATTRIBUTES = 64
const LONGEST_NAME = 128

const NAME = /(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)/y
const SPACE = /[ \t\r\n]+/y
const TEXT = /[^<]+/y
const COMMENT = /<!--(?:[^-]|-[^-])*-->/y
const DECLARATION =
  /^<\?xml version=(?:"1\.0"|'1\.0')(?: encoding=(?:"UTF-8"|'UTF-8'|"utf-8"|'utf-8'))?(?: standalone=(?:"(?:yes|no)"|'(?:yes|no)'))? ?\?>/
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\dA-Fa-f]{1,6}));/g
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

// xmldom reads them as line breaks, as XML 1.1 asks; readers of XML 1.0 leave them as they are.
const XML_1_1_LINE_END = /[\u0085\u2028]/

// RFC 3986 without percent-encoding and IP literals, which no namespace needs.
const ABSOLUTE_URI = /^[A-Za-z][\w+.-]*:[\w.~:/?#@!$&'()*+,;=-]+$/

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/'

type Scope = ReadonlyMap<string, string>
type Open = { readonly name: string; readonly scope: Scope }

/** Admits the text or throws `SAML_TOO_LARGE` or `SAML_BAD_XML`, whose facts name line and problem. */
export function scanXml(text: string, limits: XmlLimits, visitor: ScanVisitor = {}): void {
  if (text.length > limits.characters) {
    throw new Refusal('SAML_TOO_LARGE', { characters: text.length, limit: limits.characters })
  }
  if (!isXmlText(text)) {
    throw new Refusal('SAML_BAD_XML', { problem: 'a character that XML cannot carry' })
  }
  if (!limits.allowsComments && XML_1_1_LINE_END.test(text)) {
    throw new Refusal('SAML_BAD_XML', { problem: 'a line end of XML 1.1' })
  }
  new Scanner(text, limits, visitor).scan()
}

class Scanner {
  readonly #text: string
  readonly #limits: XmlLimits
  readonly #visitor: ScanVisitor
  readonly #open: Open[] = []
  #at = 0
  #elements = 0

  constructor(text: string, limits: XmlLimits, visitor: ScanVisitor) {
    this.#text = text
    this.#limits = limits
    this.#visitor = visitor
  }

  scan(): void {
    // A byte order mark at the start is a mark, not text.
    if (this.#text.startsWith('\uFEFF')) this.#at = 1
    this.#at += DECLARATION.exec(this.#text.slice(this.#at, this.#at + 100))?.[0].length ?? 0
    this.#outside()
    this.#element()
    while (this.#open.length > 0) this.#content()
    this.#outside()
    if (this.#at < this.#text.length) this.#fail('something after the root element')
  }

  // Before and after the root: white space and, in files, comments.
  #outside(): void {
    while (this.#take(SPACE) !== undefined || this.#comment()) {
      // Each round has moved on.
    }
  }

  #content(): void {
    const text = this.#take(TEXT)
    if (text !== undefined) {
      if (text.includes(']]>')) this.#fail('"]]>" in text')
      const value = this.#unescape(text) // It checks the entities, whether or not somebody looks.
      this.#visitor.text?.(value, this.#open.length)
    } else if (this.#text.startsWith('</', this.#at)) {
      this.#endTag()
    } else if (!this.#comment()) {
      this.#element()
    }
  }

  #comment(): boolean {
    if (!this.#text.startsWith('<!--', this.#at)) return false
    if (!this.#limits.allowsComments) this.#fail('a comment, which a SAML message must not have')
    if (this.#take(COMMENT) === undefined) this.#fail('a comment that does not end properly')
    return true
  }

  #element(): void {
    if (this.#text.startsWith('<!', this.#at)) this.#fail('a DTD or CDATA section')
    if (this.#text.startsWith('<?', this.#at)) this.#fail('a processing instruction')
    if (this.#text[this.#at] !== '<') this.#fail('no element where one must stand')
    this.#at += 1
    this.#count()
    const name = this.#name()
    const raw = this.#attributes()
    const parent = this.#open.at(-1)?.scope ?? new Map([['xml', XML_NAMESPACE]])
    const scope = this.#declare(parent, raw)
    const tag: StartTag = {
      local: name.slice(name.indexOf(':') + 1),
      namespace: this.#resolve(name, scope),
      depth: this.#open.length + 1,
      attributes: this.#checkAttributes(raw, scope),
    }
    this.#visitor.start?.(tag)
    const isEmpty = this.#text.startsWith('/>', this.#at)
    if (!isEmpty && this.#text[this.#at] !== '>') this.#fail('a tag that is not closed')
    this.#at += isEmpty ? 2 : 1
    if (!isEmpty) this.#open.push({ name, scope })
  }

  #count(): void {
    this.#elements += 1
    if (this.#elements > this.#limits.elements) this.#fail('too many elements')
    if (this.#open.length >= this.#limits.depth) this.#fail('elements nested too deeply')
  }

  #endTag(): void {
    this.#at += 2
    const name = this.#name()
    this.#take(SPACE)
    if (this.#text[this.#at] !== '>') this.#fail('an end tag that is not closed')
    this.#at += 1
    if (this.#open.pop()?.name !== name) this.#fail('an end tag that does not match')
  }

  #attributes(): Map<string, string> {
    const found = new Map<string, string>()
    while (this.#take(SPACE) !== undefined) {
      const next = this.#text[this.#at]
      if (next === '>' || next === '/') break
      const name = this.#name()
      if (found.has(name)) this.#fail('an attribute that comes twice')
      if (found.size === MOST_ATTRIBUTES) this.#fail('too many attributes')
      found.set(name, this.#value())
    }
    return found
  }

  #value(): string {
    if (this.#text[this.#at] !== '=') this.#fail('an attribute without "="')
    const quote = this.#text[this.#at + 1]
    if (quote !== '"' && quote !== "'") this.#fail('an attribute value without quotes')
    const start = this.#at + 2
    const end = this.#text.indexOf(quote, start)
    if (end === -1) this.#fail('an attribute value that does not end')
    const raw = this.#text.slice(start, end)
    if (raw.includes('<')) this.#fail('"<" in an attribute value')
    // Parsers turn these into spaces, or do not: a message has no need of them.
    if (!this.#limits.allowsComments && /[\t\r\n]/.test(raw)) {
      this.#fail('a line break inside an attribute value')
    }
    const value = this.#unescape(raw)
    this.#at = end + 1
    return value
  }

  #declare(parent: Scope, attributes: ReadonlyMap<string, string>): Scope {
    const declared: [string, string][] = []
    for (const [name, uri] of attributes) {
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
      const prefix = name === 'xmlns' ? '' : name.slice(6)
      if (uri === XML_NAMESPACE || uri === XMLNS_NAMESPACE || prefix.startsWith('xml')) {
        this.#fail('a reserved namespace is declared anew')
      }
      // A relative URI makes canonicalizers fail, and a failed one digests nothing.
      if (!ABSOLUTE_URI.test(uri)) this.#fail('a namespace that is no absolute URI')
      declared.push([prefix, uri])
    }
    return declared.length === 0 ? parent : new Map([...parent, ...declared])
  }

  #checkAttributes(raw: ReadonlyMap<string, string>, scope: Scope): ReadonlyMap<string, string> {
    const plain = new Map<string, string>()
    const seen = new Set<string>()
    for (const [name, value] of raw) {
      if (name === 'xmlns' || name.startsWith('xmlns:')) continue
      const isPrefixed = name.includes(':')
      const expanded = isPrefixed
        ? `${this.#resolve(name, scope)} ${name.slice(name.indexOf(':') + 1)}`
        : name
      if (seen.has(expanded)) this.#fail('an attribute that comes twice under two prefixes')
      seen.add(expanded)
      if (!isPrefixed) plain.set(name, value)
    }
    return plain
  }

  #resolve(name: string, scope: Scope): string {
    const colon = name.indexOf(':')
    const prefix = colon === -1 ? '' : name.slice(0, colon)
    const uri = scope.get(prefix)
    if (uri === undefined && prefix !== '') this.#fail('a prefix that is not declared')
    return uri ?? ''
  }

  #name(): string {
    const name = this.#take(NAME)
    if (name === undefined || name.length > LONGEST_NAME) this.#fail('a name that is not plain')
    const next = this.#text[this.#at]
    if (next === undefined || !' \t\r\n=/>'.includes(next)) this.#fail('a name that is not plain')
    return name
  }

  #unescape(raw: string): string {
    if (!raw.includes('&')) return raw
    const text = raw.replace(REFERENCE, (_all, named?: string, decimal?: string, hex?: string) => {
      if (named !== undefined) return NAMED[named] ?? ''
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      const character = code <= 0x10ffff ? String.fromCodePoint(code) : '\u0000'
      if (!isXmlText(character)) this.#fail('a reference to a character that XML cannot carry')
      return character
    })
    const known = raw.match(REFERENCE)?.length ?? 0
    if (raw.split('&').length - 1 !== known) this.#fail('an entity that is not one of the five')
    return text
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #fail(problem: string): never {
    const line = this.#text.slice(0, this.#at).split('\n').length
    throw new Refusal('SAML_BAD_XML', { line, problem })
  }
}
