// THE tables of what the sandbox sells: services, kinds of resource, how usage is counted, units.
// Codes are Huawei's where its documents name them.

/** A cloud service. */
export type ServiceType = {
  readonly code: string
  readonly name: string
  /** The name where X-Language asks for Chinese. */
  readonly chineseName: string
  readonly abbreviation: string
}

/** The services, without those of the KooGallery. */
export const SERVICE_TYPES: readonly ServiceType[] = [
  {
    code: 'hws.service.type.ec2',
    name: 'Elastic Cloud Server',
    chineseName: '弹性云服务器',
    abbreviation: 'ECS',
  },
  {
    code: 'hws.service.type.ebs',
    name: 'Elastic Volume Service',
    chineseName: '云硬盘',
    abbreviation: 'EVS',
  },
  {
    code: 'hws.service.type.vpc',
    name: 'Virtual Private Cloud',
    chineseName: '虚拟私有云',
    abbreviation: 'VPC',
  },
  {
    code: 'hws.service.type.obs',
    name: 'Object Storage Service',
    chineseName: '对象存储服务',
    abbreviation: 'OBS',
  },
  {
    code: 'hws.service.type.rds',
    name: 'Relational Database Service',
    chineseName: '云数据库',
    abbreviation: 'RDS',
  },
  {
    code: 'hws.service.type.elb',
    name: 'Elastic Load Balance',
    chineseName: '弹性负载均衡',
    abbreviation: 'ELB',
  },
  {
    code: 'hws.service.type.dcs',
    name: 'Distributed Cache Service',
    chineseName: '分布式缓存服务',
    abbreviation: 'DCS',
  },
  {
    code: 'hws.service.type.cce',
    name: 'Cloud Container Engine',
    chineseName: '云容器引擎',
    abbreviation: 'CCE',
  },
  {
    code: 'hws.service.type.cbr',
    name: 'Cloud Backup and Recovery',
    chineseName: '云备份',
    abbreviation: 'CBR',
  },
  {
    code: 'hws.service.type.natgateway',
    name: 'NAT Gateway',
    chineseName: 'NAT网关',
    abbreviation: 'NAT',
  },
  {
    code: 'hws.service.type.waf',
    name: 'Web Application Firewall',
    chineseName: 'Web应用防火墙',
    abbreviation: 'WAF',
  },
  {
    code: 'hws.service.type.cdn',
    name: 'Content Delivery Network',
    chineseName: '内容分发网络',
    abbreviation: 'CDN',
  },
]

/** A kind of resource that a service gives. */
export type ResourceType = {
  readonly code: string
  readonly name: string
  readonly service: string
}

/** The kinds of resource, by service. */
export const RESOURCE_TYPES: readonly ResourceType[] = [
  { code: 'hws.resource.type.vm', name: 'Cloud Host', service: 'hws.service.type.ec2' },
  { code: 'hws.resource.type.vm.image', name: 'ECS image', service: 'hws.service.type.ec2' },
  { code: 'hws.resource.type.ecs.package', name: 'ECS package', service: 'hws.service.type.ec2' },
  { code: 'hws.resource.type.volume', name: 'Volume', service: 'hws.service.type.ebs' },
  { code: 'hws.resource.type.ip', name: 'EIP', service: 'hws.service.type.vpc' },
  { code: 'hws.resource.type.bandwidth', name: 'fixed bandwidth', service: 'hws.service.type.vpc' },
  { code: 'hws.resource.type.obs', name: 'OBS', service: 'hws.service.type.obs' },
  { code: 'hws.resource.type.rds.vm', name: 'RDS instance', service: 'hws.service.type.rds' },
  { code: 'hws.resource.type.rds.volume', name: 'RDS storage', service: 'hws.service.type.rds' },
  { code: 'hws.resource.type.elb', name: 'Load balancer', service: 'hws.service.type.elb' },
  { code: 'hws.resource.type.dcs3', name: 'Cache instance', service: 'hws.service.type.dcs' },
  { code: 'hws.resource.type.cce.cluster', name: 'Cluster', service: 'hws.service.type.cce' },
  { code: 'hws.resource.type.cbr.vault', name: 'Backup vault', service: 'hws.service.type.cbr' },
  { code: 'hws.resource.type.nat', name: 'Gateway', service: 'hws.service.type.natgateway' },
  { code: 'hws.resource.type.waf', name: 'Firewall', service: 'hws.service.type.waf' },
  { code: 'hws.resource.type.cdn', name: 'Traffic', service: 'hws.service.type.cdn' },
]

/** A way in which the use of a kind of resource is counted. */
export type UsageType = {
  readonly code: string
  readonly name: string
  readonly resourceType: string
}

const COUNTED_OTHERWISE: readonly UsageType[] = [
  { code: 'upflow', name: 'Upstream traffic', resourceType: 'hws.resource.type.bandwidth' },
  { code: 'upflow', name: 'Upstream traffic', resourceType: 'hws.resource.type.cdn' },
  { code: 'reqNumber', name: 'Number of requests', resourceType: 'hws.resource.type.obs' },
]

/** The ways of counting. Everything but the traffic of a content network is counted by time. */
export const USAGE_TYPES: readonly UsageType[] = [
  ...RESOURCE_TYPES.filter(({ code }) => code !== 'hws.resource.type.cdn').map(({ code }) => ({
    code: 'Duration',
    name: 'Duration',
    resourceType: code,
  })),
  ...COUNTED_OTHERWISE,
]

/** A unit, by Huawei's number. */
export type Measure = {
  readonly id: number
  readonly name: string
  readonly abbreviation: string
  /** 1 currency, 2 duration, 3 traffic, 4 quantity, 7 capacity, 16 bandwidth. */
  readonly type: number
}

/** The units, with the numbers that Huawei's examples give them. */
export const MEASURES: readonly Measure[] = [
  { id: 0, name: 'Day', abbreviation: 'd', type: 2 },
  { id: 1, name: 'USD', abbreviation: 'Dollar', type: 1 },
  { id: 4, name: 'Hour', abbreviation: 'h', type: 2 },
  { id: 5, name: 'Minute', abbreviation: 'min', type: 2 },
  { id: 6, name: 'Second', abbreviation: 's', type: 2 },
  { id: 10, name: 'GB', abbreviation: 'G', type: 3 },
  { id: 11, name: 'MB', abbreviation: 'M', type: 3 },
  { id: 14, name: 'Amount (times)', abbreviation: 'times', type: 4 },
  { id: 15, name: 'Mbit/s', abbreviation: 'Mbit/s', type: 16 },
  { id: 17, name: 'GB', abbreviation: 'GB', type: 7 },
]

/** One unit as so many of another. */
export type Conversion = {
  readonly from: number
  readonly to: number
  readonly ratio: number
  readonly type: number
}

/** The conversions, from the larger unit to the smaller. */
export const CONVERSIONS: readonly Conversion[] = [
  { from: 10, to: 11, ratio: 1024, type: 3 },
  { from: 0, to: 4, ratio: 24, type: 2 },
  { from: 0, to: 5, ratio: 1440, type: 2 },
  { from: 4, to: 5, ratio: 60, type: 2 },
  { from: 4, to: 6, ratio: 3600, type: 2 },
]

/** Huawei's number for an hour. */
export const HOUR = 4
/** Huawei's number for a gigabyte of traffic; one of capacity is another unit. */
export const TRAFFIC_GB = 10
/** Huawei's number for the dollar. */
export const USD = 1

/** The name of a service; its code when the tables do not know it. */
export function serviceName(code: string): string {
  return SERVICE_TYPES.find((service) => service.code === code)?.name ?? code
}

/** The name of a kind of resource; its code when the tables do not know it. */
export function resourceTypeName(code: string): string {
  return RESOURCE_TYPES.find((type) => type.code === code)?.name ?? code
}
