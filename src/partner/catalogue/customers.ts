// Rows of the group "Customer Management": from the first check of a name to the list of customers.
// Sections are those of the European API reference; the fields it lacks are in Huawei's SDK.

import { z } from 'zod'
import { operation, type RemoteError } from '../operation.ts'
import {
  accountName,
  characters,
  email,
  instant,
  looseList,
  looseNumber,
  looseText,
  mobile,
  text,
} from './fields.ts'

const EVERYWHERE: readonly RemoteError[] = [
  { http: 400, code: 'CBC.0100', meaning: 'Parameter error.' },
  { http: 401, code: 'CBC.0154', meaning: 'Invalid or expired token.' },
  { http: 403, code: 'CBC.0151', meaning: 'Access denied.' },
  { http: 500, code: 'CBC.0999', meaning: 'Other errors.' },
]

const SEARCHED = { email, mobile, name: accountName } as const

const checkIdentity = operation({
  title: 'Verifying Customer Registration Information',
  method: 'POST',
  path: '/v2/partners/sub-customers/users/check-identity',
  body: z
    .strictObject({
      search_type: z
        .enum(['email', 'mobile', 'name'])
        .describe('What is checked: an e-mail address, a mobile number or an account name.'),
      search_value: text(64).describe('The address, number or name, by the rules of its kind.'),
    })
    .superRefine(({ search_type, search_value }, context) => {
      for (const { message } of SEARCHED[search_type]().safeParse(search_value).error?.issues ??
        []) {
        context.addIssue({ code: 'custom', path: ['search_value'], message })
      }
    }),
  result: z.looseObject({
    check_result: z
      .enum(['available', 'used_by_user'])
      .describe('Whether the value is free, or taken by another Huawei Cloud account.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  errors: EVERYWHERE,
  source: { section: '5.1.1 Verifying Customer Registration Information' },
})

const sendVerificationCode = operation({
  title: 'Sending a Verification Code',
  method: 'POST',
  path: '/v2/bases/verificationcode/send',
  body: z.strictObject({
    receiver_type: z.literal(2).describe('How the code is sent: 2 is by e-mail.'),
    timeout: z
      .int()
      .min(1)
      .max(3000)
      .optional()
      .describe('Minutes for which the code is valid (10 if absent; Huawei reads over 60 as 5).'),
    email: email().describe('The address that gets the code.'),
    lang: z
      .enum(['zh-cn', 'en-us'])
      .optional()
      .describe('The language of the e-mail (en-us if absent).'),
  }),
  result: z.void(),
  caller: 'partner',
  succeeds: 204,
  effect: 'write',
  retry: 'never', // Each call sends an e-mail, and 15 an hour is the limit for one address.
  errors: [
    ...EVERYWHERE,
    { http: 400, code: 'CBC.99000035', meaning: 'You are not a customer of a partner yet.' },
    { http: 400, code: 'CBC.99004002', meaning: 'Failed to generate the verification code.' },
    { http: 400, code: 'CBC.99004003', meaning: 'The code is generated but fails to be sent.' },
    { http: 400, code: 'CBC.99004004', meaning: 'Empty e-mail address, or invalid format.' },
    { http: 400, code: 'CBC.99004015', meaning: '15 codes in an hour or 60 in a day are reached.' },
  ],
  source: { section: '5.1.2 Sending a Verification Code' },
})

const newCustomer = z
  .strictObject({
    domain_area: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be two capital letters')
      .describe("The customer's country or region by ISO 3166, such as IE."),
    xaccount_id: text(128).describe('Our id of the customer. It must equal xAccountId in SAML.'),
    xaccount_type: text(64).describe('The platform id that Huawei gave the partner.'),
    domain_name: accountName()
      .optional()
      .describe(
        'The name of the new account (random if absent): 5 to 32 letters, digits, - and _, no digit first, not op_ or shadow_ first.',
      ),
    email: email().optional().describe("The customer's e-mail address. Needs verification_code."),
    verification_code: characters(6, 6)
      .optional()
      .describe('The code that sendVerificationCode sent to the address.'),
    password: characters(8, 32)
      .optional()
      .describe(
        'A password of 8 to 32 characters of two kinds at least. Without it the customer can only come by single sign-on.',
      ),
    is_close_market_ms: z
      .enum(['true', 'false'])
      .optional()
      .describe('Whether marketing messages are turned off; a text, not a boolean.'),
    indirect_partner_id: text(64)
      .optional()
      .describe('The reseller for whom the customer is created.'),
    include_association_result: z
      .boolean()
      .optional()
      .describe(
        'Whether Huawei answers only when it knows if customer and partner are associated.',
      ),
  })
  .refine((body) => body.email === undefined || body.verification_code !== undefined, {
    path: ['verification_code'],
    message: 'must be given together with email',
  })
  .refine(({ password }) => password === undefined || kindsOfCharacter(password) >= 2, {
    path: ['password'],
    message: 'must have two of: capital letters, small letters, digits, special characters',
  })
  .refine(({ password, domain_name }) => !isNameOrReverse(password, domain_name), {
    path: ['password'],
    message: 'must not be the account name, forwards or backwards',
  })
  .refine((body) => body.email === undefined || !body.password?.includes(body.email), {
    path: ['password'],
    message: 'must not contain the e-mail address',
  })

const createCustomer = operation({
  title: 'Creating a Customer',
  method: 'POST',
  path: '/v2/partners/sub-customers',
  body: newCustomer,
  result: z.looseObject({
    domain_id: z.string().min(1).describe('The id of the new account: customer_id elsewhere.'),
    domain_name: looseText().describe('The name of the new account.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'write',
  retry: 'never', // There is no idempotency key: a repeat may make a second customer.
  errors: [
    ...EVERYWHERE,
    { http: 400, code: 'CBC.0101', meaning: 'Invalid parameter.' },
    { http: 400, code: 'CBC.5016', meaning: 'Invalid e-mail address format.' },
    { http: 400, code: 'CBC.50010059', meaning: 'Association not supported for distributors.' },
    { http: 400, code: 'CBC.50010085', meaning: 'The account of this partner is restricted.' },
    { http: 400, code: 'CBC.50010086', meaning: "The distributor's account is restricted." },
    { http: 400, code: 'CBC.50010120', meaning: 'There are no credits granted for the partner.' },
    { http: 400, code: 'CBC.99000004', meaning: 'The customer could not authorize the partner.' },
    { http: 400, code: 'CBC.99000028', meaning: 'The e-mail address already exists.' },
    { http: 400, code: 'CBC.99000031', meaning: 'Invalid account name.' },
    { http: 400, code: 'CBC.99000034', meaning: 'Registration not available in this country.' },
    { http: 400, code: 'CBC.99000036', meaning: 'Invalid password.' },
    { http: 400, code: 'CBC.99000037', meaning: 'No permission to operate this reseller.' },
    { http: 400, code: 'CBC.99000038', meaning: 'The account name already exists.' },
    { http: 400, code: 'CBC.99000039', meaning: 'Duplicate xAccountId.' },
    { http: 400, code: 'CBC.99000051', meaning: 'The e-mail address is registered with Huawei.' },
    { http: 400, code: 'CBC.99004004', meaning: 'Invalid e-mail address.' },
    { http: 400, code: 'CBC.99004008', meaning: 'Invalid verification code.' },
    { http: 400, code: 'CBC.99004009', meaning: 'The code was entered wrongly over 3 times.' },
    { http: 400, code: 'CBC.99004010', meaning: 'The verification code is incorrect.' },
    { http: 400, code: 'CBC.99005035', meaning: 'Not to be used by a sandbox account.' },
    {
      http: 500,
      code: 'CBC.99000050',
      meaning: 'The account exists; whether it is associated was not known in time.',
    },
  ],
  source: {
    section: '5.1.3 Creating a Customer',
    page: 'https://support.huaweicloud.com/api-bpconsole/mc_00016.html',
  },
})

const queryCustomers = operation({
  title: 'Querying Customers',
  method: 'POST',
  path: '/v2/partners/sub-customers/query',
  body: z.strictObject({
    customer_id: text(64).optional().describe('The Huawei Cloud account id of one customer.'),
    account_name: text(64).optional().describe('A part of the account name, without spaces.'),
    customer: text(64).optional().describe('A part of the real name, without spaces.'),
    label: text(64).optional().describe('A part of the tag; capitals matter.'),
    association_type: z.enum(['1', '3']).optional().describe('1 is referral, 3 is reseller.'),
    associated_on_begin: instant().optional().describe('Associated at this time (UTC) or later.'),
    associated_on_end: instant().optional().describe('Associated at this time (UTC) or earlier.'),
    indirect_partner_id: text(64)
      .optional()
      .describe('The reseller whose customers are asked for.'),
    offset: z
      .int()
      .min(0)
      .max(40_000_000)
      .optional()
      .describe('How many customers to skip (0 if absent).'),
    limit: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe('How many customers to give at most (10 if absent).'),
  }),
  result: z.looseObject({
    count: looseNumber().describe('How many customers fit, on all pages.'),
    customer_infos: looseList(
      z.looseObject({
        customer_id: z.string().min(1).describe('The Huawei Cloud account id.'),
        account_name: looseText().describe('The Huawei Cloud account name.'),
        customer: looseText().describe('The real name, once verified.'),
        xaccount_id: looseText().describe('Our id of the customer.'),
        xaccount_type: looseText().describe('The platform id of the partner.'),
        association_type: looseText().describe('1 is referral, 3 is reseller.'),
        associated_on: looseText().describe('When the customer was associated (UTC).'),
        is_frozen: looseNumber().describe('0 no, 1 the account, 2 the account and its resources.'),
        verified_status: looseText().describe(
          'Real name: -1 not verified, 0 under review, 1 refused, 2 verified.',
        ),
        customer_type: looseNumber().describe('-1 none, 0 individual, 1 enterprise.'),
        customer_level: looseText().describe('The tier, V0 to V5.'),
        label: looseText().describe('The tag.'),
        email: looseText().describe('The e-mail address.'),
        telephone: looseText().describe('The phone number.'),
        country_code: looseText().describe('The prefix of the phone number, such as 0086.'),
      }),
    ).describe('The customers of this page.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  errors: [
    ...EVERYWHERE,
    { http: 400, code: 'CBC.99000037', meaning: 'No permission to operate this reseller.' },
  ],
  source: { section: '5.2.1 Querying Customers' },
})

function kindsOfCharacter(password: string): number {
  return [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length
}

function isNameOrReverse(password: string | undefined, name: string | undefined): boolean {
  if (password === undefined || name === undefined) return false
  return password === name || password === [...name].reverse().join('')
}

export const customers = {
  checkIdentity,
  sendVerificationCode,
  createCustomer,
  queryCustomers,
} as const
