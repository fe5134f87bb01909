// What goes in and out of the portal API. Each schema that has a name in the OpenAPI document stands in
// `NAMED`; nothing else knows these names.

import { z } from 'zod'
import { ACCOUNT_FIELDS } from '../accounts/account.ts'
import { isArea } from '../accounts/areas.ts'

type AccountField = keyof typeof ACCOUNT_FIELDS

const field = (name: AccountField) => {
  const { schema, must } = ACCOUNT_FIELDS[name]
  return schema.describe(must)
}

// What is around a schema does not inherit its description.
const optional = (name: Exclude<AccountField, 'accountId'>) =>
  field(name).optional().describe(ACCOUNT_FIELDS[name].must)
const removable = (name: Exclude<AccountField, 'accountId'>) =>
  field(name).nullable().optional().describe(ACCOUNT_FIELDS[name].must)

const time = z.iso.datetime().describe('A UTC time such as `2026-03-02T10:00:00.000Z`.')

export const AccountId = field('accountId')

/** Every state a connection can be in. */
export const BINDING_STATES = ['none', 'asked', 'bound', 'conflict', 'released'] as const

/** Every step of an activation; `none` before the first. */
export const ACTIVATION_STEPS = [
  'none',
  'checked',
  'code-sent',
  'create-asked',
  'unknown',
  'created',
  'associated',
  'bound',
  'refused',
  'abandoned',
] as const

export const EVENT_KINDS = ['bound', 'unbound', 'conflict', 'created', 'certificate-due'] as const

const HuaweiCloud = z
  .strictObject({
    state: z.enum(BINDING_STATES).describe('`bound` is connected; `asked` is on the way.'),
    domainId: z.string().nullable().describe('The id of the Huawei Cloud account (customer_id).'),
    domainName: z.string().nullable().describe('The name of the Huawei Cloud account.'),
    boundAt: time.nullable(),
  })
  .describe('How a customer is connected to Huawei Cloud.')

export const Activation = z
  .strictObject({
    accountId: AccountId,
    step: z.enum(ACTIVATION_STEPS).describe('How far the opening of an account has come.'),
    name: z.string().nullable().describe('The name that was asked for.'),
    email: z.string().nullable().describe('The address that the code goes to.'),
    area: z.string().nullable().describe('ISO 3166 country or region.'),
    problem: z.string().nullable().describe('The code of what was refused last.'),
    changedAt: time.nullable(),
  })
  .describe('Where the opening of a Huawei Cloud account stands.')

export const Customer = z
  .strictObject({
    accountId: AccountId,
    login: z.string(),
    email: z.string().nullable(),
    name: z.string().nullable(),
    mobile: z.string().nullable(),
    enabled: z.boolean().describe('Whether the customer may sign in.'),
    createdAt: time,
    huaweiCloud: HuaweiCloud,
    activation: z.enum(ACTIVATION_STEPS).describe('The step of the activation.'),
  })
  .describe('A customer of the partner.')

const details = {
  login: field('login'),
  email: optional('email'),
  name: optional('name'),
  mobile: optional('mobile'),
}

export const NewCustomer = z
  .strictObject({ accountId: AccountId, ...details })
  .describe('A customer who is not known here yet.')

export const CustomerDetails = z
  .strictObject(details)
  .describe('The details of a customer; what is left out is removed.')

export const CustomerChange = z
  .strictObject({
    login: optional('login'),
    email: removable('email'),
    name: removable('name'),
    mobile: removable('mobile'),
  })
  .describe('What changes; `null` removes a detail, what is left out stays.')

const nextCursor = z.string().nullable().describe('The `cursor` of the next page; null at the end.')

export const CustomerPage = z
  .strictObject({ items: z.array(Customer), nextCursor })
  .describe('Customers in the order of their sign-in names.')

export const Binding = z
  .strictObject({ accountId: AccountId, ...HuaweiCloud.shape })
  .describe('How one customer is connected to Huawei Cloud.')

export const BindingPage = z
  .strictObject({ items: z.array(Binding), nextCursor })
  .describe('Connections in the order of account ids.')

export const LaunchTarget = z
  .strictObject({
    service: z.url().max(2048).optional().describe('A page of the Huawei Cloud console.'),
    site: z.string().max(64).optional().describe('The name of a site, where there are several.'),
  })
  .describe('Where the customer goes once they are signed in.')

export const Link = z
  .strictObject({
    url: z
      .string()
      .describe('Works once. It is a secret: send the browser there, store it nowhere.'),
    expiresAt: time,
  })
  .describe('A one-time link for the browser of a customer.')

export const ActivationStart = z
  .strictObject({
    name: field('name').describe(`The name of the new account; ${ACCOUNT_FIELDS.name.must}`),
    email: field('email').describe(`Gets the code; ${ACCOUNT_FIELDS.email.must}`),
    area: z.string().refine(isArea).describe('must be an ISO 3166 country or region such as IE'),
    agreed: z
      .literal(true)
      .describe('must be true: the customer has seen and accepted the agreements of Huawei Cloud'),
  })
  .describe('The Huawei Cloud account that a customer wants.')

export const ActivationCode = z
  .strictObject({
    code: z
      .string()
      .regex(/^\d{6}$/)
      .describe('must be the six digits of the e-mail'),
  })
  .describe('The code that Huawei Cloud has sent.')

export const WebhookName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
  .describe('must be 1 to 40 lower-case letters, digits or -')

const kinds = z
  .array(z.enum(EVENT_KINDS))
  .min(1)
  .max(EVENT_KINDS.length)
  .describe('must name the events to be told of')

export const WebhookSettings = z
  .strictObject({ url: z.url().max(2048).describe('must be an https URL'), kinds })
  .describe('An address of the portal, and what it wants to be told.')

export const Webhook = z
  .strictObject({
    name: WebhookName,
    url: z.string(),
    kinds,
    state: z
      .enum(['fine', 'failing', 'ended'])
      .describe(
        '`ended`: the address said it is gone, or an operator has stopped it. Set it again to start anew.',
      ),
    failingSince: time.nullable(),
    problem: z.string().nullable().describe('Why the last attempt failed.'),
    deliveredAt: time.nullable(),
    waiting: z.int().describe('Events that have not arrived yet.'),
    dead: z.int().describe('Events of the last 30 days that were given up.'),
    secret: z.string().optional().describe('Shown once: when it is made, and when it is changed.'),
  })
  .describe('An address of the portal, and how it does.')

export const WebhookList = z.strictObject({ items: z.array(Webhook) }).describe('All webhooks.')

export const Problem = z
  .strictObject({
    error: z.strictObject({
      code: z.string().describe('One of docs/errors.md; it never changes.'),
      message: z.string(),
      hint: z.string(),
      reference: z.string().describe('Quote it to whoever runs the service: the log has it.'),
      fields: z
        .array(z.strictObject({ field: z.string(), problem: z.string() }))
        .optional()
        .describe('What is wrong with which field.'),
    }),
  })
  .describe('What every refusal looks like.')

/** What a webhook carries. */
export const WebhookEvent = z
  .strictObject({
    type: z.enum(EVENT_KINDS),
    timestamp: time,
    data: z.union([
      z.strictObject({ accountId: AccountId, domainId: z.string().nullable() }),
      z.strictObject({ certificate: z.string(), endsAt: time }),
    ]),
  })
  .describe('The body of a webhook.')

/** The schemas that the document names. */
export const NAMED = {
  Activation,
  ActivationCode,
  ActivationStart,
  Binding,
  BindingPage,
  Customer,
  CustomerChange,
  CustomerDetails,
  CustomerPage,
  LaunchTarget,
  Link,
  NewCustomer,
  Problem,
  Webhook,
  WebhookEvent,
  WebhookList,
  WebhookSettings,
} as const satisfies Readonly<Record<string, z.ZodType>>
