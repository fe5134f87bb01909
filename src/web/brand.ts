// The partner's name, logo and colours in, a style sheet and a picture out: /assets/brand.css and
// /assets/logo. Pages carry no style of their own, so that the Content-Security-Policy can forbid it.

import { type Response, Router } from 'express'

/** Who the pages are from. What is not given is ours. */
export type Brand = {
  readonly name?: string | undefined
  readonly logo?: Logo | undefined
  /** #rrggbb, of buttons and links on white; checked for contrast when the options were read. */
  readonly color?: string | undefined
  /** The same where the system is set to dark. */
  readonly darkColor?: string | undefined
  /** mailto: or https:, shown under a refusal. */
  readonly supportUrl?: string | undefined
}

export type Logo = { readonly type: 'image/png' | 'image/svg+xml'; readonly bytes: Buffer }

/** The brand of an app, which createServer was told. */
export function brandOf(response: Response): Brand {
  return (response.app.get('brand') as Brand | undefined) ?? {}
}

/** Whether there is a brand.css to link to. */
export function hasColors({ color, darkColor }: Brand): boolean {
  return color !== undefined || darkColor !== undefined
}

/** The router of the brand's assets. */
export function brandRoutes(brand: Brand): Router {
  const router = Router()
  const { logo } = brand
  if (hasColors(brand)) {
    router.get('/assets/brand.css', (_request, response) => {
      keep(response).type('css').send(styleOf(brand))
    })
  }
  if (logo !== undefined) {
    router.get('/assets/logo', (_request, response) => {
      // An SVG can hold script. In an <img> it does not run; opened by its address it must not either.
      response.set('Content-Security-Policy', "default-src 'none'; sandbox")
      keep(response).type(logo.type).send(logo.bytes)
    })
  }
  return router
}

// Short, because it changes with an option and not with a release.
function keep(response: Response): Response {
  return response.set('Cache-Control', 'public, max-age=300')
}

function styleOf({ color, darkColor }: Brand): string {
  const light = color === undefined ? '' : `:root {\n${accent(color, 'black')}}\n`
  // Also undoes the light colour where it would be too dark.
  const dark = darkColor ?? OUR_DARK
  return `${light}@media (prefers-color-scheme: dark) {\n:root {\n${accent(dark, 'white')}}\n}\n`
}

/** The accent of site.css in the dark. */
const OUR_DARK = '#8db0ff'

// Hovering moves away from the page, so that contrast only grows.
function accent(color: string, away: 'black' | 'white'): string {
  return `  --accent: ${color};
  --accent-strong: color-mix(in srgb, ${color} 75%, ${away});
`
}
