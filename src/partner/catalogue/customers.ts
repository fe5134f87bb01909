// Rows of the group "Customer Management": from the first check of a name to the list of customers.
// Sections are those of the European API reference; the fields it lacks are in Huawei's SDK.

import { z } from 'zod'
import { operation } from '../operation.ts'
import { errors } from './codes.ts'
import {
  accountName,
  characters,
  email,
  ids,
  limit,
  looseCode,
  looseList,
  looseNumber,
  looseText,
  looseTime,
  mobile,
  offset,
  oneOf,
  oneOfNumbers,
  text,
  time,
  whole,
} from './fields.ts'

const SEARCHED = { email, mobile, name: accountName } as const

const checkIdentity = operation({
  title: 'Verifying Customer Registration Information',
  method: 'POST',
  path: '/v2/partners/sub-customers/users/check-identity',
  input: z
    .strictObject({
      search_type: oneOf({
        email: 'an e-mail address',
        mobile: 'a mobile number',
        name: 'an account name',
      }).describe('What is checked.'),
      search_value: text(64).describe('The address, number or name, by the rules of its kind.'),
    })
    .superRefine(({ search_type, search_value }, context) => {
      for (const { message } of SEARCHED[search_type]().safeParse(search_value).error?.issues ??
        []) {
        context.addIssue({ code: 'custom', path: ['search_value'], message })
      }
    }),
  result: z.looseObject({
    check_result: oneOf({
      available: 'free',
      used_by_user: 'taken by another Huawei Cloud account',
    }).describe('Whether the value can be registered.'),
    // Only Huawei's SDK has it.
    mobile_remain_available_num: looseNumber().describe(
      'How many customers can still be registered with the mobile number.',
    ),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  perSecond: 5,
  errors: errors('CBC.0100', 'CBC.0151', 'CBC.0999'),
  source: { section: '5.1.1 Verifying Customer Registration Information' },
})

const sendVerificationCode = operation({
  title: 'Sending a Verification Code',
  method: 'POST',
  path: '/v2/bases/verificationcode/send',
  input: z.strictObject({
    receiver_type: oneOfNumbers({ 2: 'by e-mail' }).describe('How the code is sent.'),
    timeout: whole(1, 3000)
      .optional()
      .describe('Minutes for which the code is valid (10 if absent; Huawei reads over 60 as 5).'),
    email: email().describe('The address that gets the code.'),
    lang: oneOf({ 'zh-cn': 'Chinese', 'en-us': 'English' })
      .optional()
      .describe('The language of the e-mail (en-us if absent).'),
  }),
  result: z.void(),
  caller: 'partner',
  succeeds: 204,
  effect: 'write',
  retry: 'never', // Each call sends an e-mail, and 15 an hour is the limit for one address.
  errors: errors(
    'CBC.0100',
    'CBC.99000035',
    'CBC.99004002',
    'CBC.99004003',
    'CBC.99004004',
    'CBC.99004015',
    'CBC.0154',
    'CBC.0151',
    'CBC.0999',
  ),
  source: { section: '5.1.2 Sending a Verification Code' },
})

// The example of the reference breaks its own table: it misspells xaccount_type, writes
// include_association_result as a text, and has an account name of four letters.
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
    is_close_market_ms: oneOf({ true: 'none are sent', false: 'they are sent' })
      .optional()
      .describe('Whether marketing messages are turned off (false if absent); a text.'),
    indirect_partner_id: resellerId('for whom the customer is created'),
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
  input: newCustomer,
  result: z.looseObject({
    domain_id: z.string().min(1).describe('The id of the new account: customer_id elsewhere.'),
    domain_name: looseText().describe('The name of the new account.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'write',
  retry: 'never', // There is no idempotency key: a repeat may make a second customer.
  errors: errors(
    'CBC.0100',
    'CBC.0101',
    'CBC.50010059',
    'CBC.99000038',
    'CBC.99000028',
    'CBC.99000031',
    { code: 'CBC.5016', http: 400 },
    'CBC.99000039',
    'CBC.99000004',
    'CBC.99000036',
    'CBC.99000034',
    'CBC.99000037',
    'CBC.99000050',
    'CBC.99000051',
    'CBC.99004004',
    'CBC.99004008',
    'CBC.99004009',
    'CBC.99004010',
    'CBC.99005035',
    'CBC.0154',
    'CBC.0151',
    'CBC.0999',
    'CBC.50010085',
    'CBC.50010086',
    'CBC.50010120',
  ),
  source: {
    section: '5.1.3 Creating a Customer',
    page: 'https://support.huaweicloud.com/api-bpconsole/mc_00016.html',
  },
})

const ASSOCIATION_TYPES = { '1': 'referral', '3': 'reseller' } as const

/** What Huawei searches for as a part of a text. */
function part() {
  return text(64).regex(/^\S+$/, 'must not contain spaces')
}

function resellerId(who: string) {
  return text(64).optional().describe(`The reseller ${who}. Needed for those of a reseller.`)
}

const customerInfo = z.looseObject({
  customer_id: z.string().min(1).describe('The Huawei Cloud account id.'),
  account_name: looseText().describe('The Huawei Cloud account name.'),
  customer: looseText().describe('The real name, once verified.'),
  xaccount_id: looseText().describe('Our id of the customer.'),
  xaccount_type: looseText().describe('The platform id of the partner.'),
  association_type: looseCode(ASSOCIATION_TYPES).describe('How they are associated.'),
  associated_on: looseTime().describe('When they were associated.'),
  is_frozen: looseCode({
    '0': 'nothing',
    '1': 'the account',
    '2': 'the account and its resources',
  }).describe('What is frozen.'),
  verified_status: looseCode({
    '-1': 'not verified',
    '0': 'under review',
    '1': 'refused',
    '2': 'verified',
  }).describe('What is known about the real name.'),
  customer_type: looseCode({ '-1': 'not known', '0': 'individual', '1': 'enterprise' }).describe(
    'Who they are.',
  ),
  customer_level: looseText().describe('The tier, V0 to V5.'),
  label: looseText().describe('The tag.'),
  email: looseText().describe('The e-mail address.'),
  telephone: looseText().describe('The phone number.'),
  country_code: looseText().describe('The prefix of the phone number, such as 0086.'),
  account_managers: looseList(
    z.looseObject({ account_name: looseText().describe('The name of the account manager.') }),
  ).describe('The account managers; one at most.'),
})

// The reference knows no search by id; Huawei's SDK has it.
const queryCustomers = operation({
  title: 'Querying Customers',
  method: 'POST',
  path: '/v2/partners/sub-customers/query',
  input: z.strictObject({
    customer_id: text(64).optional().describe('The Huawei Cloud account id of one customer.'),
    account_name: part().optional().describe('A part of the account name, without spaces.'),
    customer: part().optional().describe('A part of the real name, without spaces.'),
    label: part().optional().describe('A part of the tag, without spaces; capitals matter.'),
    association_type: oneOf(ASSOCIATION_TYPES).optional().describe('How they are associated.'),
    associated_on_begin: time().optional().describe('Associated at this time (UTC) or later.'),
    associated_on_end: time().optional().describe('Associated at this time (UTC) or earlier.'),
    indirect_partner_id: resellerId('whose customers are asked for'),
    offset: offset(40_000_000),
    limit: limit(100),
  }),
  result: z.looseObject({
    count: looseNumber().describe('How many customers fit, on all pages.'),
    customer_infos: looseList(customerInfo).describe('The customers of this page.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'read',
  retry: 'read',
  paging: { list: 'customer_infos', total: 'count', most: 100, identity: ['customer_id'] },
  errors: errors('CBC.0100', 'CBC.99000037', 'CBC.0154', 'CBC.0151', 'CBC.0999'),
  source: { section: '5.2.1 Querying Customers' },
})

const FREEZE_TYPES = {
  ACCOUNT: 'the account',
  ACCOUNT_AND_RESOURCE: 'the account and its resources',
} as const

const error_details = looseList(
  z.looseObject({
    id: looseText().describe('The customer.'),
    error_code: looseText().describe("Huawei's error code."),
    error_msg: looseText().describe("Huawei's words."),
  }),
)

const freezeCustomers = operation({
  title: 'Freezing a Customer Account',
  method: 'POST',
  path: '/v2/partners/sub-customers/freeze',
  input: z.strictObject({
    customer_ids: ids(10).describe('The Huawei Cloud account ids of the customers.'),
    reason: text(256).describe('Why they are frozen.'),
    indirect_partner_id: resellerId('whose customers they are'),
    freeze_type: oneOf(FREEZE_TYPES).optional().describe('What is frozen (ACCOUNT if absent).'),
  }),
  result: z.looseObject({
    error_details: error_details.describe('The customers who were not frozen, and why.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'write',
  retry: 'never', // A late repeat would freeze whom somebody else unfroze meanwhile.
  failures: 'error_details',
  confirm:
    'The customers can buy nothing any more. With ACCOUNT_AND_RESOURCE their resources stop, too.',
  errors: errors(
    'CBC.0100',
    'CBC.99000000',
    'CBC.99000035',
    'CBC.99000037',
    { code: 'CBC.99005024', http: 200 },
    'CBC.0150',
    'CBC.0151',
    'CBC.0999',
  ),
  source: { section: '5.2.2 Freezing a Customer Account' },
})

const unfreezeCustomers = operation({
  title: 'Unfreezing a Customer Account',
  method: 'POST',
  path: '/v2/partners/sub-customers/unfreeze',
  input: z.strictObject({
    customer_ids: ids(10).describe('The Huawei Cloud account ids of the customers.'),
    reason: text(256).describe('Why they are unfrozen.'),
    indirect_partner_id: resellerId('whose customers they are'),
    unfreeze_type: oneOf(FREEZE_TYPES)
      .optional()
      .describe('What is unfrozen (ACCOUNT if absent): it must be what was frozen.'),
  }),
  result: z.looseObject({
    error_details: error_details.describe('The customers who were not unfrozen, and why.'),
  }),
  caller: 'partner',
  succeeds: 200,
  effect: 'write',
  retry: 'never', // A late repeat would unfreeze whom somebody else froze meanwhile.
  failures: 'error_details',
  errors: errors(
    'CBC.0100',
    'CBC.99000000',
    'CBC.99000035',
    'CBC.99000037',
    { code: 'CBC.99005024', http: 200 },
    'CBC.50000053',
    'CBC.0150',
    'CBC.0151',
    'CBC.0999',
  ),
  source: { section: '5.2.3 Unfreezing a Customer Account' },
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
  freezeCustomers,
  unfreezeCustomers,
} as const
