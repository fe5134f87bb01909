// The cash coupons that the sandbox grants, and what payments have left of them.

import { Big } from 'big.js'
import { SANDBOX } from '../../base/sandbox-names.ts'
import type { ApiCall, Behaviours, InputOf } from '../api/behaviour.ts'
import type { ApiAnswer } from '../api-answer.ts'
import { done, fits, isWithin, pageOf, visible, worldOf } from './answers.ts'
import type { Coupon } from './state.ts'

/** The behaviours of the group "Managing Coupons". */
export const coupons: Behaviours<'listCoupons'> = { listCoupons }

const PLAN = 'sandbox-welcome'
const CASH_COUPON = 1

// payOrder holds to these.
const LIMITS = [
  { limit_key: 'simultaneousUseWithEmpowerDiscount', value1: '0' },
  { limit_key: 'usageTimes', value1: '0' },
] as const

function listCoupons(input: InputOf<'listCoupons'>, call: ApiCall): ApiAnswer {
  const active = { begin: input.active_start_time, end: input.active_end_time }
  const found = visible(worldOf(call).coupons, call).filter((coupon) =>
    [
      fits(coupon.couponId, input.coupon_id),
      input.order_id === undefined || coupon.orderIds.some((id) => fits(id, input.order_id)),
      fits(PLAN, input.promotion_plan_id),
      input.coupon_type === undefined || input.coupon_type === CASH_COUPON,
      input.status === undefined || input.status === statusOf(coupon, call.now),
      isWithin(coupon.validFrom, active),
      fits(SANDBOX.partnerId, input.source_id),
    ].every(Boolean),
  )
  const page = pageOf(found, input).map((coupon) => couponInfo(coupon, call.now))
  return done({ count: found.length, user_coupons: page })
}

function statusOf({ balance, expireAt }: Coupon, now: Date): 2 | 3 | 4 {
  if (new Big(balance).eq(0)) return 3
  return new Date(expireAt) <= now ? 4 : 2
}

function couponInfo(coupon: Coupon, now: Date) {
  return {
    coupon_id: coupon.couponId,
    coupon_code: coupon.couponId,
    status: statusOf(coupon, now),
    customer_id: coupon.customerId,
    coupon_type: CASH_COUPON,
    measure_id: 1,
    face_value: new Big(coupon.faceValue),
    valid_time: coupon.validFrom,
    expire_time: coupon.expireAt,
    order_id: coupon.orderIds.join(';'),
    promotion_plan_id: PLAN,
    plan_name: 'Welcome',
    plan_desc: 'A cash coupon for every new customer of the sandbox',
    media_type: 1,
    fetch_method: 3,
    use_limits: LIMITS.map((limit) => ({
      use_limiti_info_id: `${coupon.couponId}-${limit.limit_key}`,
      ...limit,
      value2: '',
      value_unit: '',
      limit_type: '=',
      promotion_plan_id: PLAN,
    })),
    active_time: coupon.validFrom,
    reserve_time: coupon.usedAt ?? null,
    promotion_id: PLAN,
    create_time: coupon.validFrom,
    coupon_version: 2,
    balance: new Big(coupon.balance),
    is_frozen: '0',
    currency: 'USD',
    source_id: SANDBOX.partnerId,
  }
}
