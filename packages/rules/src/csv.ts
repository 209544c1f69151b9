/** A line of a list that operators upload, by the names of its columns. */
export type CsvLine = {
  /** As an editor counts them: the header is line 1. */
  readonly line: number
  readonly fields: Readonly<Record<string, string>>
}

export type CsvTable =
  | { readonly kind: 'table'; readonly lines: readonly CsvLine[] }
  | { readonly kind: 'unusable'; readonly reason: string }

/**
 * Reads comma-separated lines with a header. None of the lists has a field with a comma or a quotation mark, so there is no quoting: a
 * line with another number of fields than the header has is kept without fields, and rejected by who reads it. Empty lines and lines
 * that begin with `#` are skipped. `optional`: columns that may be missing. Linear in the text.
 */
export function readCsv(
  text: string,
  columns: readonly string[],
  { optional = [], linesMax }: { readonly optional?: readonly string[]; readonly linesMax: number },
): CsvTable {
  const lines = text
    .replace(/^\uFEFF/u, '')
    .split(/\r\n|\n|\r/u)
    .map((content, index) => ({ line: index + 1, content: content.trim() }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'))
  const [header, ...rows] = lines
  const names = header === undefined ? [] : split(header.content).map((name) => name.toLowerCase())
  const missing = columns.filter((name) => !names.includes(name) && !optional.includes(name))
  const unknown = names.filter((name) => !columns.includes(name))
  if (missing.length > 0 || unknown.length > 0 || new Set(names).size < names.length)
    return { kind: 'unusable', reason: `The first line names the columns ${columns.join(',')}.` }
  if (rows.length > linesMax) return { kind: 'unusable', reason: `A list has at most ${linesMax} lines.` }
  return {
    kind: 'table',
    lines: rows.map(({ line, content }) => {
      const values = split(content)
      const fields = values.length === names.length ? names.map((name, at) => [name, values[at] ?? '']) : []
      return { line, fields: Object.fromEntries(fields) }
    }),
  }
}

function split(content: string): readonly string[] {
  return content.split(',').map((field) => field.trim())
}
