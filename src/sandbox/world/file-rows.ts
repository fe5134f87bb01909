// Entries of the book as rows of the subscribed files. Amounts are written with every digit, so that a
// file adds up to what the queries about bills and budgets say.

import { Big } from 'big.js'
import { guarded } from './archive.ts'
import { type Entry, isRefund } from './book.ts'
import type { BillRow, FileLanguage, UsageRow } from './file-columns.ts'
import { describeProduct, getProduct, HOME_REGION, PARTNER_RATIO, REGIONS } from './price-list.ts'
import { HOUR, resourceTypeName, serviceName } from './products.ts'
import { projectOf } from './resource-info.ts'
import { addHours, toSecond } from './time.ts'

/** Whose name stands in a bill. */
export type Owner = { readonly domainName: string }

/** A row of customerUsageV2_….csv. */
export function usageRow(entry: Entry, language: FileLanguage): UsageRow {
  const { product, size, resourceId } = subjectOf(entry)
  const time = fileTime(entry.at, language)
  return {
    'Billing Cycle': entry.month,
    'Customer ID': entry.customerId,
    'Transaction Time': time,
    'Billing Mode': entry.kind === 'use' ? '3' : '1',
    'Bill Type': usageBillType(entry),
    'Resource ID': resourceId,
    'Resource Name': guarded(entry.kind === 'use' ? entry.usage.server.name : ''),
    'Service Type Code': product.service,
    'Resource Type Code': product.resourceType,
    'Product ID': product.productId,
    'Product Name': product.name,
    Specifications: describeProduct(product, size),
    'Region Code': HOME_REGION,
    'Project ID': projectOf(entry.customerId),
    'Usage Type': 'Duration',
    'Expenditure Amount': entry.listAmount.toFixed(),
    'Product Type Name': serviceName(product.service),
    'Resource Type Name': resourceTypeName(product.resourceType),
    'Expenditure Time': time,
    ...orderCells(entry),
    ...useCells(entry),
  }
}

/** A row of customerBill_….csv. */
export function billRow(entry: Entry, owner: Owner): BillRow {
  const { product, size, resourceId } = subjectOf(entry)
  const order = entry.kind === 'order' ? entry.order.orderId : ''
  const { Usage = '', 'Usage Unit': unit = '', ...used } = useCells(entry)
  const due = entry.due.toFixed()
  return {
    'Customer ID': entry.customerId,
    'Product ID': product.productId,
    'Product type code': product.service,
    'Resource type code': product.resourceType,
    'Cloud service region code': HOME_REGION,
    'Billing mode': entry.kind === 'use' ? '1' : '0',
    'Official website price': entry.listAmount.toFixed(),
    'Fee generation time': entry.month,
    'Order ID': order,
    Usage,
    'Usage Unit': unit,
    'Cash coupon amount': entry.coupon.toFixed(),
    'Flexi-purchase coupon amount': '0',
    'Stored-value card amount': '0',
    'Settlement product type': '0',
    'Partner preference ratio': PARTNER_RATIO.toFixed(),
    Currency: 'USD',
    'Billing cycle': entry.month,
    'Customer account': owner.domainName,
    'Product name': product.name,
    'Product type name': serviceName(product.service),
    'Resource type name': resourceTypeName(product.resourceType),
    'Cloud service region name': REGIONS[HOME_REGION] ?? HOME_REGION,
    'Reserved Instance Usage': '0',
    'Bill Type': isRefund(entry) ? '1' : '0',
    BizID: entry.kind === 'order' ? order : resourceId,
    BizItemID: entry.kind === 'order' ? entry.line.lineId : `${resourceId}-${entry.usage.day}`,
    'Amount After Coupons': entry.amount.minus(entry.coupon).toFixed(),
    'Amount Due': due,
    Specifications: describeProduct(product, size),
    'Billing item': 'Duration',
    Payment: due,
    'Partner cash coupon amount': '0',
    'Whether to Refund Coupons': 'N',
    'Cash Payment': due,
    'Tax Amount': '0',
    'Billing Item Name': 'Duration',
    'Partner Preferential Type': '0',
    'Package Usage': '0',
    ...used,
  }
}

function subjectOf(entry: Entry) {
  const {
    productId,
    size,
    resourceId = '',
  } = entry.kind === 'use' ? entry.usage.server : entry.line
  return { product: getProduct(productId), size, resourceId }
}

// Huawei's numbers: 1 purchase, 2 renewal, 4 unsubscription, 5 use.
function usageBillType(entry: Entry): string {
  return entry.kind === 'use' ? '5' : String(entry.order.type)
}

function orderCells(entry: Entry): UsageRow {
  if (entry.kind === 'use') return {}
  const { order, line } = entry
  return {
    'Order ID/ Transaction ID': order.orderId,
    'Order Type': String(order.type),
    'Period Number': line.periodNum === undefined ? '' : String(line.periodNum),
    'Period Type': String(line.periodType),
  }
}

// The headings that both files share; the unit of a package is written only where it was used.
function useCells(entry: Entry) {
  if (entry.kind === 'order') return {}
  const { billedHours, hours, server } = entry.usage
  const product = getProduct(server.productId)
  const fromPackage = hours - billedHours
  return {
    Usage: String(billedHours),
    'Usage Unit': String(HOUR),
    'Package Usage': String(fromPackage),
    'Unit (Package Usage)': fromPackage === 0 ? '' : String(HOUR),
    'Unit Price': new Big(product.perHour ?? 0).toFixed(),
    Unit: product.sizeMeasure === undefined ? 'USD/Hour' : 'USD/GB/Hour',
  }
}

const BEIJING_HOURS = 8

function fileTime(at: Date, language: FileLanguage): string {
  const shown = language === 'chinese' ? addHours(at, BEIJING_HOURS) : at
  return toSecond(shown).replace('T', ' ').replace('Z', '')
}
