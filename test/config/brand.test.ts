// The partner's brand: what is taken, and what would leave people unable to read.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { PAPERS } from '../../src/config/brand.ts'
import { contrast } from '../../src/config/contrast.ts'
import { readConfig } from '../../src/config/load.ts'

const folder = mkdtempSync(join(tmpdir(), 'partner-idp-brand-'))
after(() => rmSync(folder, { recursive: true }))

function logo(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

const TAKEN = [
  { title: 'a blue that is dark enough', set: { BRAND_COLOR: '#0B5CAD' } },
  { title: 'a blue that is light enough in the dark', set: { BRAND_COLOR_DARK: '#7ab8ff' } },
  { title: 'a name in Chinese', set: { BRAND_NAME: '北风合作伙伴' } },
  { title: 'a page for support', set: { BRAND_SUPPORT: 'https://partner.example/help?from=sso' } },
  { title: 'an address for support', set: { BRAND_SUPPORT: 'mailto:help@partner.example' } },
  { title: 'an SVG', set: { BRAND_LOGO_FILE: logo('plain.svg', '<svg viewBox="0 0 1 1"/>') } },
  {
    title: 'an SVG with a declaration and a remark',
    set: { BRAND_LOGO_FILE: logo('long.svg', '<?xml version="1.0"?>\n<!-- a -->\n<svg/>') },
  },
  { title: 'a PNG', set: { BRAND_LOGO_FILE: logo('logo.png', PNG) } },
]

for (const { title, set } of TAKEN) {
  test(`${title} is taken`, () => {
    assert.deepEqual(readConfig(set).mistakes, [])
  })
}

const MISTAKES = [
  {
    title: 'a yellow',
    set: { BRAND_COLOR: '#ffcc00' },
    says: /^BRAND_COLOR: must have a contrast of 4\.5:1 .* but "#ffcc00" has 1\.30:1; take a darker/,
  },
  {
    title: 'a grey that is nearly dark enough',
    set: { BRAND_COLOR: '#767676' },
    says: /^BRAND_COLOR: .* has (3\.\d\d|4\.[0-4]\d):1/,
  },
  {
    title: 'a navy in the dark',
    set: { BRAND_COLOR_DARK: '#001a66' },
    says: /^BRAND_COLOR_DARK: .* take a lighter one$/,
  },
  { title: 'a colour by its name', set: { BRAND_COLOR: 'red' }, says: /^BRAND_COLOR: must be/ },
  {
    title: 'a link that runs script',
    set: { BRAND_SUPPORT: 'javascript:alert(1)' },
    says: /^BRAND_SUPPORT: must be an https URL or a mailto: address/,
  },
  { title: 'a name of one letter', set: { BRAND_NAME: 'N' }, says: /^BRAND_NAME: must be/ },
  {
    title: 'a logo that is not there',
    set: { BRAND_LOGO_FILE: join(folder, 'none.svg') },
    says: /^BRAND_LOGO_FILE: .* cannot be read$/,
  },
  {
    title: 'a web page called logo.svg',
    set: { BRAND_LOGO_FILE: logo('page.svg', '<!doctype html><svg/>') },
    says: /^BRAND_LOGO_FILE: .* is neither$/,
  },
  {
    title: 'a logo of 101 kB',
    set: { BRAND_LOGO_FILE: logo('large.png', Buffer.concat([PNG, Buffer.alloc(101_000)])) },
    says: /^BRAND_LOGO_FILE: .* has 102 kB$/,
  },
]

for (const { title, set, says } of MISTAKES) {
  test(`${title} is a mistake that says what is wrong`, () => {
    const { mistakes } = readConfig(set)

    assert.equal(mistakes.length, 1)
    assert.match(mistakes[0] ?? '', says)
  })
}

test('black on white has the greatest contrast there is, and a colour on itself none', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
  assert.equal(contrast('#777777', '#777777'), 1)
})

test('colours are compared with the backgrounds that the style sheet has', () => {
  const sheet = readFileSync(new URL('../../src/web/assets/site.css', import.meta.url), 'utf8')
  const [light = '', dark = ''] = sheet.split('prefers-color-scheme: dark')
  const papers = (part: string) =>
    [...part.matchAll(/--(?:card|paper|\w+-paper): (#\w{6});/g)].map(([, color]) => color)

  assert.deepEqual(papers(light).toSorted(), PAPERS.light.toSorted())
  assert.deepEqual(papers(dark).toSorted(), PAPERS.dark.toSorted())
})
