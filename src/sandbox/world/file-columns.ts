// THE table of the columns of both subscribed files, in the order in which they stand, by their English
// headings as Huawei documents them. Its Chinese headings are documented nowhere: these are ours.

/** The heading of a column in English and in Chinese. */
type Heading = readonly [english: string, chinese: string]

/** Of customerUsageV2_….csv. */
export const USAGE_COLUMNS = [
  ['Billing Cycle', '账期'],
  ['Customer ID', '客户ID'],
  ['Transaction Time', '交易时间'],
  ['Billing Mode', '计费模式'],
  ['Bill Type', '账单类型'],
  ['Resource ID', '资源ID'],
  ['Resource Name', '资源名称'],
  ['Resource Tag', '资源标签'],
  ['Service Type Code', '云服务类型编码'],
  ['Resource Type Code', '资源类型编码'],
  ['Product ID', '产品ID'],
  ['Product Name', '产品名称'],
  ['Specifications', '产品规格'],
  ['Region Code', '云服务区编码'],
  ['Project ID', '项目ID'],
  ['Order ID/ Transaction ID', '订单ID/交易ID'],
  ['Order Type', '订单类型'],
  ['Period Number', '周期数量'],
  ['Period Type', '周期类型'],
  ['Usage Type', '使用量类型'],
  ['Usage', '使用量'],
  ['Usage Unit', '使用量单位'],
  ['Package Usage', '套餐内使用量'],
  ['Unit (Package Usage)', '套餐内使用量单位'],
  ['Reserved Instance Usage', '预留实例使用量'],
  ['Unit (Reserved Instance Usage)', '预留实例使用量单位'],
  ['Expenditure Amount', '消费金额'],
  ['Unit Price', '单价'],
  ['Unit', '单价单位'],
  ['Combined Order No', '组合订单号'],
  ['Product Type Name', '产品类型名称'],
  ['Resource Type Name', '资源类型名称'],
  ['Expenditure Time', '消费时间'],
] as const satisfies readonly Heading[]

/** Of customerBill_….csv. */
export const BILL_COLUMNS = [
  ['Customer ID', '客户ID'],
  ['Product ID', '产品ID'],
  ['Product type code', '产品类型编码'],
  ['Resource type code', '资源类型编码'],
  ['Cloud service region code', '云服务区编码'],
  ['Billing mode', '计费模式'],
  ['Official website price', '官网价'],
  ['Fee generation time', '费用生成时间'],
  ['Order ID', '订单ID'],
  ['Usage', '使用量'],
  ['Usage Unit', '使用量单位'],
  ['Whether a spot ECS', '是否竞价实例'],
  ['Cash coupon amount', '现金券金额'],
  ['Flexi-purchase coupon amount', '代金券金额'],
  ['Stored-value card amount', '储值卡金额'],
  ['Settlement product type', '结算产品类型'],
  ['Partner preference ratio', '伙伴优惠比例'],
  ['Currency', '币种'],
  ['Billing cycle', '账期'],
  ['Customer account', '客户账号'],
  ['Customer name', '客户名称'],
  ['Product name', '产品名称'],
  ['Product type name', '产品类型名称'],
  ['Resource type name', '资源类型名称'],
  ['Cloud service region name', '云服务区名称'],
  ['Package Usage', '套餐内使用量'],
  ['Unit (Package Usage)', '套餐内使用量单位'],
  ['Reserved Instance Usage', '预留实例使用量'],
  ['Unit(Reserved Instance Usage)', '预留实例使用量单位'],
  ['Bill Type', '账单类型'],
  ['BizID', '业务ID'],
  ['BizItemID', '业务明细ID'],
  ['Amount After Coupons', '券后金额'],
  ['Amount Due', '应付金额'],
  ['Specifications', '产品规格'],
  ['Billing item', '计费项'],
  ['Unit Price', '单价'],
  ['Unit', '单价单位'],
  ['Payment', '结算金额'],
  ['Partner cash coupon amount', '伙伴现金券金额'],
  ['Whether to Refund Coupons', '是否退券'],
  ['Cash Payment', '现金支付金额'],
  ['Tax Amount', '税额'],
  ['Billing Item Name', '计费项名称'],
  ['Partner Preferential Type', '伙伴优惠类型'],
  ['Combined Order No.', '组合订单号'],
] as const satisfies readonly Heading[]

/** A row of usage by its English headings; what is absent is an empty cell. */
export type UsageRow = Readonly<Partial<Record<(typeof USAGE_COLUMNS)[number][0], string>>>
/** A row of a bill, likewise. */
export type BillRow = Readonly<Partial<Record<(typeof BILL_COLUMNS)[number][0], string>>>

/** In which language Partner Center writes a file; a Chinese one has its times in GMT+8. */
export type FileLanguage = 'english' | 'chinese'
