// The few pieces of Markdown that generated pages are made of.

/** The first line of every generated page: where it comes from and how it is written anew. */
export function generatedFrom(source: string): string {
  return `<!-- Generated from ${source} by \`npm run docs\`. Change the source, not this page. -->`
}

/** A table. Cells are Markdown already; line breaks and bars in them are taken care of. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

function cell(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll('|', '\\|')
}

/** Text as code; longer fences where it holds a backtick of its own. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

/** The lines as one file. */
export function page(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
