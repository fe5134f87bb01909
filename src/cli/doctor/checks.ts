// THE table of checks, in the order in which they are printed.

import type { Check } from './check.ts'
import { CONFIGURATION_CHECKS } from './configuration.ts'
import { DATABASE_CHECKS } from './database.ts'
import { DIRECTORY_CHECKS } from './directory.ts'
import { HUAWEI_CHECKS } from './huawei.ts'
import { KEY_CHECKS } from './keys.ts'
import { OPENID_CHECKS } from './openid.ts'
import { OWN_METADATA_CHECKS } from './own-metadata.ts'
import { PEOPLE_CHECKS } from './people.ts'
import { PORTAL_CHECKS } from './portal.ts'
import { PORTAL_API_CHECKS } from './portal-api.ts'
import { PUBLIC_CHECKS } from './public-address.ts'
import { RECEIVER_CHECKS } from './receivers.ts'
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
  ...PORTAL_API_CHECKS,
  ...OPENID_CHECKS,
  ...DIRECTORY_CHECKS,
  ...PEOPLE_CHECKS,
  ...RECEIVER_CHECKS,
]
