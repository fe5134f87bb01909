// Checks of what the options mean together, beyond what the loader refuses.

import { isLoopback } from '../../config/option.ts'
import { type Check, error, note, ok, warning } from './check.ts'

// Huawei's console takes no longer one, and SAML (Core §8.3.6) none above 1024.
const MOST_ENTITY_ID = 256

export const CONFIGURATION_CHECKS: readonly Check[] = [
  {
    id: 'configuration.mode',
    group: 'Configuration',
    title: 'Site',
    expected: 'the site of Huawei Cloud that the partner is registered at',
    needs: ['HUAWEI_SITE'],
    run: ({ config: { site } }) => {
      if (site !== 'sandbox') return [ok(site, 'Sign-ins go to a real Huawei Cloud.')]
      const meaning = 'Everything is tried against a Huawei Cloud of our own; no customer is real.'
      return [note({ found: 'sandbox mode', meaning }, 'For a real site, set HUAWEI_SITE.')]
    },
  },
  {
    id: 'configuration.public-url',
    group: 'Configuration',
    title: 'Public URL',
    expected: 'an https address that browsers of customers reach',
    needs: ['PUBLIC_URL', 'HUAWEI_SITE'],
    run: ({ config: { publicUrl, site } }) => {
      if (site === 'sandbox') return [ok(publicUrl, 'In sandbox mode any address will do.')]
      if (publicUrl.startsWith('https://') && !isLoopback(publicUrl)) {
        return [ok(publicUrl, 'Browsers reach it over an encrypted connection.')]
      }
      const meaning = 'Only browsers on this machine reach it; customers end on an error page.'
      const next = 'Set PUBLIC_URL to the https address of the reverse proxy in front.'
      return [error({ found: publicUrl, meaning }, next)]
    },
  },
  {
    id: 'configuration.entity-id',
    group: 'Configuration',
    title: 'Entity ID',
    expected: `a URI of at most ${MOST_ENTITY_ID} characters`,
    needs: ['ENTITY_ID', 'PUBLIC_URL'],
    run: ({ config: { entityId } }) => {
      if (entityId.length <= MOST_ENTITY_ID) {
        return [ok(entityId, 'Huawei knows us by this name; it must never change.')]
      }
      const meaning = 'Others may cut or refuse it, and then nobody knows us.'
      const found = `${entityId.length} characters`
      return [error({ found, meaning }, 'Set a shorter ENTITY_ID and upload the metadata again.')]
    },
  },
  {
    id: 'configuration.proxy',
    group: 'Configuration',
    title: 'Reverse proxy',
    expected: 'TRUST_PROXY counts the proxies in front',
    needs: ['TRUST_PROXY', 'PUBLIC_URL'],
    run: ({ config: { trustProxy, publicUrl } }) => {
      const isHttps = publicUrl.startsWith('https://')
      if (isHttps && trustProxy === 0) {
        const found = 'PUBLIC_URL is https, and TRUST_PROXY is false'
        const meaning =
          'We serve no TLS, so there is a proxy: every customer seems to have its address, and limits on attempts count them as one.'
        return [warning({ found, meaning }, 'Set TRUST_PROXY to the number of proxies, often 1.')]
      }
      if (!isHttps && trustProxy > 0) {
        const found = `PUBLIC_URL is http, and TRUST_PROXY is ${trustProxy}`
        const meaning = 'Without a proxy, anybody may write any address into X-Forwarded-For.'
        return [warning({ found, meaning }, 'Without a proxy in front, set TRUST_PROXY to false.')]
      }
      return [ok(`${trustProxy} in front`, 'It fits the public URL.')]
    },
  },
]
