// What an XML 1.0 document can carry. Values that cannot be carried are refused where they enter,
// so that the writer of signed messages never has to repair one.

// biome-ignore lint/suspicious/noControlCharactersInRegex: the Char production names them.
const NOT_XML = /[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

/** Whether every character is one of XML 1.0's Char production; a lone surrogate is not. */
export function isXmlText(text: string): boolean {
  return !NOT_XML.test(text)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds.
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/u

/** Whether the text fits on one line: XML text without control characters or line breaks. */
export function isSingleLine(text: string): boolean {
  return isXmlText(text) && !CONTROL.test(text)
}
