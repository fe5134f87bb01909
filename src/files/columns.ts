// THE table of columns of both subscribed files, in both languages of Partner Center. A heading that
// Huawei changes or adds is a row here; one that is not here is kept with the row under its own text.

import type { Subscription } from '../store/file-records.ts'

/** One column, by any of its headings. */
export type Column = {
  readonly name: string
  /** As Huawei's documents write it, and as its example does where that differs. */
  readonly english: readonly string[]
  readonly chinese: readonly string[]
  /** A text unless it is said otherwise. */
  readonly kind?: 'decimal' | 'time' | 'yes-no'
  /** Without it a row cannot be added up. */
  readonly isNeeded?: true
}

type Row = readonly [
  name: string,
  english: string | readonly string[],
  chinese: string | readonly string[],
  more?: Pick<Column, 'kind' | 'isNeeded'>,
]

const NEEDED = { isNeeded: true } as const
const DECIMAL = { kind: 'decimal' } as const
const TIME = { kind: 'time' } as const

/** "Querying Customer Resource Usage", File fields. */
const USAGE: readonly Row[] = [
  ['billingCycle', 'Billing Cycle', ['账期', '消费账期']],
  ['customerId', 'Customer ID', ['客户ID', '客户账号ID'], NEEDED],
  ['transactionTime', 'Transaction Time', ['交易时间'], TIME],
  ['billingMode', 'Billing Mode', ['计费模式']],
  ['billType', 'Bill Type', ['账单类型'], NEEDED],
  ['resourceId', 'Resource ID', ['资源ID', '资源实例ID']],
  ['resourceName', 'Resource Name', ['资源名称']],
  ['resourceTag', 'Resource Tag', ['资源标签']],
  ['serviceType', 'Service Type Code', ['云服务类型编码', '产品类型编码'], NEEDED],
  ['resourceType', 'Resource Type Code', ['资源类型编码']],
  ['productId', 'Product ID', ['产品ID']],
  ['productName', 'Product Name', ['产品名称']],
  ['specifications', 'Specifications', ['产品规格', '规格']],
  ['region', 'Region Code', ['云服务区编码', '区域编码'], NEEDED],
  ['projectId', 'Project ID', ['项目ID']],
  ['orderId', 'Order ID/ Transaction ID', ['订单ID/交易ID', '订单号/交易ID']],
  ['orderType', 'Order Type', ['订单类型']],
  ['periodNumber', 'Period Number', ['周期数量', '订购周期数']],
  ['periodType', 'Period Type', ['周期类型', '订购周期类型']],
  ['usageType', 'Usage Type', ['使用量类型']],
  ['usage', 'Usage', ['使用量'], DECIMAL],
  ['usageUnit', 'Usage Unit', ['使用量单位']],
  ['packageUsage', 'Package Usage', ['套餐内使用量'], DECIMAL],
  ['packageUsageUnit', 'Unit (Package Usage)', ['套餐内使用量单位', '单位(套餐内使用量)']],
  ['reservedUsage', 'Reserved Instance Usage', ['预留实例使用量'], DECIMAL],
  [
    'reservedUsageUnit',
    'Unit (Reserved Instance Usage)',
    ['预留实例使用量单位', '单位(预留实例使用量)'],
  ],
  ['amount', 'Expenditure Amount', ['消费金额'], { ...DECIMAL, ...NEEDED }],
  ['unitPrice', 'Unit Price', ['单价'], DECIMAL],
  ['unit', 'Unit', ['单价单位', '单位']],
  ['combinedOrderId', ['Combined Order No', 'Combined Order No.'], ['组合订单号', '合并订单号']],
  ['productTypeName', 'Product Type Name', ['产品类型名称', '云服务类型名称']],
  ['resourceTypeName', 'Resource Type Name', ['资源类型名称']],
  ['expenditureTime', 'Expenditure Time', ['消费时间'], TIME],
]

/** "Querying Bill Details of Monthly Expenditures", File Fields. */
const BILL: readonly Row[] = [
  ['customerId', 'Customer ID', ['客户ID', '客户账号ID'], NEEDED],
  ['productId', 'Product ID', ['产品ID']],
  ['serviceType', 'Product type code', ['产品类型编码', '云服务类型编码'], NEEDED],
  ['resourceType', 'Resource type code', ['资源类型编码']],
  ['region', 'Cloud service region code', ['云服务区编码', '区域编码'], NEEDED],
  ['billingMode', 'Billing mode', ['计费模式']],
  ['listAmount', 'Official website price', ['官网价'], { ...DECIMAL, ...NEEDED }],
  // A month in the documents: the format is YYYY-MM.
  ['feeTime', 'Fee generation time', ['费用生成时间', '费用产生时间']],
  ['orderId', 'Order ID', ['订单ID', '订单号']],
  ['usage', 'Usage', ['使用量'], DECIMAL],
  ['usageUnit', 'Usage Unit', ['使用量单位']],
  ['isSpot', 'Whether a spot ECS', ['是否竞价实例']],
  ['cashCoupon', 'Cash coupon amount', ['现金券金额'], DECIMAL],
  ['flexiCoupon', 'Flexi-purchase coupon amount', ['代金券金额'], DECIMAL],
  ['storedValueCard', 'Stored-value card amount', ['储值卡金额'], DECIMAL],
  ['settlementType', 'Settlement product type', ['结算产品类型']],
  ['preferenceRatio', 'Partner preference ratio', ['伙伴优惠比例', '伙伴折扣率'], DECIMAL],
  ['currency', 'Currency', ['币种']],
  ['billingCycle', 'Billing cycle', ['账期']],
  ['customerAccount', 'Customer account', ['客户账号']],
  ['customerName', 'Customer name', ['客户名称']],
  ['productName', 'Product name', ['产品名称']],
  ['productTypeName', 'Product type name', ['产品类型名称', '云服务类型名称']],
  ['resourceTypeName', 'Resource type name', ['资源类型名称']],
  ['regionName', 'Cloud service region name', ['云服务区名称', '区域名称']],
  ['packageUsage', 'Package Usage', ['套餐内使用量'], DECIMAL],
  ['packageUsageUnit', 'Unit (Package Usage)', ['套餐内使用量单位', '单位(套餐内使用量)']],
  ['reservedUsage', 'Reserved Instance Usage', ['预留实例使用量'], DECIMAL],
  [
    'reservedUsageUnit',
    'Unit(Reserved Instance Usage)',
    ['预留实例使用量单位', '单位(预留实例使用量)'],
  ],
  ['billType', 'Bill Type', ['账单类型'], NEEDED],
  ['bizId', 'BizID', ['业务ID']],
  ['bizItemId', 'BizItemID', ['业务明细ID', '业务项ID']],
  ['amountAfterCoupons', 'Amount After Coupons', ['券后金额'], DECIMAL],
  ['amount', 'Amount Due', ['应付金额'], { ...DECIMAL, ...NEEDED }],
  ['specifications', 'Specifications', ['产品规格', '规格']],
  ['billingItem', 'Billing item', ['计费项']],
  ['unitPrice', 'Unit Price', ['单价'], DECIMAL],
  ['unit', 'Unit', ['单价单位', '单位']],
  ['payment', 'Payment', ['结算金额'], DECIMAL],
  ['partnerCoupon', 'Partner cash coupon amount', ['伙伴现金券金额'], DECIMAL],
  ['refundsCoupons', 'Whether to Refund Coupons', ['是否退券', '是否返券'], { kind: 'yes-no' }],
  ['cashPayment', 'Cash Payment', ['现金支付金额', '现金支付'], DECIMAL],
  ['taxAmount', 'Tax Amount', ['税额', '税金'], DECIMAL],
  ['billingItemName', 'Billing Item Name', ['计费项名称']],
  ['preferentialType', 'Partner Preferential Type', ['伙伴优惠类型']],
  ['combinedOrderId', ['Combined Order No', 'Combined Order No.'], ['组合订单号', '合并订单号']],
]

export const COLUMNS: Readonly<Record<Subscription, readonly Column[]>> = {
  customerUsage: USAGE.map(toColumn),
  customerBill: BILL.map(toColumn),
}

function toColumn([name, english, chinese, more]: Row): Column {
  return { name, english: [english].flat(), chinese: [chinese].flat(), ...more }
}
