// A browser's User-Agent in, a few words out: enough for a person to recognise their own.

// The first that fits: most browsers name the others too.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bMicroMessenger\//, 'WeChat'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bHarmonyOS\b|\bOpenHarmony\b/, 'HarmonyOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

const LONGEST = 500

/** Such as `Firefox, Windows`; `undefined` for what is no browser that we know. */
export function describeAgent(header: string | undefined): string | undefined {
  const text = (header ?? '').slice(0, LONGEST)
  const found = [BROWSERS, SYSTEMS].flatMap((table) => {
    const row = table.find(([pattern]) => pattern.test(text))
    return row === undefined ? [] : [row[1]]
  })
  return found.length === 0 ? undefined : found.join(', ')
}
