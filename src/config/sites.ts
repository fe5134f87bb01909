// The values of HUAWEI_SITE: Huawei Cloud's own sites, our sandbox, and any other by its four addresses.

export const SITE_NAMES = ['sandbox', 'china', 'international', 'europe', 'custom'] as const
export type SiteName = (typeof SITE_NAMES)[number]
