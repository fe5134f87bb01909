// Damage that is repeatable: a seed and a good message in, a broken one out.

/** Numbers from 0 up to, and without, `below`; the same for the same seed. */
export type Dice = (below: number) => number

/** Mulberry32: small, and good enough to choose where to break something. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** What parsers stumble over: markup, escapes, ends of lines, halves of characters, long runs. */
const PIECES =
  '< > </ /> & &amp; &#0; &#x10FFFF; " \' = %00 %0d%0a %c3 %ed%a0%80 + & ; : { } [ ] , \\'
    .split(' ')
    .concat(['<!--', '-->', '<![CDATA[', ']]>', '<?x ?>', '<!DOCTYPE a [<!ENTITY b "c">]>'])
    .concat([
      ' xmlns="urn:x"',
      ' xmlns:saml2p=""',
      ' ID="_2"',
      '<x:y/>',
      '\u0000',
      '\ufeff',
      '\r\n',
    ])
    .concat(['\ud800', '\u202e', '😀', 'A'.repeat(300), '='.repeat(9), '__proto__', '-1', '1e999'])

type Change = (text: string, dice: Dice) => string

const CHANGES: readonly Change[] = [
  // One byte.
  (text, dice) => splice(text, dice(text.length), 1, String.fromCharCode(dice(256))),
  (text, dice) => splice(text, dice(text.length + 1), 0, String.fromCharCode(dice(128))),
  (text, dice) => splice(text, dice(text.length), 1, ''),
  // A piece that means something.
  (text, dice) => splice(text, dice(text.length + 1), dice(4), PIECES[dice(PIECES.length)] ?? ''),
  // A part that is missing, comes twice, or stands elsewhere.
  (text, dice) => splice(text, dice(text.length), dice(200), ''),
  (text, dice) => splice(text, dice(text.length), 0, part(text, dice)),
  (text, dice) => text.slice(0, dice(text.length)),
]

/** The text with one to three changes. */
export function mutate(text: string, dice: Dice): string {
  const count = 1 + dice(3)
  let changed = text
  for (let done = 0; done < count; done += 1) {
    changed = CHANGES[dice(CHANGES.length)]?.(changed, dice) ?? changed
  }
  return changed
}

const ELEMENT = /<(\/?)([\w:]+)([^<>]*?)(\/?)>/g

/** The document with one element dropped, repeated, renamed or moved to the end of its parent. */
export function mutateTree(xml: string, dice: Dice): string {
  const tags = [...xml.matchAll(ELEMENT)]
  const tag = tags[dice(tags.length)]
  if (tag === undefined) return xml
  const [text, , name = ''] = tag
  const replacements = ['', text + text, text.replace(name, `x${name}`), `</${name}>`, `<${name}/>`]
  return splice(xml, tag.index, text.length, replacements[dice(replacements.length)] ?? '')
}

/** The parameters with one dropped, repeated, renamed, emptied or moved. */
export function mutateParameters(query: string, dice: Dice): string {
  const pairs = query.split('&')
  const at = dice(pairs.length)
  const pair = pairs[at] ?? ''
  const variants = [[], [pair, pair], [`x${pair}`], [pair.replace(/=.*/s, '=')], [pair, 'a=b']]
  const others = pairs.filter((_, index) => index !== at)
  return others
    .toSpliced(dice(pairs.length), 0, ...(variants[dice(variants.length)] ?? []))
    .join('&')
}

/** Text of chance, up to 400 characters of one byte. */
export function noise(dice: Dice): string {
  return Array.from({ length: dice(400) }, () => String.fromCharCode(dice(256))).join('')
}

function part(text: string, dice: Dice): string {
  const start = dice(text.length)
  return text.slice(start, start + dice(100))
}

function splice(text: string, at: number, cut: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at + cut)
}
