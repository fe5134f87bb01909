// Huawei's error codes, once for all rows: a row names the codes of its table, their HTTP status,
// meaning and remedy come out. Source: the European API reference §11.9 "Error Codes" and the tables
// of single operations. Where the printed reference cuts a code off (CBC.300500…, CBC.990001…,
// CBC.990031…) and no table has the whole, it is left out.

import type { RemoteError } from '../operation.ts'

type Entry = readonly [http: number, meaning: string, remedy?: string]

const CODES = {
  // Success by its status, and yet most of these say that nothing was done.
  'CBC.0000': [200, 'Success.'],
  'CBC.3002': [
    200,
    'The resource has been locked.',
    'Wait until the operation that holds the resource ends.',
  ],
  'CBC.3006': [200, 'The type of cloud service is not supported.'],
  'CBC.3016': [200, 'One of the resources has expired.', 'Leave the expired resources out.'],
  'CBC.3106': [
    200,
    'The status of the order has changed; it cannot be paid.',
    'Look at the order with showOrder.',
  ],
  'CBC.3112': [
    200,
    'The coupon or stored-value card has been used.',
    'Choose another coupon with listCoupons.',
  ],
  'CBC.3124': [200, 'The resources have been unsubscribed from.'],
  'CBC.3128': [200, 'There is no renewal that could be undone: none was made, or it has begun.'],
  'CBC.3141': [
    200,
    "The cloud service's quota or capacity is insufficient, or the specifications changed.",
    'Choose another specification, or ask the cloud service for more quota.',
  ],
  'CBC.3144': [200, 'Orders for the resource are in progress.', 'Wait until the orders are done.'],
  'CBC.3155': [
    200,
    "The enterprise project's fund quota is insufficient, or the project is invalid.",
    'Raise the quota of the enterprise project.',
  ],
  'CBC.3162': [200, 'The add-on package does not meet the requirements for payment.'],
  'CBC.3185': [
    200,
    'The cloud service can only be unsubscribed from as a whole.',
    'Unsubscribe from all its resources at once.',
  ],
  'CBC.3638': [200, 'A bandwidth add-on package cannot be renewed.'],
  'CBC.3640': [200, 'A bandwidth add-on package cannot be unsubscribed from.'],
  'CBC.5005': [200, "The customer's real name is being verified."],
  'CBC.5006': [
    200,
    'The customer is an individual here and an enterprise at Huawei, or the reverse.',
  ],
  'CBC.5007': [
    200,
    'The subscribed products must belong to the same region.',
    'Make an order for each region.',
  ],
  'CBC.5020': [
    200,
    'Partial failure.',
    'Look at error_details; what is not listed there was done.',
  ],
  'CBC.5023': [200, 'The account type does not match the association type.'],
  'CBC.5024': [
    200,
    "The operation does not suit the customer's type of association.",
    'See association_type in queryCustomers: only customers of the reseller model can be managed.',
  ],
  'CBC.5041': [200, 'The resources of the order have been unsubscribed from.'],
  'CBC.5042': [
    200,
    'The resources do not exist.',
    'Look the resource up with queryPeriodResources.',
  ],
  'CBC.6001': [200, 'The id of the resource or of the reserved instance is empty.'],
  'CBC.6006': [
    200,
    'The product does not exist.',
    'Check service type, resource type, specification and region.',
  ],
  'CBC.6055': [
    200,
    'The amount that was worked out is too large.',
    'Ask for a smaller number, size or usage.',
  ],
  'CBC.30050007': [
    200,
    'Not a primary resource: its renewal has no price of its own.',
    'Ask with the primary resource: is_main_resource of queryPeriodResources tells.',
  ],
  'CBC.30050008': [
    200,
    'The resource does not have this type or number of periods.',
    'Ask for a number of periods that is offered for the resource.',
  ],
  'CBC.30050009': [
    200,
    'The resource does not exist, or expired and was deleted.',
    'Look the resource up with queryPeriodResources.',
  ],
  'CBC.30050010': [
    200,
    'The resource is part of an order that is to be paid.',
    'Pay or cancel the order first.',
  ],
  'CBC.30050013': [200, 'The resource cannot be renewed.'],
  'CBC.50000045': [
    200,
    'A coupon quota is being allocated; the same one cannot be allocated meanwhile.',
    'Wait until that allocation ends.',
  ],
  'CBC.50000053': [
    200,
    'The customer is frozen in another way than the one to be undone.',
    'Unfreeze in the way it was frozen: is_frozen of queryCustomers is 1 for ACCOUNT and 2 for ACCOUNT_AND_RESOURCE.',
  ],
  'CBC.70300007': [
    200,
    'The account is frozen in another way already.',
    'Unfreeze it first, then freeze it in the other way.',
  ],
  'CBC.99003610': [
    200,
    'A resource in its grace or retention period cannot be changed to pay-per-use.',
  ],
  'CBC.0100': [400, 'Invalid parameter.', 'Check the fields against the limits of the operation.'],
  'CBC.0101': [400, 'Invalid parameter.', 'Check the fields against the limits of the operation.'],
  'CBC.5001': [400, 'You are not a partner yet.', 'Join a partner programme first.'],
  'CBC.5002': [400, 'The customer does not exist.', 'Look the customer up with queryCustomers.'],
  'CBC.5003': [400, 'The balance is insufficient.', 'Top up, or raise the budget with setBudget.'],
  'CBC.5004': [
    400,
    'You may not act on this customer.',
    'Check the customer_id: the customer must be associated with you.',
  ],
  'CBC.5017': [400, 'Invalid mobile number.'],
  'CBC.7151': [400, 'The verification code ran out.', 'Ask for a new one.'],
  'CBC.7152': [400, 'The verification code is wrong.', 'Enter it again.'],
  'CBC.7188': [400, 'The real name is verified, or under review.'],
  'CBC.7191': [400, "The customer's real name was sent for verification too often."],
  'CBC.7202': [400, 'The verification of the real name failed.'],
  'CBC.7219': [400, 'The real name does not match the face.'],
  'CBC.7253': [400, 'The picture of the identity card is invalid or blurred.'],
  'CBC.7254': [
    400,
    'Customers of this country cannot register.',
    'See which countries the partner may serve.',
  ],
  'CBC.7255': [400, 'The data of the identity card or the mobile number is wrong.'],
  'CBC.7256': [400, 'The data of the legal entity is wrong.'],
  'CBC.7257': [400, 'The data of the enterprise is wrong.'],
  'CBC.7265': [400, 'A partner cannot be verified as an individual.'],
  'CBC.7267': [
    400,
    'The account is being associated with a master account; its real name cannot be verified.',
  ],
  'CBC.7281': [
    400,
    "The customer's account is frozen: nothing can be renewed, paid or unsubscribed from.",
    'Unfreeze it first.',
  ],
  'CBC.18000014': [400, 'Cost Center is not enabled.', 'Enable Cost Center in the console.'],
  'CBC.18000016': [400, 'Insufficient permissions.', 'Ask the partner you are associated with.'],
  'CBC.18000048': [
    400,
    'Too many member accounts with accounts of their own.',
    'Name one member account.',
  ],
  'CBC.18000053': [400, 'Insufficient permissions.', 'Ask the enterprise master account.'],
  'CBC.30000010': [
    400,
    'The order is invalid or does not exist.',
    'Look the order up with listOrders.',
  ],
  'CBC.30000052': [400, 'The resource or the account is frozen.', 'Unfreeze it first.'],
  'CBC.30000053': [400, 'A savings plan cannot be unsubscribed from.'],
  'CBC.30000067': [
    400,
    'The resource has been deleted, or its purchase is not known to billing yet.',
    'Try again in a few minutes if the resource is new.',
  ],
  'CBC.30010035': [400, 'The resource has been deleted.'],
  'CBC.30010036': [
    400,
    'Only primary resources can be renewed.',
    'Name the primary resource: is_main_resource of queryPeriodResources tells.',
  ],
  'CBC.30010069': [400, 'The renewal period does not exist.'],
  'CBC.30050006': [
    400,
    'The automatic payment of the order failed.',
    'Pay the order with payOrder.',
  ],
  'CBC.30050012': [400, 'There are duplicate resource ids.', 'Name each resource once.'],
  'CBC.50000030': [
    400,
    "The reseller's budget quota is insufficient: no budget can be set.",
    "Raise the reseller's budget quota, or set a smaller budget.",
  ],
  'CBC.50000033': [
    400,
    "The reseller's permission to set budgets has been revoked.",
    'Ask the distributor.',
  ],
  'CBC.50010059': [
    400,
    'A distributor cannot have customers of its own.',
    'Create the customer for a reseller: name it in indirect_partner_id.',
  ],
  'CBC.50010085': [
    400,
    "No customer can be associated: the partner's account is restricted.",
    'Settle what the partner account is restricted for in Partner Center.',
  ],
  'CBC.50010086': [
    400,
    "No customer can be associated: the account of the reseller's distributor is restricted.",
    'Ask the distributor.',
  ],
  'CBC.50010120': [400, 'There are no credits granted for the partner.', 'Ask Huawei for credits.'],
  'CBC.70600026': [400, "Huawei cannot review the information about the customer's real name."],
  'CBC.99000000': [
    400,
    'You may not act on this customer.',
    'Check the customer_id: the customer must be associated with you.',
  ],
  'CBC.99000004': [
    400,
    'The customer could not authorize the partner.',
    'Associate the customer again from Partner Center.',
  ],
  'CBC.99000026': [400, 'The verification code is wrong.', 'Enter it again.'],
  'CBC.99000027': [400, 'The verification code ran out.', 'Ask for a new one.'],
  'CBC.99000028': [
    400,
    'The e-mail address is taken.',
    'Offer another address, or let the customer bind the account they have.',
  ],
  'CBC.99000031': [400, 'Invalid account name.', 'Keep to the rules of domain_name.'],
  'CBC.99000032': [400, 'Invalid e-mail address.'],
  'CBC.99000034': [
    400,
    'Customers of this country cannot register.',
    'See which countries the partner may serve.',
  ],
  'CBC.99000035': [
    400,
    'The customer is not associated with you.',
    'Look the customer up with queryCustomers, or associate them first.',
  ],
  'CBC.99000036': [400, 'Invalid password.', 'Keep to the rules of password.'],
  'CBC.99000037': [
    400,
    'You may not act on this reseller.',
    'Check indirect_partner_id with queryResellers.',
  ],
  'CBC.99000038': [
    400,
    'The account name is taken.',
    'Offer another name; checkIdentity tells which are free.',
  ],
  'CBC.99000039': [
    400,
    'The xaccount_id is taken.',
    'Look the customer up with queryCustomers: they have an account already.',
  ],
  'CBC.99000046': [
    400,
    "The customer's budget is insufficient.",
    'Raise the budget with setBudget.',
  ],
  'CBC.99000049': [400, 'A customer of the reseller model has no balance of their own.'],
  'CBC.99000051': [
    400,
    'Huawei has registered the e-mail address or mobile number in advance.',
    'Offer another address, or none.',
  ],
  'CBC.99000055': [400, 'The referral model is not supported.'],
  'CBC.99000082': [400, 'Too many verification codes were asked for.', 'Wait an hour.'],
  'CBC.99000088': [
    400,
    'The order is being paid.',
    'Do not pay again; look at the order with showOrder.',
  ],
  'CBC.99000089': [
    400,
    'A part of a combined order cannot be handled by itself.',
    'Name all orders of the combined order.',
  ],
  'CBC.99000092': [
    400,
    'The number or type of periods is wrong.',
    'Ask for a number of periods that is offered.',
  ],
  'CBC.99000099': [
    400,
    'A picture for the verification of the real name is too large.',
    'Make it 10 MB at most.',
  ],
  'CBC.99003004': [
    400,
    'The resource has dependencies.',
    'Deal with the resources that depend on it first.',
  ],
  'CBC.99003012': [
    400,
    'The resource id does not exist.',
    'Look the resource up with queryPeriodResources.',
  ],
  'CBC.99003016': [
    400,
    'The resource does not exist, or expired and was deleted.',
    'Look the resource up with queryPeriodResources.',
  ],
  'CBC.99003100': [
    400,
    'The resource is part of an order that is to be paid.',
    'Pay or cancel the order first.',
  ],
  'CBC.99003106': [
    400,
    'The status of the order has changed; it cannot be paid.',
    'Look at the order with showOrder.',
  ],
  'CBC.99003108': [400, 'The discount cannot be used.', 'Choose another discount.'],
  'CBC.99003110': [400, 'The order was not paid in time.', 'Order again.'],
  'CBC.99003112': [
    400,
    'The coupon or stored-value card has been used.',
    'Choose another coupon with listCoupons.',
  ],
  'CBC.99003115': [
    400,
    'An error occurred.',
    'Read what was asked to see whether it was done; then try again.',
  ],
  'CBC.99003116': [
    400,
    'The coupon cannot be used together with the discount.',
    'Choose one of them.',
  ],
  'CBC.99003117': [
    400,
    'The discount is less than the minimum discount rate of the coupon.',
    'Choose another discount or another coupon.',
  ],
  'CBC.99003124': [400, 'The resources have been unsubscribed from.'],
  'CBC.99003128': [
    400,
    'There is no renewal that could be undone: none was made, or it has begun.',
  ],
  'CBC.99003141': [
    400,
    "The cloud service's quota or capacity is insufficient, or the specifications changed.",
    'Choose another specification, or ask the cloud service for more quota.',
  ],
  'CBC.99003144': [
    400,
    'Orders for the resource are in progress.',
    'Wait until the orders are done.',
  ],
  'CBC.99003147': [
    400,
    'Discounts and cash coupons cannot be used together.',
    'Choose one of them.',
  ],
  'CBC.99003151': [
    400,
    'This discount cannot be used together with other discounts.',
    'Choose one of them.',
  ],
  'CBC.99003154': [
    400,
    'The time that is left and the renewal together are too long.',
    'Renew for a shorter time.',
  ],
  'CBC.99003155': [
    400,
    "The enterprise project's fund quota is insufficient, or the project is invalid.",
    'Raise the quota of the enterprise project.',
  ],
  'CBC.99003156': [
    400,
    'Coupons for KooGallery products and dedicated coupons cannot be used together.',
    'Choose one of them.',
  ],
  'CBC.99003162': [400, 'The payment must come before the time from which the order takes effect.'],
  'CBC.99003185': [
    400,
    'The cloud service can only be unsubscribed from as a whole.',
    'Unsubscribe from all its resources at once.',
  ],
  'CBC.99003198': [
    400,
    "The organization's budget is insufficient.",
    "Raise the organization's budget.",
  ],
  'CBC.99003602': [400, 'Expired or frozen resources cannot be renewed automatically.'],
  'CBC.99003605': [400, 'Automatic renewal is turned off already.'],
  'CBC.99003609': [400, 'A product of this type cannot be changed to pay-per-use.'],
  'CBC.99003611': [400, 'A pay-per-use package cannot be changed to pay-per-use.'],
  'CBC.99003622': [400, 'A solution cannot be changed to pay-per-use.'],
  'CBC.99003623': [
    400,
    'The resource is part of a transaction; it cannot be changed to pay-per-use.',
    'Wait until the transaction ends.',
  ],
  'CBC.99003624': [
    400,
    'The resource is frozen for security; it cannot be changed to pay-per-use.',
  ],
  'CBC.99003626': [
    400,
    'The account is frozen; its resources cannot be changed to pay-per-use.',
    'Unfreeze it first.',
  ],
  'CBC.99003631': [
    400,
    'A resource that was unsubscribed from, deleted or released cannot be renewed.',
  ],
  'CBC.99003634': [
    400,
    'The resources of a discount package are renewed as a whole and by themselves.',
    'Renew the package by itself, with all its resources.',
  ],
  'CBC.99003638': [400, 'A bandwidth add-on package cannot be renewed.'],
  'CBC.99003643': [400, 'A cloud service that was invoiced cannot be unsubscribed from.'],
  'CBC.99003645': [400, 'A cloud service of this type cannot be unsubscribed from.'],
  'CBC.99003647': [400, 'This pay-per-use package cannot be unsubscribed from.'],
  'CBC.99003649': [400, 'A cloud service on trial cannot be unsubscribed from.'],
  'CBC.99003650': [400, 'This service of the KooGallery cannot be unsubscribed from.'],
  'CBC.99003651': [
    400,
    'Another operation on this instance is in progress.',
    'Wait until it ends.',
  ],
  'CBC.99003652': [400, 'A DevCloud package cannot be unsubscribed from.'],
  'CBC.99003654': [400, 'The renewal has a bandwidth add-on package; it cannot be undone.'],
  'CBC.99003656': [400, 'The resource is frozen.', 'Unfreeze it first.'],
  'CBC.99004001': [400, 'The template does not exist.'],
  'CBC.99004002': [400, 'The verification code could not be made.', 'Try again in a minute.'],
  'CBC.99004003': [
    400,
    'The verification code was made, but could not be sent.',
    'Try again in a minute.',
  ],
  'CBC.99004004': [400, 'The e-mail address is empty or invalid.'],
  'CBC.99004005': [400, 'The mobile number is empty or invalid.'],
  'CBC.99004008': [400, 'Invalid verification code.', 'Ask for a new one.'],
  'CBC.99004009': [
    400,
    'The verification code was entered wrongly more than three times.',
    'Ask for a new one.',
  ],
  'CBC.99004010': [400, 'The verification code is wrong.', 'Enter it again, three times at most.'],
  'CBC.99004015': [
    400,
    'The address got 15 codes in an hour or 60 in a day.',
    'Wait an hour, or a day.',
  ],
  'CBC.99005003': [
    400,
    'The balance is insufficient.',
    'Top up, or raise the budget with setBudget.',
  ],
  'CBC.99005010': [
    400,
    'An order of this status cannot be cancelled.',
    'Look at the order with showOrder.',
  ],
  'CBC.99005024': [
    400,
    "The operation does not suit the customer's type of association.",
    'See association_type in queryCustomers: only customers of the reseller model can be managed.',
  ],
  'CBC.99005026': [400, 'The order is neither a downgrade nor an unsubscription.'],
  'CBC.99005030': [
    400,
    "The partner's real name or the OBS bucket is not verified.",
    'Verify the bucket in Partner Center.',
  ],
  'CBC.99005035': [
    400,
    'A sandbox account cannot use this operation.',
    'Use a commercial partner account.',
  ],
  'CBC.99005036': [400, 'The customer does not allow payment by API.'],
  'CBC.99005042': [
    400,
    'The resource does not exist or cannot be unsubscribed from.',
    'Look the resource up with queryPeriodResources.',
  ],
  'CBC.99006006': [
    400,
    'The product does not exist.',
    'Check service type, resource type, specification and region.',
  ],
  'CBC.99006016': [400, 'The coupon could not be looked up.', 'Try again in a minute.'],
  'CBC.99006017': [400, 'The customer could not be looked up.', 'Try again in a minute.'],
  'CBC.99006024': [400, 'The product could not be looked up.', 'Try again in a minute.'],
  'CBC.99006050': [
    400,
    'The unit does not suit the usage.',
    'Choose usage_measure_id with listMeasureUnits.',
  ],
  'CBC.99006055': [
    400,
    'The amount that was worked out is too large.',
    'Ask for a smaller number, size or usage.',
  ],
  'CBC.99006066': [400, 'The price could not be worked out.', 'Try again in a minute.'],
  'CBC.99006073': [
    400,
    'The project does not exist.',
    'Check project_id: it must be a project of the customer in the region.',
  ],
  'CBC.99006074': [
    400,
    'The billing item does not exist.',
    'Choose usage_factor with listUsageTypes.',
  ],
  'CBC.99006093': [400, 'The tax rate could not be looked up.', 'Try again in a minute.'],
  'CBC.99007188': [400, 'The real name is verified, or under review.'],
  'CBC.99007189': [400, 'Too many accounts were verified with this identity card.'],
  'CBC.99007191': [400, "The customer's real name was sent for verification too often."],
  'CBC.99007193': [400, 'The identity card is invalid.'],
  'CBC.99007253': [400, 'The picture of the identity card is invalid or blurred.'],
  'CBC.99007256': [400, 'The data of the legal entity is wrong.'],
  'CBC.99007257': [400, 'The data of the enterprise is wrong.'],
  'CBC.99007261': [400, 'Cards of this bank are not supported.', 'Use the card of another bank.'],
  'CBC.99007265': [400, 'Other errors.'],
  'CBC.99007267': [
    400,
    'The account is being associated with a master account; its real name cannot be verified.',
  ],
  'CBC.99008040': [400, 'Too many attempts.', 'Wait before you try again.'],
  'CBC.99008056': [400, "The day's limit of transactions has been reached.", 'Try again tomorrow.'],
  'CBC.0154': [
    401,
    'Invalid or expired token.',
    'Get a new token; the client does so by itself, once.',
  ],
  'CBC.0150': [
    403,
    'Invalid operation.',
    'Check that the operation suits the account: its site, its role and its association.',
  ],
  'CBC.0151': [
    403,
    'Access denied.',
    "Give the IAM user or the agency the operation's permission, or call with the credentials it asks for.",
  ],
  'CBC.0155': [
    403,
    'The request is valid, but Huawei refuses to answer it.',
    'Check that the credentials are those of the account the operation is for, and that it is not restricted.',
  ],
  'CBC.0156': [
    403,
    'Access denied: the customer belongs to another site of Huawei Cloud.',
    'Call the site of Huawei Cloud with which the customer registered.',
  ],
  'CBC.0250': [
    429,
    'Too many calls in a second.',
    'Wait as long as Retry-After says, or a minute.',
  ],
  'CBC.0999': [
    500,
    'Other errors.',
    'Read what was asked to see whether it was done; then try again in a minute, or ask Huawei with the request id.',
  ],
  'CBC.4001': [500, 'The template does not exist.'],
  'CBC.4002': [500, 'The verification code could not be made.', 'Try again in a minute.'],
  'CBC.4003': [
    500,
    'The verification code was made, but could not be sent.',
    'Try again in a minute.',
  ],
  'CBC.4004': [500, 'The e-mail address is empty.'],
  'CBC.4005': [500, 'The mobile number is empty or invalid.'],
  'CBC.4006': [500, 'The mobile number could not be verified.'],
  'CBC.4007': [500, 'The e-mail address could not be verified.'],
  'CBC.4008': [500, 'Invalid verification code.', 'Ask for a new one.'],
  'CBC.4009': [
    500,
    'The verification code was entered wrongly more than three times.',
    'Ask for a new one.',
  ],
  'CBC.4015': [500, 'Too many verification codes were sent.', 'Wait an hour, or a day.'],
  'CBC.5012': [
    500,
    'The account name is taken.',
    'Offer another name; checkIdentity tells which are free.',
  ],
  'CBC.5013': [
    500,
    'The e-mail address is taken.',
    'Offer another address, or let the customer bind the account they have.',
  ],
  'CBC.5014': [500, 'The mobile number is taken.'],
  'CBC.5015': [500, 'Invalid account name.', 'Keep to the rules of domain_name.'],
  'CBC.5016': [500, 'Invalid e-mail address.'],
  'CBC.5018': [
    500,
    'The xaccount_id is taken.',
    'Look the customer up with queryCustomers: they have an account already.',
  ],
  'CBC.5019': [500, 'The number of customers exceeds the licence.'],
  'CBC.5025': [
    500,
    'The customer could not authorize the partner.',
    'Associate the customer again from Partner Center.',
  ],
  'CBC.7001': [
    500,
    'No money can be given to an account that is not associated with the primary account.',
  ],
  'CBC.7004': [500, 'The operation does not pass a check of the service.'],
  'CBC.7181': [500, 'The validity of the credit limit has ended.'],
  'CBC.7189': [500, 'Too many accounts were verified with this identity card.'],
  'CBC.7193': [500, 'The identity card is invalid.'],
  'CBC.7228': [500, 'Invalid password.', 'Keep to the rules of password.'],
  'CBC.99000050': [
    500,
    'The account exists; whether it is associated was not known in time.',
    'Do not create again: the answer has the domain_id, and queryCustomers tells of the association.',
  ],
} as const satisfies Readonly<Record<string, Entry>>

/** A code of §11.9 that is printed whole. */
export type KnownCode = keyof typeof CODES

/** A code, with what an operation documents differently. */
type Differing = { readonly code: KnownCode } & Partial<RemoteError>

/** The errors of one row: codes by themselves, or with another status, meaning or remedy. */
export function errors(...codes: readonly (KnownCode | Differing)[]): readonly RemoteError[] {
  return codes.map((given) => {
    const { code, ...differing } = typeof given === 'string' ? { code: given } : given
    return { ...known(code), ...differing, code }
  })
}

function known(code: KnownCode): Omit<RemoteError, 'code'> {
  const [http, meaning, remedy]: Entry = CODES[code]
  return remedy === undefined ? { http, meaning } : { http, meaning, remedy }
}
