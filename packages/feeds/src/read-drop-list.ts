import { breaksOff } from '@droplock/rules/lists'
import { parseName } from '@droplock/rules/names'
import type { DropEntry, DropRow, ListScope, RejectReason } from '@droplock/rules/ports/drop-feed'
import type { ToAscii } from '@droplock/rules/ports/ids'
import { lastDropDate } from '@droplock/rules/schedule/calendar'
import { isWellFormed } from '@droplock/rules/text'
import type { LineReader, ListFormat, RawRow } from './formats/format.ts'
import { type DropListFormat, formats } from './formats/formats.ts'
import type { Octets } from './intake/inflate.ts'
import { excerpt } from './intake/lines.ts'
import { type RecordOrEnd, readRecords } from './intake/records.ts'
import { createScopeCollector } from './list-scope.ts'
import { createNameSet } from './name-set.ts'

export type ReadOptions = {
  readonly format: DropListFormat
  /** The served suffixes, A-labels in lower case. */
  readonly zones: ReadonlySet<string>
  readonly toAscii: ToAscii
  /** `YYYY-MM-DD`: required by formats whose rows have no date; without it each of their rows is `invalid_date`. */
  readonly dropDate?: string
  /** IANA zone of times that the list writes without one; UTC where it is left out. */
  readonly timeZone?: string
  /** `YYYY-MM-DD` in the list's calendar: rows with earlier dates, or with dates too far ahead, are rejected. Absent: none are. */
  readonly today?: string
  /** Overrides the scope of the format. */
  readonly scopeKind?: ListScope['kind']
  /** Overrides `NAMES_MAX`. */
  readonly namesMax?: number
  /** The size of a compressed list when inflated; see `INFLATED_BYTES_MAX_DEFAULT`. */
  readonly inflatedBytesMax?: number | undefined
  /** Aborts the reading, with the signal's reason. */
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
 * Names kept to find duplicates, about 40 bytes each. Five days of deletions in all TLDs are 1.5 million. A list with twice as
 * many is not a drop list and ends as `beyond_limits`.
 */
const NAMES_MAX = 3_000_000

/** Most rows of a list may be of zones that are not served, but no list has more lines than this. */
const LINES_MAX = 5_000_000

/** Some blank lines are usual. A file of blank lines is an attempt to keep the server busy. */
export const BLANK_LINES_MAX = 10_000

/**
 * Reads a drop list, plain, gzip or the file of an archive, as rows and rejects in file order, and returns its summary. Bad input never throws, and a
 * bad row never stops a list; only errors of `source` and the reason of `signal` are thrown. Of duplicates the first row
 * counts. A list that is cut off ends with exactly one reject `truncated`, which has the partial row, if any; one that exceeds
 * a bound ends with exactly one reject `beyond_limits`. Rule 16.
 */
export async function* readDropList(
  source: Octets,
  options: ReadOptions,
): AsyncGenerator<DropEntry, ListSummary> {
  const format: ListFormat = formats[options.format]
  const reader = format.open(options)
  const classify = createClassifier(options, reader, format)
  const scope = createScopeCollector()
  let [rows, rejects, complete] = [0, 0, true]
  const { layout } = format
  for await (const line of readRecords(source, { ...options, layout })) {
    const entry = classify(line)
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

type Classifier = (line: RecordOrEnd) => DropEntry | undefined

/** Reads each line of one list as a row, a reject, or nothing (a header). */
function createClassifier(options: ReadOptions, reader: LineReader, format: ListFormat): Classifier {
  const seen = createNameSet()
  const { hasDates } = format
  const checkDate = createDateCheck(options.today, format.purpose)
  let blankLines = 0
  return (line) => {
    if ('endsAt' in line) return reject(line.endsAt, line.text, line.reason)
    const { text } = line
    const refuse = (reason: RejectReason) => reject(line.line, text, reason)
    const isBlank = !line.tooLong && text.trim() === ''
    if (isBlank) blankLines += 1
    if (
      line.line > LINES_MAX ||
      blankLines > BLANK_LINES_MAX ||
      seen.size >= (options.namesMax ?? NAMES_MAX)
    ) {
      return refuse('beyond_limits')
    }
    if (line.tooLong) return refuse('malformed')
    if (isBlank) return format.skipsBlankLines === true ? undefined : refuse('empty')
    if (!isWellFormed(text)) return refuse('not_text')
    const reading = reader(text, line.value)
    if (reading.kind === 'header') return undefined
    if (reading.kind === 'reject') return refuse(line.ended ? reading.reason : 'truncated')
    const row = checkRow(reading, line.line, options)
    if (typeof row === 'string') {
      const isPartial = !line.ended && !hasDates && isPartialName(reading.name, options.zones)
      return refuse(isPartial ? 'truncated' : row)
    }
    const dateFault = checkDate(row.dropDate)
    if (dateFault !== undefined) return refuse(dateFault)
    return seen.add(row.name) ? row : refuse('duplicate')
  }
}

/** Checks dates against today, where that is known. What was deleted was not deleted tomorrow. */
function createDateCheck(today: string | undefined, purpose: ListFormat['purpose']) {
  if (today === undefined) return () => undefined
  if (purpose === 'observed') return (dropDate: string) => (dropDate > today ? 'too_far_ahead' : undefined)
  const last = lastDropDate(today)
  return (dropDate: string) =>
    dropDate < today ? 'past_date' : dropDate > last ? 'too_far_ahead' : undefined
}

/** Whether a name that is not registrable may be the start of one that is: its last labels are the start of a served zone. */
function isPartialName(raw: string, zones: ReadonlySet<string>): boolean {
  const name = raw.trim().toLowerCase()
  const dot = name.indexOf('.')
  const beginning = dot === -1 ? '' : name.slice(dot + 1)
  return [...zones].some((zone) => zone !== beginning && zone.startsWith(beginning))
}

function checkRow(raw: RawRow, line: number, { zones, toAscii }: ReadOptions): DropRow | RejectReason {
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
