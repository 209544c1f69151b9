type Value = string | number | boolean | Date | null | readonly string[]

/** One thing, or a list of them. Members are named as in the APIs. */
export type Result = Item | readonly Item[]

type Item = Readonly<Record<string, Value>>

/** What a verb did: for people, lines of `name: value` or a table; for scripts, JSON on one line. */
export function formatResult(result: Result, asJson: boolean): string {
  if (asJson) return JSON.stringify(result)
  if (isList(result)) return result.length === 0 ? 'none' : formatTable(result)
  return Object.entries(result)
    .map(([name, value]) => `${name}: ${formatValue(value)}`)
    .join('\n')
}

function formatTable(items: readonly Item[]): string {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))]
  const rows = [names, ...items.map((item) => names.map((name) => formatValue(item[name] ?? null)))]
  const widths = names.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function formatValue(value: Value): string {
  if (value === null) return '-'
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? value.join(' ') : String(value)
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(result: Result): result is readonly Item[] {
  return Array.isArray(result)
}
