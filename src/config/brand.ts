// The options of the partner's brand in, a brand that can be shown out: the logo is read, and colours that
// people with weak eyes could not read are mistakes.

import { readFileSync } from 'node:fs'
import { contrast } from './contrast.ts'

export type BrandValues = {
  readonly brandName: string | undefined
  readonly brandLogoFile: string | undefined
  readonly brandColor: string | undefined
  readonly brandColorDark: string | undefined
  readonly brandSupport: string | undefined
}

/** What the web's pages are given. */
export type BrandSettings = {
  readonly name: string | undefined
  readonly logo: LogoFile | undefined
  readonly color: string | undefined
  readonly darkColor: string | undefined
  readonly supportUrl: string | undefined
}

type LogoFile = { readonly type: 'image/png' | 'image/svg+xml'; readonly bytes: Buffer }

/** WCAG 2.2 §1.4.3, level AA, for text of normal size. */
const LEAST_CONTRAST = 4.5

/**
 * The backgrounds of site.css that links stand on. What stands on a button is further from its colour
 * than the furthest of them, so these decide.
 */
export const PAPERS = {
  light: ['#ffffff', '#f4f6fb', '#e4f5ec', '#fff2dd', '#fdeaea'],
  dark: ['#1a2130', '#10151f', '#15301f', '#35260f', '#3a1b1d'],
} as const

/** Completes the brand and pushes a mistake for each option that cannot be used. */
export function readBrand(values: BrandValues, mistakes: string[]): BrandSettings {
  const { brandColor: color, brandColorDark: darkColor, brandLogoFile } = values
  checkColor('BRAND_COLOR', color, 'light', mistakes)
  checkColor('BRAND_COLOR_DARK', darkColor, 'dark', mistakes)
  return {
    name: values.brandName,
    logo: brandLogoFile === undefined ? undefined : readLogo(brandLogoFile, mistakes),
    color,
    darkColor,
    supportUrl: values.brandSupport,
  }
}

function checkColor(
  name: string,
  color: string | undefined,
  theme: keyof typeof PAPERS,
  mistakes: string[],
): void {
  if (color === undefined) return
  const ratios = PAPERS[theme].map((paper) => ({ paper, ratio: contrast(color, paper) }))
  const [worst] = ratios.toSorted((a, b) => a.ratio - b.ratio)
  if (worst === undefined || worst.ratio >= LEAST_CONTRAST) return
  // Rounded down: 4.49 must not be shown as the 4.5 that is asked for.
  const shown = (Math.floor(worst.ratio * 100) / 100).toFixed(2)
  const towards = theme === 'light' ? 'darker' : 'lighter'
  mistakes.push(
    `${name}: must have a contrast of ${LEAST_CONTRAST}:1 with the page (${worst.paper}), but "${color}" has ${shown}:1; take a ${towards} one`,
  )
}

const LOGO_LIMIT_BYTES = 100 * 1000

function readLogo(path: string, mistakes: string[]): LogoFile | undefined {
  const complain = (what: string) => {
    mistakes.push(
      `BRAND_LOGO_FILE: must name an SVG or PNG of at most 100 kB, but "${path}" ${what}`,
    )
    return undefined
  }
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch {
    return complain('cannot be read')
  }
  if (bytes.length > LOGO_LIMIT_BYTES) return complain(`has ${Math.ceil(bytes.length / 1000)} kB`)
  const type = typeOf(bytes)
  return type === undefined ? complain('is neither') : { type, bytes }
}

const PNG_MARK = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

// By what is in it: a name can be anything.
function typeOf(bytes: Buffer): LogoFile['type'] | undefined {
  if (bytes.subarray(0, PNG_MARK.length).equals(PNG_MARK)) return 'image/png'
  const text = bytes.toString('utf8').trimStart()
  return /^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s/>]/s.test(text) ? 'image/svg+xml' : undefined
}
