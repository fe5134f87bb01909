// Which proxy leads to an address: HUAWEI_PROXY and the variables of the environment in, its URL out, as the
// client of the partner API chooses.

import { isLoopback } from '../../config/option.ts'
import { type Check, type Examination, error, type Finding, ok } from './check.ts'

/** The proxy of an address of Huawei Cloud; `undefined` for one that is reached directly. */
export function proxyTo(
  url: string,
  { config, variable }: Pick<Examination, 'config' | 'variable'>,
): string | undefined {
  const proxy = config.huawei.proxy ?? variable('https_proxy') ?? variable('http_proxy')
  if (proxy === undefined || isLoopback(url)) return undefined
  const { hostname, port } = new URL(url)
  const names = (variable('no_proxy') ?? '').toLowerCase().split(/[,\s]+/)
  return names.some((name) => isMeant(name, hostname, port || '443')) ? undefined : proxy
}

// `*`, a host, or a domain with or without its dot; each perhaps with a port.
function isMeant(name: string, hostname: string, port: string): boolean {
  if (name === '*') return true
  const [, pattern = '', ofPort = port] = /^(.*?)(?::(\d+))?$/.exec(name) ?? []
  const domain = pattern.replace(/^\*?\./, '')
  if (domain === '' || ofPort !== port) return false
  return hostname === domain || hostname.endsWith(`.${domain}`)
}

export const PROXY_CHECK: Check = {
  id: 'huawei.proxy',
  group: 'Huawei Cloud',
  title: 'Proxy',
  expected: 'reached, where one is set',
  needs: ['HUAWEI_PROXY', 'HUAWEI_BSS_URL'],
  run: async (examination) => [await judgeProxy(examination)],
}

// Its URL may hold a password, so that only its host is shown.
async function judgeProxy(examination: Examination): Promise<Finding> {
  const { config, connect, signal } = examination
  const proxy = proxyTo(config.huawei.bssUrl, examination)
  if (proxy === undefined) return ok('none', 'Huawei Cloud is reached directly.')
  const url = URL.parse(proxy)
  const found = url?.host ?? 'a URL that cannot be read'
  try {
    if (url === null) throw new TypeError(found)
    const { address } = await connect(url, signal)
    return ok(`${found} (${address})`, 'The addresses below are asked for through it.')
  } catch {
    const meaning = 'Nothing of Huawei Cloud is reached by this service.'
    return error({ found: `${found}: not reached`, meaning }, 'Correct HUAWEI_PROXY.')
  }
}
