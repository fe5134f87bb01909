// THE table of checks, in the order in which they are printed.

import type { Check } from './check.ts'
import { CONFIGURATION_CHECKS } from './configuration.ts'
import { DATABASE_CHECKS } from './database.ts'
import { HUAWEI_CHECKS } from './huawei.ts'
import { KEY_CHECKS } from './keys.ts'
import { OWN_METADATA_CHECKS } from './own-metadata.ts'
import { PORTAL_CHECKS } from './portal.ts'
import { PUBLIC_CHECKS } from './public-address.ts'
import { SITE_CHECKS } from './sites.ts'

/** A row more here is a check more everywhere. */
export const CHECKS: readonly Check[] = [
  ...CONFIGURATION_CHECKS,
  ...KEY_CHECKS,
  ...OWN_METADATA_CHECKS,
  ...SITE_CHECKS,
  ...HUAWEI_CHECKS,
  ...DATABASE_CHECKS,
  ...PUBLIC_CHECKS,
  ...PORTAL_CHECKS,
]
