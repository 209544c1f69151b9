import { parseName } from '@droplock/rules/names/name'
import type { DropEntry, DropRow, ListScope, RejectReason } from '@droplock/rules/ports/drop-feed'
import type { ToAscii } from '@droplock/rules/ports/idna'
import type { LineReader, RawRow } from './formats/format.ts'
import { type DropListFormat, formats } from './formats/formats.ts'
import { cut, inflateIfGzip } from './intake/inflate.ts'
import { createLineSplitter, excerpt, type Line } from './intake/lines.ts'
import { createScopeGatherer } from './list-scope.ts'

export type ReadOptions = {
  readonly format: DropListFormat
  /** The served suffixes, A-labels in lower case. */
  readonly zones: ReadonlySet<string>
  readonly toAscii: ToAscii
  /** `YYYY-MM-DD`: needed by formats whose rows carry no date; without it each of their rows is `invalid_date`. */
  readonly dropDate?: string
  /** `YYYY-MM-DD` in the list's calendar: rows of earlier dates are rejected. Absent: none are. */
  readonly today?: string
  /** Overrides what the format says of itself. */
  readonly scopeKind?: ListScope['kind']
  /** Overrides `namesMax`. */
  readonly namesMax?: number
}

export type ListSummary = {
  readonly rows: number
  readonly rejects: number
  /** False when the list broke off: its last entry is then the reject `truncated`. */
  readonly complete: boolean
  readonly scope: ListScope
}

/**
 * Names remembered to find duplicates: about 100 bytes each. Five days of every TLD's deletions are 1.5 million; a list of
 * twice that is not a drop list, and ends as `truncated`.
 */
const namesMax = 3_000_000

/**
 * Reads a drop list, plain or gzip, as rows and rejects in file order; returns what the list was. Bad input never throws
 * and a bad row never stops a list; only errors of `source` itself pass through. Of duplicates the first row counts. A
 * list that broke off ends with exactly one reject `truncated`, which carries the half row, if any. Domain §3.
 */
export async function* readDropList(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<DropEntry, ListSummary> {
  const format = formats[options.format]
  const reader = format.open(options)
  const judge = createJudge(options, reader, format.endsWithLineEnd)
  const scope = createScopeGatherer()
  let [rows, rejects, complete] = [0, 0, true]
  for await (const line of readLines(source)) {
    const entry = judge(line)
    if (entry === undefined) continue
    if (entry.kind === 'row') {
      rows += 1
      scope.add(entry)
    } else {
      rejects += 1
      complete = entry.reason !== 'truncated'
    }
    yield entry
    if (!complete) break
  }
  return { rows, rejects, complete, scope: scope.scope(options.scopeKind ?? format.kind, complete) }
}

/** A line, or the place where the list broke off with what was left of the last line. */
type LineOrCut = Line | { readonly cutAt: number; readonly text: string }

async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<LineOrCut> {
  // Drops a byte order mark; bytes that are no UTF-8 become U+FFFD, which no name contains.
  const decoder = new TextDecoder()
  const splitter = createLineSplitter()
  for await (const chunk of inflateIfGzip(source)) {
    if (chunk === cut) {
      const cutAt = splitter.nextLine()
      yield { cutAt, text: splitter.end()[0]?.text ?? '' }
      return
    }
    yield* splitter.push(decoder.decode(chunk, { stream: true }))
  }
  yield* splitter.push(decoder.decode())
  yield* splitter.end()
}

type Judge = (line: LineOrCut) => DropEntry | undefined

/** Decides each line of one list: a row, a reject, or nothing (a header). */
function createJudge(options: ReadOptions, reader: LineReader, endsWithLineEnd: boolean): Judge {
  const seen = new Set<string>()
  return (line) => {
    if ('cutAt' in line) return reject(line.cutAt, line.text, 'truncated')
    if (seen.size >= (options.namesMax ?? namesMax)) return reject(line.line, line.text, 'truncated')
    if (line.tooLong) return reject(line.line, line.text, 'malformed')
    if (line.text.trim() === '') return reject(line.line, line.text, 'empty')
    const reading = reader(line.text)
    if (reading.kind === 'header') return undefined
    if (reading.kind === 'reject') {
      return reject(line.line, line.text, !line.ended && endsWithLineEnd ? 'truncated' : reading.reason)
    }
    const row = judgeRow(reading, line.line, options)
    if (typeof row === 'string') return reject(line.line, line.text, row)
    if (seen.has(row.name)) return reject(line.line, line.text, 'duplicate')
    seen.add(row.name)
    return row
  }
}

function judgeRow(raw: RawRow, line: number, { zones, toAscii, today }: ReadOptions): DropRow | RejectReason {
  const parsed = parseName(raw.name, zones, toAscii)
  if (parsed.kind === 'reject') return parsed.reason
  if (raw.tld !== undefined && !parsed.name.endsWith(`.${raw.tld}`)) return 'malformed'
  if (today !== undefined && raw.dropDate < today) return 'past_date'
  const { name, zone } = parsed
  const { dropDate, purgeAt } = raw
  return { kind: 'row', line, name, zone, dropDate, ...(purgeAt !== undefined && { purgeAt }) }
}

function reject(line: number, text: string, reason: RejectReason): DropEntry {
  return { kind: 'reject', line, raw: excerpt(text), reason }
}
