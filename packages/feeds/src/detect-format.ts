import { constants, gunzipSync } from 'node:zlib'
import { isDate } from './formats/dates.ts'
import type { DropListFormat } from './formats/formats.ts'
import { isHeader } from './formats/ietf-csv.ts'
import { isMadeAt } from './formats/pl.ts'
import { isSeRow } from './formats/se.ts'
import { isHexonetRow, isPoolRow } from './formats/supplier-csv.ts'
import { decodeHead } from './intake/text.ts'

type DetectedFormat = {
  readonly format: DropListFormat
  /** The date in the file's name, `YYYY-MM-DD`, where there is one. */
  readonly dropDate?: string
}

/** The part of a file's head that is looked at. A few hundred bytes are enough. */
export const HEAD_BYTES_MAX = 4_096

/** Inflated, the head may be a thousand times as long. No first line of a list is longer than this. */
const HEAD_CHARACTERS_MAX = 4_096

/** The first rows may be bad ones. */
const LINES_LOOKED_AT = 10

/** A name, with its escapes. */
const NAME_CHARACTERS_MAX = 1_000

/**
 * The format of a list, by its first lines (plain or gzip), and by the file's name where they are ambiguous; `undefined`
 * when neither shows it. `head` is the start of the file.
 */
export function detectFormat(fileName: string, head: Uint8Array): DetectedFormat | undefined {
  return detectInText(fileName, headText(head))
}

/** The same for text that is decoded already. */
export function detectInText(fileName: string, text: string): DetectedFormat | undefined {
  const format = formatOf(fileName, text)
  if (format === undefined) return undefined
  const dropDate = /\d{4}-\d{2}-\d{2}/.exec(fileName)?.[0]
  return dropDate !== undefined && isDate(dropDate) ? { format, dropDate } : { format }
}

/** The text of a file's head, inflated. Empty where a gzip file is damaged. */
export function headText(head: Uint8Array): string {
  return decodeHead(inflateHead(head.subarray(0, HEAD_BYTES_MAX))).slice(0, HEAD_CHARACTERS_MAX)
}

/** Rows that only one format has. */
const rows: readonly (readonly [DropListFormat, (line: string) => boolean])[] = [
  ['hexonet-csv', isHexonetRow],
  ['pool-csv', isPoolRow],
  ['se-text', isSeRow],
]

function formatOf(fileName: string, text: string): DropListFormat | undefined {
  if (/^\s*\{/.test(text)) return isSeDocument(text) ? 'se-json' : undefined
  const lines = text.split('\n', LINES_LOOKED_AT).map((line) => line.replace(/\r$/, ''))
  const [first = ''] = lines
  if (isHeader(first.trim())) return 'ietf-csv'
  if (isMadeAt(first)) return 'pl-deleted'
  for (const [format, isRow] of rows) if (lines.some(isRow)) return format
  if (/domain-drop-list.*\.csv(?:\.gz)?$/i.test(fileName)) return 'ietf-csv'
  if (isName(first.trim()) && /\.txt(?:\.gz)?$/i.test(fileName)) return 'pl-text'
  return undefined
}

/** The first element shows it, or an empty array. */
function isSeDocument(text: string): boolean {
  return /"data"\s*:\s*\[/.test(text) && (/"release_at"/.test(text) || /\[\s*\]/.test(text))
}

/** Without a regular expression that is open at both ends: that needs quadratic time to fail. */
function isName(line: string): boolean {
  const dot = line.indexOf('.')
  return dot > 0 && dot < line.length - 1 && line.length <= NAME_CHARACTERS_MAX && !/[\s,;:"<>]/.test(line)
}

/** The head of a gzip file is incomplete: with `Z_SYNC_FLUSH` it is inflated as far as it goes. */
export function inflateHead(head: Uint8Array): Uint8Array {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return new Uint8Array(0)
  }
}
