// A page of a bucket's list: the XML of the Object Storage Service in, names and sizes out. Only what is
// asked for is looked at, and the text must stay below a limit, so that no XML parser is needed.

/** One object of a bucket. */
export type Listed = { readonly key: string; readonly sizeBytes: number }

export type ListPage = {
  readonly objects: readonly Listed[]
  /** Where the next page begins; `undefined` for the last one. */
  readonly nextMarker: string | undefined
}

/** Reads a ListBucketResult. `undefined` when it is none. */
export function readListPage(xml: string): ListPage | undefined {
  // A document type could give names another meaning.
  if (xml.includes('<!') || textOf(xml, 'ListBucketResult') === undefined) return undefined
  const objects: Listed[] = []
  for (const content of xml.split('<Contents>').slice(1)) {
    const key = textOf(content, 'Key')
    const size = textOf(content, 'Size')
    if (key === undefined || size === undefined || !/^\d{1,15}$/.test(size)) return undefined
    objects.push({ key: decode(key), sizeBytes: Number(size) })
  }
  if (textOf(xml, 'IsTruncated') !== 'true') return { objects, nextMarker: undefined }
  const named = textOf(xml, 'NextMarker')
  const last = objects.at(-1)?.key
  // Without a marker the list goes on after its last name.
  const nextMarker = named === undefined ? last : decode(named)
  return nextMarker === undefined ? undefined : { objects, nextMarker }
}

/** The text of the first element of that name, as it is written. */
export function textOf(xml: string, name: string): string | undefined {
  const [, after] = splitAt(xml, new RegExp(`<${name}(?:\\s[^<>]*)?>`))
  if (after === undefined) return undefined
  const end = after.indexOf(`</${name}>`)
  return end < 0 ? undefined : after.slice(0, end)
}

function splitAt(text: string, mark: RegExp): readonly [string, string?] {
  const found = mark.exec(text)
  if (found === null) return [text]
  return [text.slice(0, found.index), text.slice(found.index + found[0].length)]
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{2,4}));/g,
    (whole, ten, six, name) => {
      if (name !== undefined) return NAMED[name] ?? whole
      const code = ten === undefined ? Number.parseInt(six, 16) : Number(ten)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
