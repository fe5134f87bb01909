// Elements in, exclusive canonical XML out (https://www.w3.org/TR/xml-exc-c14n/). What is written here is
// canonical by construction, so its digest is the digest of the text, and no parser has to run.

import { isXmlText } from '../base/xml-text.ts'
import { NAMESPACES, type Prefix } from './names.ts'

/** `saml2:Issuer`: one of our fixed prefixes and a local name. */
export type QualifiedName = `${Prefix}:${string}`

/** An element to be written. An attribute without prefix has no namespace. */
export type XmlTree = {
  readonly name: QualifiedName
  readonly attributes?: Readonly<Record<string, string>>
  /** Prefixes used inside values only (`xsd:string`), declared here like inclusive ones. */
  readonly declares?: readonly Prefix[]
  readonly children?: readonly (XmlTree | string)[]
}

/** One element as a tree. */
export function element(
  name: QualifiedName,
  attributes: Readonly<Record<string, string>>,
  children: readonly (XmlTree | string)[] = [],
): XmlTree {
  return { name, attributes, children }
}

/** The canonical text of the tree as an apex. A value that XML cannot carry is a fault. */
export function writeXml(tree: XmlTree): string {
  return write(tree, new Set())
}

function write(tree: XmlTree, inScope: ReadonlySet<Prefix>): string {
  const attributes = Object.entries(tree.attributes ?? {}).sort(byCanonicalOrder)
  const fresh = freshPrefixes(tree, inScope)
  let start: string = tree.name
  for (const prefix of fresh) start += ` xmlns:${prefix}="${NAMESPACES[prefix]}"`
  for (const [name, value] of attributes) start += ` ${name}="${escapeAttribute(value)}"`

  const scope = fresh.length === 0 ? inScope : new Set([...inScope, ...fresh])
  let content = ''
  for (const child of tree.children ?? []) {
    content += typeof child === 'string' ? escapeText(child) : write(child, scope)
  }
  return `<${start}>${content}</${tree.name}>`
}

// A prefix is declared where it is used and not in scope yet, in the order of the prefixes.
function freshPrefixes(tree: XmlTree, inScope: ReadonlySet<Prefix>): readonly Prefix[] {
  const used = new Set(tree.declares)
  for (const name of [tree.name, ...Object.keys(tree.attributes ?? {})]) {
    const prefix = prefixOf(name)
    if (prefix !== undefined) used.add(prefix)
  }
  return [...used].filter((prefix) => !inScope.has(prefix)).sort()
}

// Canonical order: attributes without namespace first, then by namespace URI, then by local name.
function byCanonicalOrder([left]: [string, string], [right]: [string, string]): number {
  const a = sortKey(left)
  const b = sortKey(right)
  return a < b ? -1 : a > b ? 1 : 0
}

function sortKey(name: string): string {
  const prefix = prefixOf(name)
  return prefix === undefined ? `\u0000${name}` : `${NAMESPACES[prefix]}\u0000${name}`
}

function prefixOf(name: string): Prefix | undefined {
  const colon = name.indexOf(':')
  if (colon === -1) return undefined
  const prefix = name.slice(0, colon)
  if (!(prefix in NAMESPACES)) throw new Error(`no namespace is known for ${prefix}`)
  return prefix as Prefix // The line above has looked it up.
}

const TEXT_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#xD;',
}

const ATTRIBUTE_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

function escapeText(text: string): string {
  mustBeXml(text)
  return text.replace(/[&<>\r]/g, (found) => TEXT_ESCAPES[found] ?? found)
}

function escapeAttribute(text: string): string {
  mustBeXml(text)
  return text.replace(/[&<"\t\n\r]/g, (found) => ATTRIBUTE_ESCAPES[found] ?? found)
}

// Values are checked where they enter the house. One that gets here all the same is our mistake, and
// is not repaired: a signature over something else than was meant is worse than none.
function mustBeXml(text: string): void {
  if (!isXmlText(text)) throw new Error('a value holds a character that XML cannot carry')
}
