// The part of docs/sandbox.md about the commercial world: what every customer begins with, how orders
// are placed, where the subscribed files are, and what everything costs.

import { BUCKETS } from '../../src/sandbox/world/bucket.ts'
import { CONSUMPTION_QUOTA, STARTING_BUDGET } from '../../src/sandbox/world/funds.ts'
import { CUSTOMER_DISCOUNT, PARTNER_RATIO, PRODUCTS } from '../../src/sandbox/world/price-list.ts'
import { code, table } from './markdown.ts'

const [ENGLISH = '', CHINESE = ''] = Object.keys(BUCKETS)
const percent = (share: { times: (by: number) => { toFixed: () => string } }) =>
  `${share.times(100).toFixed()} %`

const TEXT = `
## Orders, usage and bills

Every customer begins with a budget of ${STARTING_BUDGET.amount} USD a month, a cash coupon of 20 USD, a server bought for a
month ten days ago, a package of 500 server hours of yesterday, and a server that has been paid per
use for 40 days, so that every query has something to show. From then on the clock works: full hours
cost their price unless a package pays, resources end, renew themselves or go on per use, orders that
nobody pays within a week are cancelled.

- A customer orders at \`/sandbox/orders\`, or by
  \`curl -d customer=ID -d product=00301-238595-0--0 -d period=month -d periods=1 -d number=1 http://127.0.0.1:4000/sandbox/orders\`;
  the redirect names the order. \`payOrder\` pays it, as the customer.
- An order costs what \`queryPeriodPrices\` says, and ${percent(CUSTOMER_DISCOUNT.share)} less with the discount \`${CUSTOMER_DISCOUNT.id}\` (type 3).
  The coupon does not go together with it.
- Beyond the customer's budget a payment is refused with CBC.99000046; beyond the ${CONSUMPTION_QUOTA} USD a month
  of all customers together with CBC.99005003.
- What is given back refunds the time that has not passed, less a tenth; nothing is kept in the first
  five days. What a coupon paid is not refunded.
- Budget, monthly bill and both files are sums of the same records. The partner owes Huawei the list
  price less ${percent(PARTNER_RATIO)}. \`listMonthlyBills\` also answers for the month that runs.

The subscribed files are in the bucket \`${ENGLISH}\`, their Chinese twins in \`${CHINESE}\`, at
\`http://127.0.0.1:4000/${ENGLISH}/\`: files of usage of the last seven days (from noon in Beijing),
bills from the fifth day of the next month. Requests are signed with the partner's access key, as for
OBS. What is put under \`download/\` can be read until the sandbox stops.
`

/** The lines of this part. */
export function worldPart(): readonly string[] {
  const rows = PRODUCTS.map(({ productId, name, spec, sizeMeasure, ...prices }) => [
    code(productId),
    name,
    code(spec),
    prices.perMonth ?? '',
    prices.perHour ?? (prices.perGb === undefined ? '' : `${prices.perGb} a GB`),
    sizeMeasure === undefined ? '' : { 15: 'Mbit/s', 17: 'GB' }[sizeMeasure],
  ])
  const head = ['Product', 'Name', 'Specification', 'USD a month', 'USD an hour', 'For each']
  return [TEXT, ...table(head, rows)]
}
