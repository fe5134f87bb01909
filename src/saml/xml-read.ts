// The one door for untrusted XML. Text goes through the gate of xml-scan.ts, then through the one DOM
// of this process; readers get elements and values, and a value is text alone.

import { DOMParser } from '@xmldom/xmldom'
import { Refusal } from '../base/errors.ts'
import { scanXml, type XmlLimits } from './xml-scan.ts'

/** An element of a document that passed the gate. */
export type XmlElement = Element

/** Messages: Huawei's AuthnRequest has 3 elements; a signed one some 20. */
export const MESSAGE_LIMITS: XmlLimits = {
  characters: 64 * 1024,
  depth: 32,
  elements: 500,
  allowsComments: false,
}

/** Metadata files, EntitiesDescriptor included. */
export const METADATA_LIMITS: XmlLimits = {
  characters: 2 * 1024 * 1024,
  depth: 32,
  elements: 20_000,
  allowsComments: true,
}

/** The root element. Throws `SAML_TOO_LARGE` or `SAML_BAD_XML`. */
export function readXml(text: string, limits: XmlLimits): XmlElement {
  scanXml(text, limits)
  const fail = (problem: string): never => {
    throw new Refusal('SAML_BAD_XML', { problem: problem.split('\n')[0] })
  }
  // Warnings too: what one parser repairs another one reads differently.
  const errorHandler = { warning: fail, error: fail, fatalError: fail }
  const parser = new DOMParser({ errorHandler, locator: {} }) // The locator gives lineOf its lines.
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  return parser.parseFromString(source, 'text/xml').documentElement
}

/** Whether the element is the named one. */
export function isNamed(element: XmlElement, namespace: string, local: string): boolean {
  return element.namespaceURI === namespace && element.localName === local
}

/** The child elements of a name, in document order. */
export function childrenOf(
  element: XmlElement,
  namespace: string,
  local: string,
): readonly XmlElement[] {
  return elementsIn(element).filter((child) => isNamed(child, namespace, local))
}

/** The only child element of a name, or none. Throws `SAML_BAD_REQUEST` when there are more. */
export function findChild(
  element: XmlElement,
  namespace: string,
  local: string,
): XmlElement | undefined {
  const [first, second] = childrenOf(element, namespace, local)
  if (second !== undefined) {
    throw new Refusal('SAML_BAD_REQUEST', { problem: 'an element comes twice', element: local })
  }
  return first
}

/** All child elements. */
export function elementsIn(element: XmlElement): readonly XmlElement[] {
  // nodeType 1 is an element, so the cast holds.
  return Array.from(element.childNodes).filter((node) => node.nodeType === 1) as XmlElement[]
}

/** This element and everything below it. */
export function everyElement(element: XmlElement): readonly XmlElement[] {
  return [element, ...elementsIn(element).flatMap(everyElement)]
}

/** An attribute without namespace; `undefined` when it is not there. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.hasAttribute(name) ? (element.getAttribute(name) ?? undefined) : undefined
}

/**
 * The element's text, trimmed. Throws `SAML_BAD_REQUEST` unless text is all there is: a comment or
 * child that splits a value makes one reader see its first half (CVE-2017-11428).
 */
export function textOf(element: XmlElement): string {
  const nodes = Array.from(element.childNodes)
  if (nodes.some((node) => node.nodeType !== 3)) {
    const facts = { problem: 'a value that is not plain text', element: element.localName }
    throw new Refusal('SAML_BAD_REQUEST', facts)
  }
  return nodes
    .map((node) => node.nodeValue ?? '')
    .join('')
    .trim()
}

/** The line an element starts on; xmldom's locator counts from 1. */
export function lineOf(element: XmlElement): number | undefined {
  const line: unknown = 'lineNumber' in element ? element.lineNumber : undefined
  return typeof line === 'number' ? line : undefined
}
