// Subscribed files as Huawei makes them, small ones: rows in, a tar.gz out.

import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import type { Archive } from '../../src/files/archive.ts'
import { readMonthFile } from '../../src/files/file-name.ts'
import type { Subscription } from '../../src/store/file-records.ts'

export const USAGE_FILE = 'customerUsageV2_202610_20261031.tar.gz'
export const BILL_FILE = 'customerBill_202610.tar.gz'

export const USAGE_HEADINGS =
  'Billing Cycle,Customer ID,Transaction Time,Billing Mode,Bill Type,Resource ID,Resource Name,Resource Tag,Service Type Code,Resource Type Code,Product ID,Product Name,Specifications,Region Code,Project ID,Order ID/ Transaction ID,Order Type,Period Number,Period Type,Usage Type,Usage,Usage Unit,Package Usage,Unit (Package Usage),Reserved Instance Usage,Unit (Reserved Instance Usage),Expenditure Amount,Unit Price,Unit,Combined Order No,Product Type Name,Resource Type Name,Expenditure Time'

export const BILL_HEADINGS =
  'Customer ID,Product ID,Product type code,Resource type code,Cloud service region code,Billing mode,Official website price,Fee generation time,Order ID,Usage,Usage Unit,Whether a spot ECS,Cash coupon amount,Flexi-purchase coupon amount,Stored-value card amount,Settlement product type,Partner preference ratio,Currency,Billing cycle,Customer account,Customer name,Product name,Product type name,Resource type name,Cloud service region name,Package Usage,Unit (Package Usage),Reserved Instance Usage,Unit(Reserved Instance Usage),Bill Type,BizID,BizItemID,Amount After Coupons,Amount Due,Specifications,Billing item,Unit Price,Unit,Payment,Partner cash coupon amount,Whether to Refund Coupons,Cash Payment,Tax Amount,Billing Item Name,Partner Preferential Type,Combined Order No'

/** Huawei's own example of a bill: 47 cells under 46 headings. */
export const BILL_EXAMPLE =
  '05876442ca80d5cc0f2dc01c66d6d0c0,00301-25435-0--0,hws.service.type.ebs,hws.resource.type.volume,cn-east-2,0,30.3,Jan-21,CS2008210926C178U,2664000,6,2,0,0,0,11,0.75,USD,Jan-21,xiajing_zs_hff,Ai*******Company,GD3 linear EVS Ondemand,Elastic Volume Service,Volume,CN North-Ulanqab3,0,6,0,6,0,1100886031001,0310015570361001_ONDEMAND,210.1008,147.07056,mon IO| 4056.000000GB,Duration,0.00007,Dollar/GB/Hour,Duration,147.07056,0,N,147.07056,0,Duration,0,BO2023050900011'

export type UsageRow = {
  readonly customer?: string
  readonly service?: string
  readonly region?: string
  readonly amount?: string
  readonly name?: string
  readonly time?: string
}

/** A row of usage under `USAGE_HEADINGS`; what is not given is something usual. */
export function usageRow({
  customer = 'c-1',
  service = 'hws.service.type.ec2',
  region = 'eu-west-101',
  amount = '1.5',
  name = 'server',
  time = '2026-10-03 10:00:00',
}: UsageRow = {}): string {
  return `2026-10,${customer},${time},3,5,r-1,${name},,${service},hws.resource.type.vm,p-1,s2.small.1,1vCPUs,${region},pr-1,,,,,Duration,1,4,,,,,${amount},0.1,USD/hour,,Elastic Cloud Server,Cloud host,${time}`
}

/** A row of a bill under `BILL_HEADINGS`. */
export function billRow(given: {
  readonly customer?: string
  readonly due: string
  readonly list?: string
  readonly type?: string
  readonly tax?: string
}): string {
  const { customer = 'c-1', due, list = due, type = '0', tax = '0' } = given
  return `${customer},p-1,hws.service.type.ec2,hws.resource.type.vm,eu-west-101,1,${list},2026-10,,1,4,,0,0,0,0,0.1,USD,2026-10,alice,Alice,s2,ECS,VM,Dublin,0,,0,,${type},b-1,bi-1,${due},${due},1vCPUs,Duration,0.1,USD/hour,${due},0,N,${due},${tax},Duration,0,`
}

/** One part of an archive. */
export type Part = { readonly name: string; readonly text: string }

/** Lines as a part of the archive of that name. */
export function partOf(file: string, lines: readonly string[], number = '000000001'): Part {
  return { name: file.replace('.tar.gz', `_${number}.csv`), text: `${lines.join('\n')}\n` }
}

/** The bytes of a tar with these parts. */
export async function packTar(parts: readonly Part[]): Promise<Buffer> {
  const tar = pack()
  for (const { name, text } of parts) tar.entry({ name }, text)
  tar.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of tar as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** An archive as an import takes it, of bytes. */
export function archiveOf(subscription: Subscription, file: string, bytes: Uint8Array): Archive {
  const open = async function* () {
    yield bytes
  }
  return { ...readMonthFile(subscription, file), sizeBytes: bytes.length, open }
}

/** A usage archive of these rows. */
export async function usageArchive(rows: readonly string[], file = USAGE_FILE): Promise<Archive> {
  const tar = await packTar([partOf(file, [USAGE_HEADINGS, ...rows])])
  return archiveOf('customerUsage', file, gzipSync(tar))
}

/** A bill archive of these rows. */
export async function billArchive(rows: readonly string[], file = BILL_FILE): Promise<Archive> {
  const tar = await packTar([partOf(file, [BILL_HEADINGS, ...rows])])
  return archiveOf('customerBill', file, gzipSync(tar))
}
