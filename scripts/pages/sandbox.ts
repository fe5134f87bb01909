// docs/sandbox.md: what the sandbox is, every scenario it plays, and every fault of its partner API.

import { FAULTS } from '../../src/sandbox/api/faults.ts'
import { SCENARIOS } from '../../src/sandbox/scenarios.ts'
import { code, generatedFrom, page, table } from './markdown.ts'
import { worldPart } from './sandbox-world.ts'

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
| \`/portal\` | the partner portal: sign in, open Huawei Cloud, sign out (which ends the session here too) |
| \`/authui/saml/login\` | Huawei Cloud's login link, which sends the AuthnRequest |
| \`/authui/saml/metadata.xml\` | its SP metadata |
| \`/authui/saml/logout\` | signs out of the console by single logout |
| \`/v3/auth/tokens\`, \`/v3.0/OS-CREDENTIAL/securitytokens\` | tokens and temporary access keys |
| \`/v1.0/…\`, \`/v2/…\`, \`/v3/…\` | the [partner API](partner-api.md), at Huawei's paths |
| \`/sandbox\` | the scenarios below, and what arrived with a verdict on each rule |
| \`/sandbox/api\` | faults, accounts with their keys and agencies, work done |
| \`/sandbox/orders\` | where a customer places an order |
| \`/sandbox-files/…\`, \`/sandbox-files-zh/…\` | the subscribed files, in buckets as of OBS |
| \`/sandbox/mailbox\` | the verification codes that Huawei would send by e-mail |
| \`/sandbox/state.json\` | everything it remembers, for tests |

It judges every answer with code that is not the product's: samlify verifies the signature, and a
table of rules checks what Huawei's documents ask. A broken rule is named on the page.

Its keys, its memory and the people's passwords are in \`data/sandbox/\`. To start anew, remove
\`data/\`, the database included: what one side forgets the other must forget too.

## Scenarios

Choose one at \`/sandbox\`. It stays until another one is chosen.
`

const API = `
## The partner API

Every operation of the catalogue answers, on one consistent state: a customer who is frozen shows as
frozen, a budget that is set is recorded. Requests are judged as strictly as Huawei judges them:
unknown, repeated and misplaced parameters, a body with GET, another content type than JSON and more
than 12 MiB are refused.

- **The partner** calls with its access key or with a token of its IAM user. **A customer** is spoken
  for by a token of an agency (\`assume_role\`), a temporary access key, or the account's own key.
- An agency is made and taken away at \`/sandbox/api\`. Accounts that the API made have none; those
  made on the page "Create or bind" agreed to one, called \`sandbox_IDP\`.
- Tokens end after 24 hours, temporary keys after 15 minutes unless asked for longer, signatures after
  15 minutes. A wrong signature is answered with the canonical request that the sandbox made.
- There are two resellers; \`queryResellers\` gives their ids.
- The program refuses more calls a second than Huawei takes, for each operation and account.
  \`curl -d throttling=off http://127.0.0.1:4000/sandbox/throttling\` lifts the limit.
- \`state.json\` counts in \`effects\` how often each operation has changed something, so that a test
  can prove that nothing was done twice.

## Faults

A fault spoils the next calls of one operation:
\`curl -d operation=payOrder -d fault=drop-after-work -d times=1 http://127.0.0.1:4000/sandbox/fault\`.
\`fault=none\` takes it back; a newer fault replaces the one that waits.
`

/** The text of the page. */
export function sandboxPage(): string {
  const rows = Object.entries(SCENARIOS).map(([name, { title, expect }]) => [
    code(name),
    title,
    expect,
  ])
  const faults = Object.entries(FAULTS).map(([name, { title, expect }]) => [
    code(name),
    title,
    expect,
  ])
  return page([
    generatedFrom('src/sandbox/scenarios.ts and src/sandbox/api/faults.ts'),
    HOW,
    ...table(['Name', 'What Huawei Cloud does', 'What a person sees'], rows),
    API,
    ...table(['Fault', 'What Huawei Cloud does', 'What the product makes of it'], faults),
    ...worldPart(),
  ])
}
