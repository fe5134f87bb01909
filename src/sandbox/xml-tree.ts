// XML text in, a tree of elements out: the judge's own reader, so that what the product writes is not
// read by what the product reads with. A message has no use for comments, CDATA, DTDs or processing
// instructions, so all of them are refused.

import { isXmlText } from '../base/xml-text.ts'

/** An element with its meaning (namespace) and its spelling (the prefix in `name`). */
export type XmlElement = {
  /** As written, such as `saml2:Issuer`. */
  readonly name: string
  readonly namespace: string
  readonly localName: string
  /** By name as written, without namespace declarations. */
  readonly attributes: ReadonlyMap<string, string>
  /** Prefix → namespace, as declared here or further out. */
  readonly scope: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** The text directly inside, without that of child elements. */
  readonly text: string
}

/** The text is not the kind of XML that a SAML message is; the message says why. */
export class XmlError extends Error {}

type Building = Omit<XmlElement, 'children' | 'text'> & {
  readonly children: XmlElement[]
  readonly texts: string[]
}

const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?'
const VALUE = `"[^"<]*"|'[^'<]*'`
const TAG = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:${VALUE}))*)\\s*(/?)>`, 'y')
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(${VALUE})`, 'g')
const DECLARATION = /^<\?xml[^<>]*\?>\s*/
const DEEPEST = 50

/** Reads one document. Throws `XmlError`. */
export function readXml(text: string): XmlElement {
  const source = text.replace(DECLARATION, '').trim()
  if (/<[!?]/.test(source)) {
    throw new XmlError('a comment, CDATA section, DTD or processing instruction')
  }
  const open: Building[] = []
  for (let at = 0; at < source.length; ) {
    const parent = open.at(-1)
    const tag = source.indexOf('<', at)
    if (parent === undefined && tag !== at) throw new XmlError('text outside the root element')
    if (tag === -1) throw new XmlError('an element that is not closed')
    parent?.texts.push(decode(source.slice(at, tag)))
    TAG.lastIndex = tag
    const match = TAG.exec(source)
    if (match === null) throw new XmlError(`a tag that cannot be read, at character ${tag}`)
    at = TAG.lastIndex
    const finished = take(match, open)
    if (finished === undefined) continue
    if (at !== source.length) throw new XmlError('something after the root element')
    return finished
  }
  throw new XmlError('no root element')
}

// One tag changes the stack of open elements; the element that empties it is the root.
function take(match: RegExpExecArray, open: Building[]): XmlElement | undefined {
  const [, slash, name = '', attributes = '', selfClosing] = match
  if (slash === '/') return close(name, open)
  if (open.length >= DEEPEST) throw new XmlError(`more than ${DEEPEST} elements inside each other`)
  open.push(start(name, attributes, open.at(-1)?.scope))
  return selfClosing === '/' ? close(name, open) : undefined
}

function start(name: string, text: string, outer?: ReadonlyMap<string, string>): Building {
  const attributes = new Map<string, string>()
  const scope = new Map(outer)
  for (const [, key = '', quoted = ''] of text.matchAll(ATTRIBUTE)) {
    const value = decode(quoted.slice(1, -1))
    if (attributes.has(key)) throw new XmlError(`attribute ${key} twice`)
    if (key === 'xmlns') scope.set('', value)
    else if (key.startsWith('xmlns:')) scope.set(key.slice('xmlns:'.length), value)
    else attributes.set(key, value)
  }
  const { prefix, localName } = split(name)
  const namespace = scope.get(prefix)
  if (namespace === undefined && prefix !== '') throw new XmlError(`prefix ${prefix} without xmlns`)
  return {
    name,
    namespace: namespace ?? '',
    localName,
    attributes,
    scope,
    children: [],
    texts: [],
  }
}

function close(name: string, open: Building[]): XmlElement | undefined {
  const building = open.pop()
  if (building?.name !== name) throw new XmlError(`</${name}> where it does not belong`)
  const { texts, ...rest } = building
  const element = { ...rest, text: texts.join('') }
  const parent = open.at(-1)
  if (parent === undefined) return element
  parent.children.push(element)
  return undefined
}

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

function decode(text: string): string {
  const decoded = text.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const character = ENTITIES.get(name) ?? numbered(name)
    if (character === undefined) throw new XmlError(`${whole} is no entity of XML`)
    return character
  })
  if (!isXmlText(decoded)) throw new XmlError('a character that XML does not have')
  return decoded
}

const LAST_CHARACTER = 0x10ffff

function numbered(name: string): string | undefined {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name)
  if (match === null) return undefined
  const [, hex, decimal] = match
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  return code > LAST_CHARACTER ? undefined : String.fromCodePoint(code)
}

function split(name: string): { readonly prefix: string; readonly localName: string } {
  const at = name.indexOf(':')
  return { prefix: at === -1 ? '' : name.slice(0, at), localName: name.slice(at + 1) }
}

/** Every element from `root` inwards, itself included, in document order. */
export function everyElement(root: XmlElement): readonly XmlElement[] {
  return [root, ...root.children.flatMap(everyElement)]
}

/** The value of an attribute by its namespace, whatever prefix it is written with. */
export function attributeIn(
  element: XmlElement,
  namespace: string,
  localName: string,
): string | undefined {
  for (const [name, value] of element.attributes) {
    const parts = split(name)
    const isIt = parts.localName === localName && element.scope.get(parts.prefix) === namespace
    if (parts.prefix !== '' && isIt) return value
  }
  return undefined
}
