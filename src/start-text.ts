// What a person reads when the service has started.

import type { Config } from './config/load.ts'
import type { SandboxPeople } from './sandbox-mode.ts'

/** The start-up text. In sandbox mode it leads to a first sign-in in a minute. */
export function describeStart(config: Config, people: SandboxPeople | undefined): string {
  const { publicUrl, huawei } = config
  const ops = `http://${config.ops.host}:${config.ops.port}`
  if (people === undefined) {
    return `
The identity provider is running.

  Customers            ${publicUrl}/
  Operators            ${publicUrl}/console
  For Partner Center   ${publicUrl}/saml/metadata   (IdP metadata)
                       ${publicUrl}/bind            (Notification URL)
  Health, metrics      ${ops}/health/ready   ${ops}/metrics

`
  }
  const { customer, operator } = people
  return `
The identity provider is running in sandbox mode: Huawei Cloud and the partner
portal beside it are made up, and nothing leaves this machine.

  Try it:
    1. Open the partner's portal       ${huawei.authUrl}/portal
    2. Sign in there as                ${customer.login}  /  ${customer.password}
    3. Choose "Open Huawei Cloud", then "Create And Bind".
       The next time you are in at once.

  More:
    Your page                          ${publicUrl}/
    Operator's console                 ${publicUrl}/console   ${operator.login}  /  ${operator.password}
    What Huawei Cloud received,
    and what it could do wrong         ${huawei.authUrl}/sandbox
    Codes sent by e-mail               ${huawei.authUrl}/sandbox/mailbox
    Health, metrics                    ${ops}/health/ready   ${ops}/metrics

  Stop with Ctrl+C. To connect the real Huawei Cloud: README.md.

`
}
