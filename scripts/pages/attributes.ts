// docs/attributes.md: what an assertion says about a customer.

import { ATTRIBUTES } from '../../src/sso/attributes.ts'
import { code, generatedFrom, page, table } from './markdown.ts'

const HOW = `
# Attributes of the assertion

Each attribute has \`FriendlyName\` equal to \`Name\`, the name format
\`urn:oasis:names:tc:SAML:2.0:attrname-format:uri\` and one value of type \`xsd:string\`. An attribute
whose value is not known is left out.
`

/** The text of the page. */
export function attributesPage(): string {
  const rows = ATTRIBUTES.map(({ name, meaning, isRequired }) => [
    code(name),
    isRequired ? 'always' : 'when known',
    meaning,
  ])
  return page([
    generatedFrom('src/sso/attributes.ts'),
    HOW,
    ...table(['Name', 'Sent', 'Value'], rows),
  ])
}
