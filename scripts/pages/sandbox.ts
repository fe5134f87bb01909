// docs/sandbox.md: what the sandbox is, and every scenario it plays.

import { SCENARIOS } from '../../src/sandbox/scenarios.ts'
import { code, generatedFrom, page, table } from './markdown.ts'

const HOW = `
# The sandbox

The sandbox is a program that plays Huawei Cloud and a partner portal with made-up data. Use it to
see a sign-in before there is a contract, to show what goes wrong, and to test a change.
It guards nothing: never let it face the internet.

\`npm start\` without settings starts it beside the identity provider and prints names and passwords.
It can also run alone: \`npm run cli -- sandbox --port 4000\`; then start the identity provider with
\`SANDBOX_URL=http://127.0.0.1:4000\`.

| Address | What is there |
| --- | --- |
| \`/portal\` | the partner portal: sign in, open Huawei Cloud |
| \`/authui/saml/login\` | Huawei Cloud's login link, which sends the AuthnRequest |
| \`/authui/saml/metadata.xml\` | its SP metadata |
| \`/authui/saml/logout\` | signs out of the console by single logout |
| \`/v3/auth/tokens\`, \`/v2/…\` | tokens and the [partner API](partner-api.md), at Huawei's paths |
| \`/sandbox\` | the scenarios below, and what arrived with a verdict on each rule |
| \`/sandbox/mailbox\` | the verification codes that Huawei would send by e-mail |
| \`/sandbox/state.json\` | everything it remembers, for tests |

It judges every answer with code that is not the product's: samlify verifies the signature, and a
table of rules checks what Huawei's documents ask. A broken rule is named on the page.

Its keys, its memory and the people's passwords are in \`data/sandbox/\`. To start anew, remove
\`data/\`, the database included: what one side forgets the other must forget too.

## Scenarios

Choose one at \`/sandbox\`. It stays until another one is chosen.
`

/** The text of the page. */
export function sandboxPage(): string {
  const rows = Object.entries(SCENARIOS).map(([name, { title, expect }]) => [
    code(name),
    title,
    expect,
  ])
  return page([
    generatedFrom('src/sandbox/scenarios.ts'),
    HOW,
    ...table(['Name', 'What Huawei Cloud does', 'What a person sees'], rows),
  ])
}
