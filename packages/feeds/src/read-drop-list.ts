import { setImmediate as nextTurn } from 'node:timers/promises'
import { breaksOff } from '@droplock/rules/lists'
import { parseName } from '@droplock/rules/names'
import type { DropEntry, DropRow, ListScope, RejectReason } from '@droplock/rules/ports/drop-feed'
import type { ToAscii } from '@droplock/rules/ports/ids'
import { lastDropDate } from '@droplock/rules/schedule/drop-reach'
import { isWellFormed } from '@droplock/rules/text'
import type { LineReader, ListFormat, RawRow } from './formats/format.ts'
import { type DropListFormat, formats } from './formats/formats.ts'
import { beyondLimits, cut, inflateIfGzip } from './intake/inflate.ts'
import { createLineSplitter, excerpt, type Line } from './intake/lines.ts'
import { createScopeGatherer } from './list-scope.ts'

export type ReadOptions = {
  readonly format: DropListFormat
  /** The served suffixes, A-labels in lower case. */
  readonly zones: ReadonlySet<string>
  readonly toAscii: ToAscii
  /** `YYYY-MM-DD`: needed by formats whose rows carry no date; without it each of their rows is `invalid_date`. */
  readonly dropDate?: string
  /** `YYYY-MM-DD` in the list's calendar: rows of earlier dates, and of far later ones, are rejected. Absent: none are. */
  readonly today?: string
  /** Overrides what the format says of itself. */
  readonly scopeKind?: ListScope['kind']
  /** Overrides `namesMax`. */
  readonly namesMax?: number
  /** Of a compressed list, inflated; see `inflatedBytesMaxDefault`. */
  readonly inflatedBytesMax?: number
  /** Reading ends, by the signal's own reason, when nobody waits for it any more. */
  readonly signal?: AbortSignal | undefined
}

export type ListSummary = {
  readonly rows: number
  readonly rejects: number
  /** False when the list was not read to its end: its last entry is then the reject `truncated` or `beyond_limits`. */
  readonly complete: boolean
  readonly scope: ListScope
}

/**
 * Names remembered to find duplicates: about 100 bytes each. Five days of every TLD's deletions are 1.5 million; a list of
 * twice that is not a drop list, and ends as `beyond_limits`.
 */
const namesMax = 3_000_000

/** Of the rows of a list most may be of zones that are not served here, but no list has more of them all than this. */
const linesMax = 5_000_000

/** A blank line between parts is nothing unusual; a file of blank lines is made to keep a server busy. */
export const blankLinesMax = 10_000

/**
 * Lines between two turns of the event loop, about 2 ms of work. Reading waits for the disk once in 64 KiB only, and gzip
 * makes millions of lines of a few KiB: without turns of its own a list would hold up everything else in the process.
 */
const linesPerTurn = 1_000

/**
 * Reads a drop list, plain or gzip, as rows and rejects in file order; returns what the list was. Bad input never throws
 * and a bad row never stops a list; only errors of `source` itself pass through, and the reason of `signal`. Of duplicates
 * the first row counts. A list that broke off ends with exactly one reject `truncated`, which carries the half row, if any;
 * one that goes on beyond all bounds with exactly one reject `beyond_limits`. Rule 16.
 */
export async function* readDropList(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<DropEntry, ListSummary> {
  const format = formats[options.format]
  const reader = format.open(options)
  const judge = createJudge(options, reader, format)
  const scope = createScopeGatherer()
  let [rows, rejects, complete] = [0, 0, true]
  for await (const line of readLines(source, options)) {
    const entry = judge(line)
    if (entry === undefined) continue
    if (entry.kind === 'row') {
      rows += 1
      scope.add(entry)
    } else {
      rejects += 1
      complete = !breaksOff(entry.reason)
    }
    yield entry
    if (!complete) break
  }
  return { rows, rejects, complete, scope: scope.scope(options.scopeKind ?? format.kind, complete) }
}

/** A line, or the place where reading ended before the list did, with what was left of the last line. */
type LineOrEnd =
  | Line
  | { readonly endsAt: number; readonly text: string; readonly reason: 'truncated' | 'beyond_limits' }

async function* readLines(
  source: AsyncIterable<Uint8Array>,
  { inflatedBytesMax, signal }: ReadOptions,
): AsyncGenerator<LineOrEnd> {
  // Drops a byte order mark; bytes that are no UTF-8 become U+FFFD, which no name contains.
  const decoder = new TextDecoder()
  const splitter = createLineSplitter()
  let lines = 0
  for await (const chunk of inflateIfGzip(source, inflatedBytesMax)) {
    if (chunk === cut || chunk === beyondLimits) {
      const endsAt = splitter.nextLine()
      const reason = chunk === cut ? 'truncated' : 'beyond_limits'
      yield { endsAt, text: splitter.end()[0]?.text ?? '', reason }
      return
    }
    for (const line of splitter.push(decoder.decode(chunk, { stream: true }))) {
      lines += 1
      if (lines % linesPerTurn === 0) await nextTurn()
      signal?.throwIfAborted()
      yield line
    }
  }
  signal?.throwIfAborted()
  yield* splitter.push(decoder.decode())
  yield* splitter.end()
}

type Judge = (line: LineOrEnd) => DropEntry | undefined

/** Decides each line of one list: a row, a reject, or nothing (a header). */
function createJudge(options: ReadOptions, reader: LineReader, { hasDates }: ListFormat): Judge {
  const seen = new Set<string>()
  const judgeDate = createDateJudge(options.today)
  let blankLines = 0
  return (line) => {
    if ('endsAt' in line) return reject(line.endsAt, line.text, line.reason)
    const { text } = line
    const refuse = (reason: RejectReason) => reject(line.line, text, reason)
    const isBlank = !line.tooLong && text.trim() === ''
    if (isBlank) blankLines += 1
    if (line.line > linesMax || blankLines > blankLinesMax || seen.size >= (options.namesMax ?? namesMax)) {
      return refuse('beyond_limits')
    }
    if (line.tooLong) return refuse('malformed')
    if (isBlank) return refuse('empty')
    if (!isWellFormed(text)) return refuse('not_text')
    const reading = reader(text)
    if (reading.kind === 'header') return undefined
    if (reading.kind === 'reject') return refuse(line.ended ? reading.reason : 'truncated')
    const row = judgeRow(reading, line.line, options)
    if (typeof row === 'string') {
      const isHalf = !line.ended && !hasDates && isHalfName(reading.name, options.zones)
      return refuse(isHalf ? 'truncated' : row)
    }
    const dateFault = judgeDate(row.dropDate)
    if (dateFault !== undefined) return refuse(dateFault)
    if (seen.has(row.name)) return refuse('duplicate')
    seen.add(row.name)
    return row
  }
}

/** A date is judged against today, where it is known. */
function createDateJudge(today: string | undefined) {
  if (today === undefined) return () => undefined
  const last = lastDropDate(today)
  return (dropDate: string) =>
    dropDate < today ? 'past_date' : dropDate > last ? 'too_far_ahead' : undefined
}

/** A list of names alone that was cut ends in the first part of one: whether a name that is not registrable may be the first part of one that is: its last labels begin a served zone. */
function isHalfName(raw: string, zones: ReadonlySet<string>): boolean {
  const name = raw.trim().toLowerCase()
  const dot = name.indexOf('.')
  const beginning = dot === -1 ? '' : name.slice(dot + 1)
  return [...zones].some((zone) => zone !== beginning && zone.startsWith(beginning))
}

function judgeRow(raw: RawRow, line: number, { zones, toAscii }: ReadOptions): DropRow | RejectReason {
  const parsed = parseName(raw.name, zones, toAscii)
  if (parsed.kind === 'reject') return parsed.reason
  if (raw.tld !== undefined && !parsed.name.endsWith(`.${raw.tld}`)) return 'malformed'
  const { name, zone } = parsed
  const { dropDate, purgeAt } = raw
  return { kind: 'row', line, name, zone, dropDate, ...(purgeAt !== undefined && { purgeAt }) }
}

function reject(line: number, text: string, reason: RejectReason): DropEntry {
  return { kind: 'reject', line, raw: excerpt(text), reason }
}
