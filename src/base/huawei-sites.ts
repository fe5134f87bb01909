// The sites of Huawei Cloud, and what differs between them.
// Sources: "Web UI Mode" (login link, console), "HUAWEI CLOUD Environment and Address", the SDK's
// region list (BSS endpoints); Europe's login host is that of the European API reference §3.2.

export type RealSiteName = 'china' | 'international' | 'europe'

export type Site = {
  /** Where browsers sign in to Huawei Cloud; origin of the login link. */
  readonly authUrl: string
  readonly consoleUrl: string
  readonly iamUrl: string
  readonly bssUrl: string
  /** Whether a customer account is created from an e-mail address; China asks for a mobile number. */
  readonly createsByEmail: boolean
}

export const SITES: Readonly<Record<RealSiteName, Site>> = {
  china: {
    authUrl: 'https://auth.huaweicloud.com',
    consoleUrl: 'https://console.huaweicloud.com',
    iamUrl: 'https://iam.myhuaweicloud.com',
    bssUrl: 'https://bss.myhuaweicloud.com',
    createsByEmail: false,
  },
  international: {
    authUrl: 'https://auth-intl.huaweicloud.com',
    consoleUrl: 'https://console-intl.huaweicloud.com',
    iamUrl: 'https://iam.myhuaweicloud.com',
    bssUrl: 'https://bss-intl.myhuaweicloud.com',
    createsByEmail: true,
  },
  europe: {
    authUrl: 'https://auth.eu.huaweicloud.com',
    consoleUrl: 'https://console.eu.huaweicloud.com',
    iamUrl: 'https://iam.myhuaweicloud.eu',
    bssUrl: 'https://bss.myhuaweicloud.eu',
    createsByEmail: true,
  },
}
